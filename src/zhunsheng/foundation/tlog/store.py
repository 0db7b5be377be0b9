"""Tiles in a folder, written so that a power cut leaves none of them half-written."""

import ctypes
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from zhunsheng.foundation.tlog.edge import Resource
from zhunsheng.foundation.tlog.tiles import TileName

_MANY = 12


class TileWriter:
    """Writes tiles and the checkpoint below one folder. One writer at a time: its caller holds the lock."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Take the folder; without `durable` nothing waits for the disk (for measurements and throwaway trees)."""
        self._folder = folder
        self._durable = durable
        self._made: set[str] = set()

    def write(self, resources: Sequence[Resource]) -> None:
        """Put each tile in place under its own name; when this returns they survive a power cut.

        A new tile is written under its name at once: no reader may ask for it before a checkpoint that needs it is
        published. One that is there already is replaced whole.
        Raises: OSError.
        """
        many = len(resources) > _MANY
        each = self._durable and not many
        root = f"{self._folder}/"
        folders: set[str] = set()
        for name, content in resources:
            path = root + name.path
            folder = path[: path.rindex("/")]
            if folder not in self._made:
                folders |= self._make(folder)
            if not _create(path, content, durable=each):
                _write(path + ".new", content, durable=each)
                os.rename(path + ".new", path)  # noqa: PTH104 - Path objects would double the time
            folders.add(folder)
        if each:
            for folder in folders:
                _sync_folder(folder)
        elif self._durable:
            _sync_file_system(self._folder)

    def publish(self, checkpoint: str) -> None:
        """Replace the published checkpoint, after the tiles it needs.

        Raises: OSError.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        path = f"{self._folder}/checkpoint"
        _write(path + ".new", checkpoint.encode(), durable=self._durable)
        os.rename(path + ".new", path)  # noqa: PTH104 - as above
        if self._durable:
            _sync_folder(str(self._folder))

    def forget_partials(self, full: Iterable[TileName]) -> None:
        """Delete the partial forms of full tiles: c2sp.org/tlog-tiles lets readers fall back to the full one."""
        for name in full:
            folder = self._folder / f"{TileName(name.level, name.index).path}.p"
            with suppress(FileNotFoundError):
                for part in list(folder.iterdir()):
                    part.unlink()
                folder.rmdir()

    def _make(self, folder: str) -> set[str]:
        """Make a folder and return those whose listing changed."""
        parent = folder[: folder.rindex("/")]
        changed = {parent}
        try:
            os.mkdir(folder)  # noqa: PTH102 - Path objects would double the time
        except FileExistsError:
            changed.clear()
        except FileNotFoundError:
            changed |= self._make(parent)
            os.mkdir(folder)  # noqa: PTH102 - as above
        self._made.add(folder)
        return changed


def read_tile(folder: Path, name: TileName) -> bytes | None:
    """Return a tile's bytes, cut from the full tile when the partial one is gone; None when neither is there."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return (folder / name.path).read_bytes()
    if name.full or name.level is None:
        return None
    with suppress(FileNotFoundError, NotADirectoryError):
        return (folder / TileName(name.level, name.index).path).read_bytes()[: name.width * 32]
    return None


def read_checkpoint(folder: Path) -> str | None:
    """Return the published checkpoint, None before the first."""
    with suppress(FileNotFoundError):
        return (folder / "checkpoint").read_text(encoding="utf-8")
    return None


def _create(path: str, content: bytes, *, durable: bool) -> bool:
    """Write a new file; return False when there is one of this name."""
    try:
        _write(path, content, durable=durable, flags=os.O_EXCL)
    except FileExistsError:
        return False
    return True


def _write(path: str, content: bytes, *, durable: bool, flags: int = os.O_TRUNC) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | flags, 0o644)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        if durable:
            os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: str) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_file_system(folder: Path) -> None:
    """Wait until everything written to the folder's file system is on the disk: one wait for many files."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if call is None:
            os.sync()
        elif call(handle) != 0:
            raise OSError(ctypes.get_errno(), "syncfs failed")
    finally:
        os.close(handle)
