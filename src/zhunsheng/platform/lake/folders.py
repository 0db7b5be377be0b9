"""The lake's folder: paths that follow from month and range, files that appear whole or not at all."""

import hashlib
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

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
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(f".{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            pq.write_table(table, file, compression="zstd", row_group_size=ROW_GROUP, write_statistics=True)
            file.flush()
            os.fsync(file.fileno())
        digest = digest_of(beside)
        size = beside.stat().st_size
        beside.replace(place)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
    _sync(place.parent)
    return size, digest


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises: FileNotFoundError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def strays(known: set[str], before: datetime) -> list[Path]:
    """Return files older than a time that the manifest doesn't know: left by a crash, or merged into larger ones."""
    found = []
    for path in sorted(folder().glob("*/month=*/*")):
        name = path.relative_to(folder()).as_posix()
        with suppress(FileNotFoundError):
            if name not in known and path.stat().st_mtime < before.timestamp():
                found.append(path)
    return found


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
