"""The lake's folder: paths that follow from month and range, files that appear whole or not at all."""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from zhunsheng.foundation import durable

ROW_GROUP = 262_144


def folder() -> Path:
    """Return the folder of this installation's lake."""
    return Path(settings.ZHUNSHENG_LAKE)


def path_of(content: str, month: str, first: int, last: int) -> str:
    """Return the name of the file that holds a month of a range of leaves, below the lake's folder."""
    return f"{content}/month={month}/leaf-{first:012d}-{last:012d}.parquet"


def write(table: pa.Table, path: str, *, root: Path | None = None) -> tuple[int, str]:
    """Write a table under its final name, synced, and return size and SHA-256; the same table gives the same bytes."""
    place = (root or folder()) / path
    with durable.replacing(place) as file:
        pq.write_table(table, file, compression="zstd", row_group_size=ROW_GROUP, write_statistics=True)
    return place.stat().st_size, digest_of(place)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises: FileNotFoundError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def leave(paths: Iterable[str], at: datetime) -> None:
    """Note on files that the manifest is about to drop when that was: readers who listed them before still need them.

    Raises: nothing for a file that is gone.
    """
    for path in paths:
        with suppress(FileNotFoundError):
            os.utime(folder() / path, (at.timestamp(), at.timestamp()))


def strays(known: set[str], before: datetime) -> list[Path]:
    """Return files that the manifest doesn't know, and that were written or dropped by it before a time."""
    found = []
    for path in sorted(folder().glob("*/month=*/*")):
        name = path.relative_to(folder()).as_posix()
        with suppress(FileNotFoundError):
            if name not in known and path.stat().st_mtime < before.timestamp():
                found.append(path)
    return found
