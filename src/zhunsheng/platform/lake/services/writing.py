"""Takes sealed leaves into the lake, in the order of the log, each exactly once.

A range of leaves becomes files whose names the range determines; then one transaction lists them and moves the mark.
A crash before it leaves files that nobody lists, and repeating the range writes the same files again.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.lake import folders
from zhunsheng.platform.lake.models import Content, LakeFile, LakeMark
from zhunsheng.platform.lake.schema import LINES, ORDER, STANDING
from zhunsheng.platform.lake.sources import Source, registered

CHUNK: Final = 16_384
"""Leaves that one range holds at most; ranges end at multiples of it, so that they don't depend on when one looks."""

LOCK: Final = "lake-writer"


def write_pending(*, at: datetime, most: int | None = None) -> int:
    """Take newly sealed leaves into the lake and return how many; at most `most` where given.

    Raises: LockBusy when another worker writes.
    """
    with exclusive(LOCK, wait_seconds=0):
        return _write(at, most)


def rebuild(*, at: datetime) -> int:
    """Write the whole lake anew from the database and return how many leaves were taken.

    One lock holds from the first to the last, so that nobody merges or writes what is only half there.
    Raises: LockBusy.
    """
    with exclusive(LOCK, wait_seconds=0):
        _begin_anew(at)
        return _write(at, None)


def begin_anew(*, at: datetime) -> None:
    """List no file any more, so that the worker writes the whole lake again: a restored backup holds none of them.

    Raises: LockBusy.
    """
    with exclusive(LOCK, wait_seconds=0):
        _begin_anew(at)


def _begin_anew(at: datetime) -> None:
    folders.leave(list(LakeFile.objects.values_list("path", flat=True)), at)
    with transaction.atomic():
        LakeFile.objects.all().delete()
        LakeMark.objects.filter(pk=1).delete()


def _write(at: datetime, most: int | None) -> int:
    taken, source = 0, registered()
    while most is None or taken < most:
        done = _next_range(source, at)
        if not done:
            break
        taken += done
    return taken


def _next_range(source: Source, at: datetime) -> int:
    mark, _made = LakeMark.objects.get_or_create(pk=1)
    first = mark.leaf_index + 1
    last = min(source.sealed_size(), (first // CHUNK + 1) * CHUNK) - 1
    if last < first:
        return 0
    taken = source.take(first, last)
    made = [*_files(Content.LINES, taken.lines.cast(LINES).sort_by(ORDER), first, last, at)]
    made += _files(Content.STANDING, taken.standing.cast(STANDING), first, last, at)
    with transaction.atomic():
        moved = LakeMark.objects.filter(pk=1, leaf_index=mark.leaf_index).update(leaf_index=last)
        if not moved:
            raise RuntimeError("the lake's mark moved under its lock")
        LakeFile.objects.bulk_create(made)
    return last - first + 1


def _files(content: Content, table: pa.Table, first: int, last: int, at: datetime) -> Iterator[LakeFile]:
    for month, part in by_month(content, table):
        path = folders.path_of(content, month, first, last)
        size, digest = folders.write(part, path)
        yield LakeFile(
            content=content, month=month, first_leaf=first, last_leaf=last, path=path, rows=part.num_rows,
            bytes=size, sha256=digest, written_at=at,
        )  # fmt: skip


def by_month(content: Content, table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Yield the table's parts by month: of issue (else of arrival) for lines, of the change for standings."""
    if not table.num_rows:
        return
    if content == Content.STANDING:
        days = table["since"]
    else:
        days = pc.coalesce(table["issued"].cast(pa.timestamp("us", tz="UTC")), table["arrived"])
    months = pc.strftime(days, format="%Y-%m")
    for month in sorted(pc.unique(months).to_pylist()):
        yield month, table.filter(pc.equal(months, month)).combine_chunks()
