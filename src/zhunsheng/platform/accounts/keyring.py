"""Secret keys of this installation: one folder per purpose under HOME/keys, newest used, older ones still read."""

import base64
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


def folder(purpose: str) -> Path:
    """Return where this purpose's keys lie."""
    return Path(settings.ZHUNSHENG_HOME) / "keys" / purpose


def load(purpose: str) -> tuple[tuple[str, bytes], ...]:
    """Return (key name, 32 bytes), newest first; makes the first key when there is none."""
    home = folder(purpose)
    names = _names(home)
    if not names:
        _write(home / "0001.key")
        names = _names(home)
    return tuple((name, _read(home / f"{name}.key")) for name in reversed(names))


def rotate(purpose: str) -> str:
    """Add a new newest key and return its name; what older keys sealed can still be read."""
    home = folder(purpose)
    name = f"{int(load(purpose)[0][0]) + 1:04d}"
    _write(home / f"{name}.key")
    return name


def _names(home: Path) -> list[str]:
    return sorted(path.stem for path in home.glob("[0-9][0-9][0-9][0-9].key"))


@lru_cache(maxsize=64)
def _read(path: Path) -> bytes:
    key = base64.urlsafe_b64decode(path.read_text(encoding="ascii").strip())
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path.name} does not hold a key of {KEY_BYTES} bytes")
    return key


def _write(path: Path) -> None:
    """Write a fresh key at once and whole: a reader sees none or all of it, and the first writer wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)))
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
