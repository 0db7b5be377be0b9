"""Tiles and the published checkpoint on disk: always what the database says, never ahead of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from zhunsheng.foundation.tlog.checkpoint import Checkpoint as Signed
from zhunsheng.foundation.tlog.checkpoint import open_checkpoint
from zhunsheng.foundation.tlog.edge import Edge, Resource, edge_from, edge_names
from zhunsheng.foundation.tlog.hashing import leaf_hashes
from zhunsheng.foundation.tlog.note import Note, NoteProblem
from zhunsheng.foundation.tlog.store import TileWriter, read_checkpoint, read_tile
from zhunsheng.foundation.tlog.tiles import WIDTH, NotAnEntryBundle, bundle, width_at
from zhunsheng.platform.ledger import keys
from zhunsheng.platform.ledger.models import Checkpoint, Entry

_CHUNK = 64 * 256


class LedgerBroken(RuntimeError):
    """The database, the disk and the signed checkpoints contradict each other: nothing is signed or published."""


def published_checkpoint(folder: Path) -> Signed | None:
    """Return the checkpoint that readers see, None before the first or when the file is unreadable."""
    text = read_checkpoint(folder)
    if text is None:
        return None
    try:
        return Signed.parse(Note.parse(text).text)
    except NoteProblem:
        return None


def checked(row: Checkpoint) -> Signed:
    """Return the signed checkpoint of a row after proving that the log's key signed it and the row agrees.

    Raises: LedgerBroken.
    """
    try:
        signed = open_checkpoint(row.note, [keys.log_key()])
    except NoteProblem as error:
        raise LedgerBroken(f"checkpoint {row.size} is not signed by this log's key: {error}") from error
    if (signed.origin, signed.size, signed.root) != (keys.log_origin(), row.size, bytes(row.root)):
        raise LedgerBroken(f"checkpoint {row.size} does not say what was signed")
    return signed


def edge_at(row: Checkpoint | None, folder: Path) -> Edge:
    """Return the right edge of the tree at a stored checkpoint: from the tiles when they agree, else recomputed.

    Raises: LedgerBroken when the database's own leaves do not lead to the signed root.
    """
    if row is None:
        return Edge()
    checked(row)
    edge = _edge_from_tiles(row, folder)
    if edge is None:
        edge = Edge()
        for chunk in leaves(0, row.size):
            edge.append(chunk)
    if edge.root != bytes(row.root) or edge.size != row.size:
        raise LedgerBroken(f"the leaves in the database do not lead to the root signed at size {row.size}")
    return edge


def _edge_from_tiles(row: Checkpoint, folder: Path) -> Edge | None:
    contents = [read_tile(folder, name) for name in edge_names(row.size)]
    try:
        edge = edge_from(row.size, [content for content in contents if content is not None])
    except (ValueError, NotAnEntryBundle):
        return None
    sound = edge.root == bytes(row.root) and leaf_hashes(edge.entries) == (edge.partial or [b""])[0]
    return edge if sound else None


def leaves(start: int, end: int) -> Iterator[list[bytes]]:
    """Return the sealed leaves from start to before end, in lists that end on tile borders.

    Raises: LedgerBroken when one is missing.
    """
    while start < end:
        stop = min(end, (start // _CHUNK + 1) * _CHUNK)
        rows = Entry.objects.filter(leaf_index__gte=start, leaf_index__lt=stop).order_by("leaf_index")
        found = [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]
        if len(found) != stop - start:
            raise LedgerBroken(f"{stop - start - len(found)} leaves are missing between {start} and {stop}")
        yield found
        start = stop


def publish(writer: TileWriter, resources: Sequence[Resource], note: str, before: int, after: int) -> None:
    """Put tiles on disk, then the checkpoint that needs them, then forget the partial tiles that the growth filled."""
    writer.write(resources)
    writer.publish(note)
    writer.forget_partials(
        [name for name in edge_names(before) if width_at(after, name.level or 0, name.index) == WIDTH]
    )


def catch_up(writer: TileWriter, folder: Path) -> int:
    """Publish what the database has sealed and the disk does not show, after a crash or a lost folder.

    Returns: how many leaves were written again.
    Raises: LedgerBroken when readers have seen what the database does not know.
    """
    row = Checkpoint.objects.order_by("-size").first()
    shown = published_checkpoint(folder)
    size = row.size if row else 0
    if shown is not None and shown.size > size:
        raise LedgerBroken(
            f"readers have seen size {shown.size} but the database ends at {size}: restore a newer database"
        )
    if row is None or (shown is not None and shown.size == size and read_checkpoint(folder) == row.note):
        return 0
    return _publish_again(writer, folder, row, shown)


def _publish_again(writer: TileWriter, folder: Path, row: Checkpoint, shown: Signed | None) -> int:
    start = Checkpoint.objects.filter(size=shown.size).first() if shown else None
    if shown is not None and (start is None or bytes(start.root) != shown.root):
        raise LedgerBroken(f"readers have seen another tree of size {shown.size} than the database holds")
    begin = start.size if start and start.size < row.size else 0
    edge = edge_at(start, folder) if begin else Edge()
    checked(row)
    last: list[Resource] = []
    for chunk in leaves(begin, row.size):
        last = edge.append(chunk)
        writer.write([resource for resource in last if resource[0].full])
    if edge.root != bytes(row.root):
        raise LedgerBroken(f"the leaves in the database do not lead to the root signed at size {row.size}")
    publish(writer, _edge_resources(edge, last), row.note, begin, row.size)
    return row.size - begin


def _edge_resources(edge: Edge, last: list[Resource]) -> list[Resource]:
    """Return the partial tiles of the final edge, of which the last chunk may have touched only some."""
    from_last = {name: content for name, content in last if not name.full}
    made: list[Resource] = []
    for name in edge_names(edge.size):
        content = from_last.get(name)
        if content is None:
            content = bundle(edge.entries) if name.level is None else edge.partial[name.level]
        made.append((name, content))
    return made
