"""Secret keys of this installation: one folder per purpose under HOME/keys, newest used, older ones still read."""

import base64
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from zhunsheng.foundation import durable

KEY_BYTES = 32


def folder(purpose: str) -> Path:
    """Return where this purpose's keys lie."""
    return Path(settings.ZHUNSHENG_HOME) / "keys" / purpose


def load(purpose: str) -> tuple[tuple[str, bytes], ...]:
    """Return (key name, 32 bytes), newest first; makes the first key when there is none."""
    home = folder(purpose)
    if not home.is_dir() or not _ring(home, home.stat().st_mtime_ns):
        _write(home / "0001.key")
        _ring.cache_clear()
    return _ring(home, home.stat().st_mtime_ns)


def rotate(purpose: str) -> str:
    """Add a new newest key and return its name; what older keys sealed can still be read."""
    home = folder(purpose)
    name = f"{int(load(purpose)[0][0]) + 1:04d}"
    _write(home / f"{name}.key")
    _ring.cache_clear()
    return name


@lru_cache(maxsize=16)
def _ring(home: Path, _changed: int) -> tuple[tuple[str, bytes], ...]:
    """Return the keys of a folder as it was when it last changed (nanoseconds); read again only then."""
    paths = sorted(home.glob("[0-9][0-9][0-9][0-9].key"), reverse=True)
    return tuple((path.stem, _read(path)) for path in paths)


def _read(path: Path) -> bytes:
    key = base64.urlsafe_b64decode(path.read_text(encoding="ascii").strip())
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path.name} does not hold a key of {KEY_BYTES} bytes")
    return key


def _write(path: Path) -> None:
    """Write a fresh key at once and whole: a reader sees none or all of it, and the first writer wins."""
    durable.create(path, base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)))
