"""The scope of all bodies as sorted arrays on disk, memory-mapped, so that a batch is looked up in a few operations.

HOME/scope/<name>/ holds five files of equal length, sorted by key: `keys` (uint64, see scope_keys), `first` and `last`
(uint16, days since 1970-01-01, both inclusive, 0 and 65535 for open), `lines` (uint32 or uint64, row of the scope line)
and `groups` (uint16: the low 15 bits name domain and category in the manifest, the high bit says that the line has a
limitation). `starts` (uint32, uint64 from 2^32 lines) says for the first bits of a key where its lines begin: keys are
hashes, so every stretch holds a handful, and a look-up touches two or three cache lines instead of ten. 20 bytes a line
at most: 100 MB for 5 million. `HOME/scope/current.json` is the manifest of the one in use.

The index only says yes quickly. Whatever it doesn't find, whatever has a limitation, and every body changed since it
was built is answered from the database, so a stale index is slow and never wrong.
"""

import json
import mmap
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from zhunsheng.registry.bodies.scope_keys import Keys

FORMAT = "zhunsheng-scope/2"
EPOCH = date(1970, 1, 1).toordinal()
OPEN_END = 0xFFFF
LIMITED = np.uint16(0x8000)
UNNAMED_GROUP = 0x7FFF
COLUMNS = ("keys", "first", "last", "lines", "groups")
_COLD, _FOUND = -1, 0


def day_number(day: date | None, *, open_as: int) -> int:
    """Return days since 1970-01-01, held within 1…65534; `open_as` for no day."""
    if day is None:
        return open_as
    return min(max(day.toordinal() - EPOCH, 1), OPEN_END - 1)


def start_type(rows: int) -> str:
    """Return the type of the file `starts` for an index of so many lines."""
    return "<u4" if rows < 1 << 32 else "<u8"


@dataclass(frozen=True)
class Manifest:
    """What an index was built from and how to read it."""

    name: str
    database: str
    scope_revision: int
    catalogue_revision: str
    rows: int
    prefix_bits: int
    longest: int
    line_type: str
    groups: list[tuple[str, str]]

    def as_json(self) -> bytes:
        """Return the manifest as it is kept."""
        return json.dumps({"format": FORMAT, **self.__dict__}, ensure_ascii=False).encode()

    @classmethod
    def read(cls, path: Path) -> "Manifest | None":
        """Return the manifest of the index in use, or None if there is none or it is of another format."""
        try:
            kept: dict[str, Any] = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        if kept.pop("format", None) != FORMAT:
            return None
        kept["groups"] = [(domain, category) for domain, category in kept["groups"]]
        return cls(**kept)


class ScopeIndex:
    """An opened index. Read only and safe to share between threads."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self.keys = cast("Keys", _mapped(folder / "keys", "<u8", manifest.rows))
        self._starts = _mapped(folder / "starts", start_type(manifest.rows), (1 << manifest.prefix_bits) + 1)
        self._shift = np.uint64(64 - manifest.prefix_bits)
        self._halvings = manifest.longest.bit_length()
        self._first = _mapped(folder / "first", "<u2", manifest.rows)
        self._last = _mapped(folder / "last", "<u2", manifest.rows)
        self._lines = _mapped(folder / "lines", manifest.line_type, manifest.rows)
        self._groups = _mapped(folder / "groups", "<u2", manifest.rows)

    def __len__(self) -> int:
        return self.manifest.rows

    def find(self, keys: Keys) -> NDArray[np.int64]:
        """Return for every key the position of its first line, or -1. Any shape; rows of one key lie side by side."""
        if not len(self) or not keys.size:
            return np.full(keys.shape, _COLD, dtype=np.int64)
        flat = keys.ravel()
        stretch = flat >> self._shift
        low: NDArray[np.int64] = self._starts[stretch].astype(np.int64)
        high = self._starts[stretch + np.uint64(1)].astype(np.int64)
        for _ in range(self._halvings):  # a binary search of every key at once, inside its own short stretch
            middle = (low + high) >> 1
            less = self.keys[np.minimum(middle, len(self) - 1)] < flat
            less &= low < high
            low = np.where(less, middle + 1, low)
            high = np.where(less, high, middle)
        low[low == len(self)] = 0
        low[self.keys[low] != flat] = _COLD
        return low.reshape(keys.shape)

    def unlimited_on(self, keys: Keys, days: NDArray[np.uint16]) -> NDArray[np.int64]:
        """Return for every key a position whose line holds on its day and has no limitation, or -1.

        Args:
            keys, days: one-dimensional, of equal length.
        """
        at = self.find(keys)
        answer = np.full(keys.shape, _COLD, dtype=np.int64)
        open_ = np.flatnonzero(at >= _FOUND)
        while open_.size:
            here, day = at[open_], days[open_]
            good = (self._first[here] <= day) & (day <= self._last[here]) & (self._groups[here] < LIMITED)
            answer[open_[good]] = here[good]
            rest = open_[~good]
            at[rest] += 1
            rest = rest[at[rest] < len(self)]
            open_ = rest[self.keys[at[rest]] == keys[rest]]
        return answer

    def line_at(self, position: int) -> int:
        """Return the row of the scope line at a position."""
        return int(self._lines[position])

    def group_at(self, position: int) -> tuple[str, str] | None:
        """Return domain and category of the line at a position; None when there were too many to keep."""
        group = int(self._groups[position]) & UNNAMED_GROUP
        return None if group == UNNAMED_GROUP else self.manifest.groups[group]

    def describe(self, positions: NDArray[np.int64]) -> list[tuple[int, tuple[str, str] | None]]:
        """Return for each position the row of the scope line and its domain and category (`line_at`, `group_at`)."""
        named = dict(enumerate(self.manifest.groups))
        groups = (self._groups[positions] & UNNAMED_GROUP).tolist()
        return list(zip(self._lines[positions].tolist(), map(named.get, groups), strict=True))


def _mapped(path: Path, kind: str, rows: int) -> NDArray[Any]:
    if not rows:
        return np.empty(0, dtype=kind)
    found = np.memmap(path, dtype=kind, mode="r", shape=(rows,))
    under = found._mmap  # type: ignore[attr-defined]  # NumPy names it so; the advice keeps read-ahead out of memory
    under.madvise(mmap.MADV_RANDOM)
    return found.view(np.ndarray)


class OpenIndexes:
    """The index in use, opened once per process and opened anew when another takes its place."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[Path, int, ScopeIndex] | None = None

    def current(self, folder: Path) -> ScopeIndex | None:
        """Return the index in use in a folder, or None when none has been built."""
        pointer = folder / "current.json"
        try:
            stamp = pointer.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        held = self._held
        if held is not None and held[:2] == (folder, stamp):
            return held[2]
        with self._lock:
            manifest = Manifest.read(pointer)
            if manifest is None:
                return None
            opened = ScopeIndex(folder / manifest.name, manifest)
            self._held = (folder, stamp, opened)
            return opened
