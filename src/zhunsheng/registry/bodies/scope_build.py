"""Builds the scope index from a stream of lines: partitioned by key on disk, so memory doesn't grow with the lines."""

import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from zhunsheng.foundation import durable
from zhunsheng.registry.bodies.scope_index import (
    COLUMNS,
    LIMITED,
    OPEN_END,
    UNNAMED_GROUP,
    Manifest,
    day_number,
    start_type,
)
from zhunsheng.registry.bodies.scope_keys import PARTS, NameHashes, join

CHUNK = 20_000
_SHARD_BITS = 6
_SHARDS, _SHARD_SHIFT = 1 << _SHARD_BITS, np.uint64(64 - _SHARD_BITS)
_ROW = np.dtype([("keys", "<u8"), ("first", "<u2"), ("last", "<u2"), ("lines", "<u8"), ("groups", "<u2")])


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A scope line ready for the index: canonical names in the order of PARTS, its days, row, group and limitation."""

    names: tuple[str, str, str, str, str]
    valid_from: date | None
    valid_to: date | None
    line_id: int
    group: tuple[str, str]
    limited: bool


@dataclass(slots=True)
class _Groups:
    """Domain and category of each line by number; beyond 32,766 kinds a line's group is asked from the database."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, group: tuple[str, str]) -> int:
        found = self.numbers.get(group)
        if found is None:
            if len(self.numbers) >= UNNAMED_GROUP:
                return UNNAMED_GROUP
            found = self.numbers[group] = len(self.numbers)
        return found


@dataclass(frozen=True, slots=True)
class State:
    """The state of the registers that an index was built from: which database, and its two revisions."""

    database: str
    scope_revision: int
    catalogue_revision: str


def build(folder: Path, lines: Iterable[IndexLine], state: State) -> Manifest:
    """Write an index beside the one in use, then put it in its place; readers of the old one keep it until they ask.

    Memory: one chunk of lines and one sixty-fourth of the index. A crash leaves the index in use untouched.
    """
    name = f"{state.scope_revision:012d}-{uuid.uuid4().hex[:8]}"
    made = folder / name
    made.mkdir(parents=True)
    groups = _Groups()
    try:
        rows, largest = _partition(made, lines, groups)
        line_type = "<u4" if largest < 2**32 else "<u8"
        prefix_bits = min(max(rows // 4, 64).bit_length(), 24)
        longest = _merge(made, line_type, start_type(rows), prefix_bits)
        manifest = Manifest(
            name,
            state.database,
            state.scope_revision,
            state.catalogue_revision,
            rows,
            prefix_bits,
            longest,
            line_type,
            list(groups.numbers),
        )
        _take_over(folder, manifest)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    for old in folder.iterdir():
        if old.is_dir() and old.name != name:
            shutil.rmtree(old, ignore_errors=True)
    return manifest


def _chunks(lines: Iterable[IndexLine]) -> Iterator[list[IndexLine]]:
    chunk: list[IndexLine] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _partition(made: Path, lines: Iterable[IndexLine], groups: _Groups) -> tuple[int, int]:
    hashes = [NameHashes(part) for part in PARTS]
    rows, largest = 0, 0
    with ExitStack() as stack:
        shards = [stack.enter_context((made / f"shard{number:02d}").open("wb")) for number in range(_SHARDS)]
        for chunk in _chunks(lines):
            table = _table(chunk, hashes, groups)
            rows, largest = rows + len(table), max(largest, int(table["lines"].max()))
            _spread(table, shards)
    return rows, largest


def _table(chunk: list[IndexLine], hashes: list[NameHashes], groups: _Groups) -> NDArray[Any]:
    table = np.empty(len(chunk), dtype=_ROW)
    parts = [
        np.fromiter((known.of(line.names[place]) for line in chunk), dtype=np.uint64, count=len(chunk))
        for place, known in enumerate(hashes)
    ]
    table["keys"] = join(*parts)
    table["first"] = [day_number(line.valid_from, open_as=0) for line in chunk]
    table["last"] = [day_number(line.valid_to, open_as=OPEN_END) for line in chunk]
    table["lines"] = [line.line_id for line in chunk]
    table["groups"] = [groups.number(line.group) | (int(LIMITED) if line.limited else 0) for line in chunk]
    return table


def _spread(table: NDArray[Any], shards: Sequence[IO[bytes]]) -> None:
    table = table[np.argsort(table["keys"])]
    edges = np.searchsorted(table["keys"] >> _SHARD_SHIFT, np.arange(_SHARDS + 1, dtype=np.uint64))
    for number, shard in enumerate(shards):
        part = table[edges[number] : edges[number + 1]]
        if len(part):
            shard.write(part.tobytes())


def _merge(made: Path, line_type: str, start_type: str, prefix_bits: int) -> int:
    """Sort shard after shard into the columns, write where every stretch begins, and return the longest stretch."""
    longest, before = 0, 0
    with ExitStack() as stack:
        columns = {name: stack.enter_context((made / name).open("wb")) for name in (*COLUMNS, "starts")}
        for number in range(_SHARDS):
            path = made / f"shard{number:02d}"
            rows = np.fromfile(path, dtype=_ROW)
            rows = rows[np.lexsort((rows["lines"], rows["keys"]))]
            for name in COLUMNS:
                values = rows[name].astype(line_type) if name == "lines" else rows[name]
                columns[name].write(values.tobytes())
            lengths = _stretches(rows["keys"], number, prefix_bits)
            columns["starts"].write((before + np.cumsum(lengths) - lengths).astype(start_type).tobytes())
            longest, before = max(longest, int(lengths.max())), before + len(rows)
            path.unlink()
        columns["starts"].write(np.array([before], start_type).tobytes())
        for column in columns.values():
            column.flush()
            os.fsync(column.fileno())
    return longest


def _stretches(keys: NDArray[np.uint64], shard: int, prefix_bits: int) -> NDArray[np.int64]:
    """Return how many of a shard's keys begin with each of its prefixes; a prefix is longer than the shard's own."""
    per_shard = 1 << (prefix_bits - _SHARD_BITS)
    places = (keys >> np.uint64(64 - prefix_bits)).astype(np.int64) - shard * per_shard
    return np.bincount(places, minlength=per_shard)


def _take_over(folder: Path, manifest: Manifest) -> None:
    durable.sync_folder(folder / manifest.name)
    durable.replace(folder / "current.json", manifest.as_json())
