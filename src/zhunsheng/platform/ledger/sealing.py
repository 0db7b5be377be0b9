"""Sealing: pending entries become leaves under a signed checkpoint, one sealer at a time.

Order, and what a crash leaves behind at each step:

1. leaves are chosen and hashed: nothing;
2. one transaction stores the leaf indices and the one signed checkpoint for the new size: the database is ahead of
   the disk, `catch_up` writes the same tiles again;
3. tiles go to disk: as 2;
4. the checkpoint file is replaced: nothing is missing but the tidying of partial tiles.

So a checkpoint is shown only after the database has it, and never two for one size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from zhunsheng.foundation.tlog.checkpoint import Checkpoint as Signed
from zhunsheng.foundation.tlog.edge import Edge
from zhunsheng.foundation.tlog.store import TileWriter
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.ledger import keys, publication
from zhunsheng.platform.ledger.models import Checkpoint, Entry

LOCK = "ledger-sealer"
BATCH = 64 * 256
_WAIT_SECONDS = 10.0

_edges: dict[Path, tuple[int, Edge]] = {}


@dataclass(frozen=True, slots=True)
class SealResult:
    """What one run did: leaves sealed, leaves published again after a crash, the size now."""

    sealed: int
    repaired: int
    size: int


def seal(now: datetime, *, batch: int = BATCH, durable: bool = True) -> SealResult:
    """Repair what a crash left, then seal all pending entries in the order of their ids.

    Raises: LockBusy when another sealer is at work; LedgerBroken; RuntimeError inside a transaction.
    """
    folder = keys.ledger_folder()
    writer = TileWriter(folder, durable=durable)
    with exclusive(LOCK, wait_seconds=_WAIT_SECONDS):
        repaired = publication.catch_up(writer, folder)
        sealed = 0
        while done := _seal_batch(writer, folder, now, batch):
            sealed += done
    last = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    return SealResult(sealed, repaired, last or 0)


def _seal_batch(writer: TileWriter, folder: Path, now: datetime, batch: int) -> int:
    pending = list(Entry.objects.filter(leaf_index=None).order_by("id").values_list("id", "leaf")[:batch])
    if not pending:
        return 0
    edge = _edge_before(folder)
    first = edge.size
    resources = edge.append([bytes(leaf) for _, leaf in pending])
    note = _store([key for key, _ in pending], first, edge, now)
    publication.publish(writer, resources, note, first, edge.size)
    _edges[folder] = (edge.size, edge)
    return len(pending)


def _edge_before(folder: Path) -> Edge:
    """Return a copy of the edge at the last checkpoint; the one kept in memory when it still leads to that root."""
    row = Checkpoint.objects.order_by("-size").first()
    size, kept = _edges.get(folder, (0, None))
    if row is not None and kept is not None and size == row.size and kept.root == bytes(row.root):
        publication.checked(row)
        return kept.copy()
    return publication.edge_at(row, folder)


def _store(ids: Sequence[int], first: int, edge: Edge, now: datetime) -> str:
    """Write leaf indices and checkpoint in one transaction; return the signed note."""
    signed = Signed(keys.log_origin(), edge.size, edge.root)
    note = str(signed.signed(keys.log_signer()))
    with transaction.atomic(durable=True):
        _number(ids, first)
        Checkpoint.objects.create(size=edge.size, root=edge.root, note=note, at=now)
    return note


def _number(ids: Sequence[int], first: int) -> None:
    """Give each entry its leaf index.

    Raises: LedgerBroken when one is gone or has one already.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE ledger_entry SET leaf_index = new.leaf_index"
                " FROM unnest(%s::bigint[], %s::bigint[]) AS new(id, leaf_index)"
                " WHERE ledger_entry.id = new.id AND ledger_entry.leaf_index IS NULL",
                [list(ids), list(range(first, first + len(ids)))],
            )
        else:
            cursor.executemany(
                "UPDATE ledger_entry SET leaf_index = %s WHERE id = %s AND leaf_index IS NULL",
                [(first + place, key) for place, key in enumerate(ids)],
            )
        if cursor.rowcount != len(ids):
            raise publication.LedgerBroken(f"{len(ids) - cursor.rowcount} pending entries changed while sealing")
