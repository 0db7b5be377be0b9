"""Proves that the lake says what the database says: files by their digest, rows by taking them again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from zhunsheng.platform.lake import folders, selectors
from zhunsheng.platform.lake.models import Content, LakeFile
from zhunsheng.platform.lake.schema import LINES, STANDING
from zhunsheng.platform.lake.services.writing import CHUNK
from zhunsheng.platform.lake.sources import Source, registered

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LakeDifference:
    """Where lake and database part: the file or report, and what is wrong."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class LakeAudit:
    """What an audit read, and the first difference, None where everything agrees."""

    files: int
    rows: int
    leaves: int
    difference: LakeDifference | None = None

    @property
    def ok(self) -> bool:
        """Tell whether everything agrees."""
        return self.difference is None


def audit(progress: Progress | None = None) -> LakeAudit:
    """Read every file of the lake, then take every leaf from the database again, and name the first difference.

    The mark is read before the list of files: what a writer beside adds in between lies behind the mark.
    """
    mark = selectors.state().leaf_index
    files = list(LakeFile.objects.order_by("content", "month", "first_leaf"))
    rows = 0
    for file in files:
        wrong = _file_is_wrong(folders.folder() / file.path, file)
        if wrong:
            return LakeAudit(len(files), rows, 0, LakeDifference(file.path, wrong))
        rows += file.rows
    source, first = registered(), 0
    while first <= mark:
        last = min(mark + 1, (first // CHUNK + 1) * CHUNK) - 1
        difference = _range_differs(source, files, first, last)
        if difference:
            return LakeAudit(len(files), rows, first, difference)
        first = last + 1
        if progress:
            progress(first, mark + 1)
    return LakeAudit(len(files), rows, first)


def _file_is_wrong(path: Path, file: LakeFile) -> str:
    try:
        digest = folders.digest_of(path)
    except FileNotFoundError:
        return "the file is missing"
    return "" if digest == file.sha256 else "the file was altered"


def _range_differs(source: Source, files: list[LakeFile], first: int, last: int) -> LakeDifference | None:
    taken = source.take(first, last)
    pairs = ((Content.LINES, taken.lines, LINES, "line"), (Content.STANDING, taken.standing, STANDING, "report"))
    for content, table, schema, second in pairs:
        held = _held(files, content, schema, first, last)
        order = [("leaf_index", "ascending"), (second, "ascending")]
        wanted, found = table.cast(schema).sort_by(order), held.sort_by(order)
        if wanted.num_rows != found.num_rows:
            return LakeDifference(
                f"{content} of leaves {first} to {last}",
                f"{found.num_rows} rows in the lake, {wanted.num_rows} in the database",
            )
        for name in schema.names:
            if not wanted[name].combine_chunks().equals(found[name].combine_chunks()):
                return _first_unlike(content, wanted, found, name)
    return None


def _held(files: list[LakeFile], content: str, schema: pa.Schema, first: int, last: int) -> pa.Table:
    near = [one for one in files if one.content == content and one.first_leaf <= last and one.last_leaf >= first]
    if not near:
        return schema.empty_table()
    wanted = (pc.field("leaf_index") >= first) & (pc.field("leaf_index") <= last)
    parts = [pq.read_table(folders.folder() / one.path, filters=wanted, partitioning=None) for one in near]
    return pa.concat_tables(parts).cast(schema)


def _first_unlike(content: str, wanted: pa.Table, found: pa.Table, name: str) -> LakeDifference:
    theirs, ours = wanted[name].to_pylist(), found[name].to_pylist()
    row = next((i for i, (one, two) in enumerate(zip(theirs, ours, strict=True)) if one != two), 0)
    where = f"{content}, report {wanted['report'][row].as_py()}, leaf {wanted['leaf_index'][row].as_py()}"
    return LakeDifference(where, f"{name} is {ours[row]!r} in the lake, {theirs[row]!r} in the database")
