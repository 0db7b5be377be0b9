"""Merges a month's small files into larger ones, and removes what no reader needs any more."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction

from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.lake import folders, selectors
from zhunsheng.platform.lake.models import Content, LakeFile
from zhunsheng.platform.lake.services.writing import LOCK

SMALL_ROWS: Final = 1_000_000
FEWEST: Final = 4
KEPT: Final = timedelta(hours=6)
"""How long merged files stay for readers that listed them before."""


def compact(*, at: datetime) -> int:
    """Merge runs of at least FEWEST small files of one month, and return how many files went. Raises: LockBusy."""
    gone = 0
    with exclusive(LOCK, wait_seconds=0):
        for content in Content:
            for _month, found in groupby(selectors.files_of(content), key=lambda one: one.month):
                for run in _runs(list(found)):
                    _merge(run, at)
                    gone += len(run) - 1
    return gone


def tidy(*, at: datetime) -> int:
    """Remove files that the manifest doesn't list and no reader can still hold; return how many. Raises: LockBusy."""
    with exclusive(LOCK, wait_seconds=0):
        known = set(LakeFile.objects.values_list("path", flat=True))
        old = folders.strays(known, at - KEPT)
        for path in old:
            with suppress(FileNotFoundError):
                path.unlink()
    return len(old)


def _runs(files: list[LakeFile]) -> list[list[LakeFile]]:
    """Return the runs of neighbouring files that are worth merging; none grows beyond SMALL_ROWS."""
    runs: list[list[LakeFile]] = []
    run: list[LakeFile] = []
    rows = 0
    for file in files:
        if rows + file.rows > SMALL_ROWS:
            runs.append(run)
            run, rows = [], 0
        run.append(file)
        rows += file.rows
    runs.append(run)
    return [one for one in runs if len(one) >= FEWEST]


def _merge(run: list[LakeFile], at: datetime) -> None:
    first, last = run[0], run[-1]
    table = pa.concat_tables(pq.read_table(folders.folder() / one.path, partitioning=None) for one in run)
    path = folders.path_of(first.content, first.month, first.first_leaf, last.last_leaf)
    size, digest = folders.write(table.combine_chunks(), path)
    folders.leave([one.path for one in run], at)
    with transaction.atomic():
        LakeFile.objects.filter(pk__in=[one.pk for one in run]).delete()
        LakeFile.objects.create(
            content=first.content, month=first.month, first_leaf=first.first_leaf, last_leaf=last.last_leaf,
            path=path, rows=table.num_rows, bytes=size, sha256=digest, written_at=at,
        )  # fmt: skip
