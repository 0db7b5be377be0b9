"""The store: every content once, under its SHA-256, durable before anyone refers to it."""

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from zhunsheng.foundation import durable
from zhunsheng.platform.documents import media
from zhunsheng.platform.documents.errors import FileAltered, FileMissing, FileTooLarge
from zhunsheng.platform.documents.models import SHA256, StoredFile

_CHUNK = 1 << 20


class Stream(Protocol):
    """What bytes can be read from: an open file, an upload, a network stream."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes; none at the end."""


def store(content: Stream | bytes, declared_media_type: str | None = None, *, most: int | None = None) -> StoredFile:
    """Keep a file and return its record; sending it again gives the same record.

    The bytes are on disk (file and folder synced) before the record is written, so a record never lacks its bytes.

    Args:
        most: largest size in bytes; the configured `file_bytes` if not given.
    Raises: FileTooLarge, FileRefused, ArchiveRefused; then nothing is kept.
    """
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    with _incoming() as (file, path):
        digest, size = _copy(stream, file, most or settings.ZHUNSHENG_LIMITS["file_bytes"])
        media_type = media.agreed(media.sniff(file), declared_media_type)
        os.fsync(file.fileno())
        durable.put_in_place(path, _place(digest))  # heals a damaged copy, too
    record, _ = StoredFile.objects.get_or_create(sha256=digest, defaults={"media_type": media_type, "bytes": size})
    return record


def open_by_digest(digest: str) -> io.BufferedReader:
    """Return a stored file, open for reading.

    Raises: FileMissing.
    """
    try:
        return _place(digest).open("rb")
    except FileNotFoundError:
        raise _missing(digest) from None


def read_by_digest(digest: str) -> bytes:
    """Return a stored file's bytes after proving that they have this digest.

    Raises: FileMissing, FileAltered.
    """
    with open_by_digest(digest) as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != digest:
        raise _altered(digest)
    return data


def prove(digest: str) -> None:
    """Read a stored file through and compare its digest; holds one chunk in memory.

    Raises: FileMissing, FileAltered.
    """
    with open_by_digest(digest) as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            raise _altered(digest)


def remove_abandoned(before: datetime) -> int:
    """Remove temporary files of uploads that broke off before a time (a killed server leaves them), and count them."""
    removed = 0
    for path in (Path(settings.ZHUNSHENG_FILES) / "incoming").glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                removed += 1
    return removed


def exists(digest: str) -> bool:
    """Tell whether a file is in the store."""
    return bool(SHA256.fullmatch(digest)) and _place(digest).is_file()


@contextmanager
def _incoming() -> Iterator[tuple[BinaryIO, Path]]:
    """Give a temporary file in the store's own file system, gone afterwards unless it was moved."""
    folder = Path(settings.ZHUNSHENG_FILES) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file, path
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def _copy(stream: Stream, file: BinaryIO, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise FileTooLarge(
                "The file is larger than %(most)s bytes.", params={"most": most}, remedy="Send a smaller file."
            )
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    return digest.hexdigest(), size


def _place(digest: str) -> Path:
    if not SHA256.fullmatch(digest):
        raise _missing(digest)
    return Path(settings.ZHUNSHENG_FILES) / "sha256" / digest[:2] / digest[2:4] / digest


def _missing(digest: str) -> FileMissing:
    return FileMissing(
        "No file with the digest %(digest)s is stored.", params={"digest": digest[:64]}, remedy="Send the file first."
    )


def _altered(digest: str) -> FileAltered:
    return FileAltered(
        "The stored file %(digest)s has been altered.",
        params={"digest": digest},
        remedy="Restore the file from a backup, then audit the ledger.",
    )
