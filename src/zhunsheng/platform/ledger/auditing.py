"""The audit: everything is computed again from the database, and the first difference is named.

It reads entries in log order in batches, so it needs the same little memory for any size, and it changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhunsheng.foundation.tlog.edge import Edge, edge_names
from zhunsheng.foundation.tlog.store import read_checkpoint
from zhunsheng.foundation.tlog.tiles import HEIGHT, WIDTH, TileName, bundle
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.ledger import keys, publication, sealing
from zhunsheng.platform.ledger.commitment import commitment, time_text
from zhunsheng.platform.ledger.differences import (
    AuditedEntry,
    Difference,
    differences_by_apps,
    first_difference_at,
)
from zhunsheng.platform.ledger.models import Checkpoint, Entry

if TYPE_CHECKING:
    from zhunsheng.foundation.tlog.checkpoint import Checkpoint as Signed

_BATCH = 16 * WIDTH
_COLUMNS = ("id", "kind", "subject", "body", "at", "salt", "leaf", "leaf_index")
_LOCK_SECONDS = 60.0
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What was looked at, and the first difference if there is one."""

    ok: bool
    entries: int
    pending: int
    checkpoints: int
    tiles: int
    first_difference: Difference | None = None


@dataclass(slots=True)
class _Counts:
    entries: int = 0
    pending: int = 0
    checkpoints: int = 0
    tiles: int = 0


def audit(progress: Progress | None = None) -> AuditResult:
    """Compare entries, leaves, tiles, bundles, checkpoints and what the apps above keep; stop at the first difference.

    Args:
        progress: called with entries done and entries in all.
    """
    counts = _Counts()
    found = next(_Audit(counts, progress).differences(), None)
    return AuditResult(found is None, counts.entries, counts.pending, counts.checkpoints, counts.tiles, found)


