"""Reads of the log: receipts, the published state."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from zhunsheng.foundation.tlog.checkpoint import Checkpoint as Signed
from zhunsheng.foundation.tlog.hashing import leaf_hash
from zhunsheng.foundation.tlog.proofs import verify_inclusion
from zhunsheng.foundation.tlog.prover import Prover, TileCache
from zhunsheng.foundation.tlog.store import read_tile
from zhunsheng.platform.ledger import keys
from zhunsheng.platform.ledger.commitment import time_text
from zhunsheng.platform.ledger.models import Checkpoint, Entry
from zhunsheng.platform.ledger.publication import LedgerBroken, published_checkpoint
from zhunsheng.platform.ledger.receipts import FORMAT


@dataclass(frozen=True, slots=True)
class Published:
    """The log as readers see it now: the signed checkpoint, its note, and a prover over its tiles."""

    signed: Signed
    note: str
    prover: Prover


@dataclass(frozen=True, slots=True)
class LogState:
    """How the log stands: leaves sealed, entries waiting, when and under which checkpoint it was sealed last."""

    size: int
    pending: int
    sealed_at: datetime | None = None
    root: str = ""
    note: str = ""


_IDS_AT_ONCE = 5_000
_lock = Lock()
_caches: dict[Path, TileCache] = {}
_published: dict[Path, tuple[tuple[int, int], Published]] = {}


def published() -> Published | None:
    """Return the published state, None before the first checkpoint.

    Raises: LedgerBroken when the checkpoint on disk is not one that the database knows.
    """
    folder = keys.ledger_folder()
    try:
        status = (folder / "checkpoint").stat()
    except FileNotFoundError:
        return None
    mark = (status.st_mtime_ns, status.st_ino)
    kept = _published.get(folder)
    if kept is not None and kept[0] == mark:
        return kept[1]
    return _load_published(folder, mark)


def _load_published(folder: Path, mark: tuple[int, int]) -> Published:
    shown = published_checkpoint(folder)
    row = Checkpoint.objects.filter(size=shown.size).first() if shown else None
    if shown is None or row is None or bytes(row.root) != shown.root:
        raise LedgerBroken("the published checkpoint is not one that the database knows: run `zhunsheng ledger audit`")
    with _lock:
        cache = _caches.setdefault(folder, TileCache())
        state = Published(shown, row.note, Prover(shown.size, lambda name: read_tile(folder, name), cache))
        _published[folder] = (mark, state)
    return state


def receipt_for(entry_id: int) -> dict[str, Any] | None:
    """Return the receipt of an entry, None while it is not sealed and published, or when there is none of this id.

    Raises: LedgerBroken when the tiles do not lead to the signed root.
    """
    return receipts_for([entry_id]).get(entry_id)


def receipts_for(entry_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the receipts of those entries that are sealed and published, by id; one query for each 5,000.

    Raises: LedgerBroken when the tiles do not lead to the signed root.
    """
    state = published()
    found: dict[int, dict[str, Any]] = {}
    if state is None:
        return found
    wanted = list(entry_ids)
    for start in range(0, len(wanted), _IDS_AT_ONCE):
        ids = wanted[start : start + _IDS_AT_ONCE]
        for entry in Entry.objects.filter(id__in=ids, leaf_index__lt=state.signed.size):
            found[entry.pk] = _receipt(entry, state)
    return found


def sealed_among(entry_ids: Iterable[int]) -> frozenset[int]:
    """Return those of these entries that are sealed and published; one query for each 5,000."""
    state, wanted = published(), list(entry_ids)
    if state is None:
        return frozenset()
    starts = range(0, len(wanted), _IDS_AT_ONCE)
    parts = (Entry.objects.filter(id__in=wanted[start : start + _IDS_AT_ONCE]) for start in starts)
    return frozenset(
        one for part in parts for one in part.filter(leaf_index__lt=state.signed.size).values_list("pk", flat=True)
    )


def leaf_index_of(entry_id: int) -> int | None:
    """Return where an entry stands in the log, None while it is not sealed."""
    return Entry.objects.filter(pk=entry_id).values_list("leaf_index", flat=True).first()


def pending_count() -> int:
    """Return how many entries wait for sealing."""
    return Entry.objects.filter(leaf_index=None).count()


def has_pending() -> bool:
    """Tell whether any entry waits for sealing."""
    return Entry.objects.filter(leaf_index=None).exists()


def sealed_after(kind: str, leaf_index: int, most: int) -> list[tuple[int, str]]:
    """Return (leaf index, subject) of the next sealed entries of a kind after a leaf, in the order of the log."""
    found = Entry.objects.filter(kind=kind, leaf_index__gt=leaf_index).order_by("leaf_index")
    return [(int(index or 0), subject) for index, subject in found.values_list("leaf_index", "subject")[:most]]


def is_behind() -> bool:
    """Tell whether readers see less than what is sealed: a crash came between, or a sealer is just at work."""
    shown = published_checkpoint(keys.ledger_folder())
    last = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    return (last or 0) != (shown.size if shown else 0)


def log_state() -> LogState:
    """Return how the log stands, in two queries."""
    last, pending = latest_checkpoint(), pending_count()
    if last is None:
        return LogState(0, pending)
    return LogState(last.size, pending, last.at, base64.b64encode(bytes(last.root)).decode("ascii"), last.note)


def latest_checkpoint() -> Checkpoint | None:
    """Return the last signed checkpoint."""
    return Checkpoint.objects.order_by("-size").first()


def first_checkpoint_since(entry_id: int, moment: datetime) -> Checkpoint | None:
    """Return the first checkpoint, signed at a moment or later, that covers an entry; None while there is none."""
    index = leaf_index_of(entry_id)
    if index is None:
        return None
    return Checkpoint.objects.filter(size__gt=index, at__gte=moment).order_by("size").first()


def _receipt(entry: Entry, state: Published) -> dict[str, Any]:
    index, leaf = entry.leaf_index or 0, bytes(entry.leaf)
    proof = state.prover.inclusion(index)
    if not verify_inclusion(leaf_hash(leaf), index, state.signed.size, proof, state.signed.root):
        raise LedgerBroken(f"the tiles do not prove leaf {index}: run `zhunsheng ledger audit`")
    return {
        "format": FORMAT,
        "log": state.signed.origin,
        "entry": entry.pk,
        "kind": entry.kind,
        "subject": entry.subject,
        "body": entry.body,
        "time": time_text(entry.at),
        "salt": bytes(entry.salt).hex(),
        "leaf": leaf.hex(),
        "leaf_index": index,
        "proof": [base64.b64encode(part).decode("ascii") for part in proof],
        "checkpoint": state.note,
    }
