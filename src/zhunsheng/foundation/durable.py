"""Files that are there whole and stay there: content, entry in the folder, and the folders above, all on the disk.

A file that was synced can still be lost with its name, because the name stands in the folder. So whatever must survive
a loss of power is written by these functions, which sync both, in this order.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

SECRET = 0o600
"""The mode of what only its owner may read."""
OPEN = 0o644


def sync_folder(folder: Path) -> None:
    """Wait until a folder's entries are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder with those above it, each entry synced; only the last has the mode. One that is there stays."""
    fresh = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=mode)
    for one in fresh:
        sync_folder(one.parent)


def create(path: Path, content: bytes, *, mode: int = SECRET) -> bool:
    """Write a new file whole; return False where one of this name stands, which is left as it is.

    A reader sees none or all of it, and of several writers the first one wins.
    """
    make_folder(path.parent, mode=0o700 if mode == SECRET else 0o777)
    with _draft(path, mode) as (file, draft):
        file.write(content)
        _flush(file)
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return False
    sync_folder(path.parent)
    return True


@contextmanager
def replacing(path: Path, *, mode: int = OPEN) -> Iterator[BinaryIO]:
    """Give a file to write; it takes the place of what stands under the name when the block ends without an error."""
    make_folder(path.parent)
    with _draft(path, mode) as (file, draft):
        yield file
        _flush(file)
        draft.replace(path)
    sync_folder(path.parent)


def replace(path: Path, content: bytes, *, mode: int = OPEN) -> None:
    """Write a file in place of what stands under the name."""
    with replacing(path, mode=mode) as file:
        file.write(content)


def put_in_place(synced: Path, place: Path) -> None:
    """Move a file whose content was synced to its place, in place of what stands there."""
    make_folder(place.parent)
    synced.replace(place)
    sync_folder(place.parent)


def put_folder_in_place(draft: Path, place: Path) -> bool:
    """Move a folder of synced files to its place; return False where a folder with files stands there already.

    Raises: OSError for whatever else keeps it from its place.
    """
    sync_folder(draft)
    try:
        draft.rename(place)
    except OSError:
        if place.is_dir() and any(place.iterdir()):
            return False
        raise
    sync_folder(place.parent)
    return True


@contextmanager
def _draft(path: Path, mode: int) -> Iterator[tuple[BinaryIO, Path]]:
    """Give a hidden file beside the place, gone afterwards unless it was moved."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file, draft
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