class _Audit:
    def __init__(self, counts: _Counts, progress: Progress | None) -> None:
        self.counts = counts
        self.progress = progress or (lambda _done, _total: None)
        self.folder = keys.ledger_folder()
        self.edge = Edge()
        self.shown: Signed | None = None
        self.end = 0

    def differences(self) -> Iterator[Difference]:
        """Yield every difference, in log order; the caller may stop at the first."""
        with exclusive(sealing.LOCK, wait_seconds=_LOCK_SECONDS):
            self.end = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
            yield from self._published()
        for entries in self._sealed():
            yield from self._entries(entries)
            yield from differences_by_apps(entries)
            self.counts.entries += len(entries)
            self.progress(self.counts.entries, self.end)
        yield from self._strays()
        for entries in self._pending():
            for entry in entries:
                yield from _commitment_difference(entry, None)
            yield from differences_by_apps(entries)
            self.counts.pending += len(entries)

    def _published(self) -> Iterator[Difference]:
        """Compare the published checkpoint with the database's; one that lags behind waits for the next sealing."""
        text = read_checkpoint(self.folder)
        if text is None:
            if self.end:
                yield Difference("ledger/checkpoint", "the published checkpoint is missing")
            return
        self.shown = publication.published_checkpoint(self.folder)
        row = Checkpoint.objects.filter(size=self.shown.size).first() if self.shown else None
        expected = row.note if row else self._latest_note()
        if text != expected:
            offset = first_difference_at(text.encode(), expected.encode())
            yield Difference("ledger/checkpoint", "the published checkpoint is not a stored one", offset=offset)

    def _latest_note(self) -> str:
        return Checkpoint.objects.order_by("-size").values_list("note", flat=True).first() or ""

    def _sealed(self) -> Iterator[list[AuditedEntry]]:
        """Yield sealed entries up to the last checkpoint in batches that end on tile borders."""
        start = 0
        while start < self.end:
            stop = min(self.end, start + _BATCH)
            rows = Entry.objects.filter(leaf_index__gte=start, leaf_index__lt=stop).order_by("leaf_index")
            yield [_audited(row) for row in rows.values_list(*_COLUMNS)]
            start = stop

    def _pending(self) -> Iterator[list[AuditedEntry]]:
        last = 0
        while True:
            rows = Entry.objects.filter(leaf_index=None, id__gt=last).order_by("id").values_list(*_COLUMNS)[:_BATCH]
            entries = [_audited(row) for row in rows]
            if not entries:
                return
            last = entries[-1].id
            yield entries

    def _entries(self, entries: list[AuditedEntry]) -> Iterator[Difference]:
        """Compare one batch: every entry, the tiles and bundles it completes, the checkpoints that fall into it."""
        start = self.edge.size
        bundled = self._bundled_leaves(start, len(entries))
        for place, entry in enumerate(entries):
            if entry.leaf_index != start + place:
                yield Difference("ledger_entry", "the entry of this leaf is missing", start + place)
                return
            yield from _commitment_difference(entry, bundled.get(start + place))
        stop = min(self.end, start + _BATCH)
        if start + len(entries) != stop:
            yield Difference("ledger_entry", "the entry of this leaf is missing", start + len(entries))
            return
        done = start
        for row in Checkpoint.objects.filter(size__gt=start, size__lte=stop).order_by("size").iterator():
            yield from self._grow([entry.leaf for entry in entries[done - start : row.size - start]])
            yield from self._checkpoint(row)
            done = row.size
        yield from self._grow([entry.leaf for entry in entries[done - start :]])

    def _bundled_leaves(self, start: int, count: int) -> dict[int, bytes]:
        """Return what the bundles on disk hold, to tell whether a row or its leaf was changed."""
        found: dict[int, bytes] = {}
        for index in range(start // WIDTH, (start + count + WIDTH - 1) // WIDTH):
            size = self.shown.size if self.shown else 0
            width = max(0, min(WIDTH, size - index * WIDTH))
            content = _read(self.folder, TileName(None, index, width)) if width else None
            if content is not None and len(content) == width * 34:
                for at in range(width):
                    found[index * WIDTH + at] = content[at * 34 + 2 : at * 34 + 34]
        return found

    def _grow(self, leaves: list[bytes]) -> Iterator[Difference]:
        """Append, and compare each tile that readers can ask for: full ones, and the edge at the published size."""
        if not leaves:
            return
        made = self.edge.append(leaves)
        if self.shown is None:
            return
        for name, content in made:
            if name.full and name.end <= self.shown.size:
                yield from self._tile(name, content)
        if self.edge.size == self.shown.size:
            yield from self._right_edge()

    def _right_edge(self) -> Iterator[Difference]:
        for name in edge_names(self.edge.size):
            if name.level is None:
                yield from self._tile(name, bundle(self.edge.entries))
            else:
                yield from self._tile(name, self.edge.partial[name.level])

    def _tile(self, name: TileName, expected: bytes) -> Iterator[Difference]:
        """Compare one tile and the partial forms of it that are still there from earlier sizes."""
        self.counts.tiles += 1
        yield from self._file(name, expected)
        folder = self.folder / f"{TileName(name.level, name.index).path}.p"
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if path.name.isdecimal() and 0 < int(path.name) < name.width:
                    part = TileName(name.level, name.index, int(path.name))
                    yield from self._file(part, expected[: part.width * _item_bytes(name)])

    def _file(self, name: TileName, expected: bytes) -> Iterator[Difference]:
        content = _read(self.folder, name)
        if content == expected:
            return
        place = f"ledger/{name.path}"
        if content is None:
            yield Difference(place, "the file is missing")
            return
        offset = first_difference_at(content, expected)
        leaf = ((name.index * WIDTH) + offset // _item_bytes(name)) << (HEIGHT * (name.level or 0))
        yield Difference(place, "the file differs from what the database leads to", leaf, offset=offset)

    def _checkpoint(self, row: Checkpoint) -> Iterator[Difference]:
        self.counts.checkpoints += 1
        key = f"size {row.size}"
        try:
            publication.checked(row)
        except publication.LedgerBroken as error:
            yield Difference("ledger_checkpoint", str(error), key=key)
            return
        if self.edge.root != bytes(row.root):
            yield Difference("ledger_checkpoint.root", "the entries do not lead to the signed root", key=key)

    def _strays(self) -> Iterator[Difference]:
        """Find entries with an index that no checkpoint covers."""
        with exclusive(sealing.LOCK, wait_seconds=_LOCK_SECONDS):
            end = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
            stray = Entry.objects.filter(leaf_index__gte=end).order_by("leaf_index").first()
        if stray is not None:
            yield Difference(
                "ledger_entry.leaf_index", "no checkpoint covers this leaf", stray.leaf_index, f"id {stray.pk}"
            )


def _audited(row: tuple[Any, ...]) -> AuditedEntry:
    key, kind, subject, body, at, salt, leaf, leaf_index = row
    return AuditedEntry(key, kind, subject, body, at, bytes(salt), bytes(leaf), leaf_index)


def _commitment_difference(entry: AuditedEntry, bundled: bytes | None) -> Iterator[Difference]:
    """Compare an entry's columns, its leaf and, where there is one, the leaf in the published bundle."""
    said = commitment(
        kind=entry.kind,
        subject=entry.subject,
        body=entry.body,
        time=time_text(entry.at),
        salt=entry.salt.hex(),
    )
    key = f"id {entry.id}"
    if said == entry.leaf:
        return
    if bundled == said:
        offset = first_difference_at(entry.leaf, said)
        yield Difference("ledger_entry.leaf", "the leaf is not the entry's", entry.leaf_index, key, offset)
    elif bundled is None or bundled == entry.leaf:
        columns = "ledger_entry (salt, kind, subject, body or at)"
        yield Difference(columns, "the leaf does not commit to what the row says", entry.leaf_index, key)
    else:
        yield Difference("ledger_entry", "neither row nor leaf is what was published", entry.leaf_index, key)


def _item_bytes(name: TileName) -> int:
    """Return how many bytes a hash takes in a tile, or a commitment in a bundle."""
    return 34 if name.level is None else 32


def _read(folder: Path, name: TileName) -> bytes | None:
    try:
        return (folder / name.path).read_bytes()
    except OSError:
        return None
