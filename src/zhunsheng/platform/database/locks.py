"""Exclusive named locks between processes: one sealer, one importer, one partition maker at a time."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

_POLL_SECONDS = 0.02


class LockBusy(RuntimeError):
    """Another process or thread holds the lock."""


@contextmanager
def exclusive(name: str, *, wait_seconds: float | None = None) -> Iterator[None]:
    """Hold the lock of this name; it is freed when the block ends or the process dies.

    PostgreSQL: an advisory lock of the session, or of the transaction inside `atomic` (then held until it ends).
    SQLite: `flock` on a file in HOME/locks. Not re-entrant.

    Args:
        name: letters, digits, dots and dashes.
        wait_seconds: None waits for ever, 0 does not wait.
    Raises: LockBusy when the wait is over; ValueError for a bad name.
    """
    if not name or not name.replace("-", "").replace(".", "").replace("_", "").isalnum() or name.startswith("."):
        raise ValueError(f"not a lock name: {name!r}")
    held = _advisory_lock(name, wait_seconds) if connection.vendor == "postgresql" else _file_lock(name, wait_seconds)
    with held:
        yield


@contextmanager
def _advisory_lock(name: str, wait_seconds: float | None) -> Iterator[None]:
    scope = "_xact" if connection.in_atomic_block else ""
    with connection.cursor() as cursor:
        if wait_seconds is None:
            cursor.execute(f"SELECT pg_advisory{scope}_lock(hashtextextended(%s, 0))", [name])
        else:
            _poll(lambda: _try_advisory(name, scope), name, wait_seconds)
    try:
        yield
    finally:
        if not scope:
            with suppress(DatabaseError, InterfaceError), connection.cursor() as cursor:  # a lost session has freed it
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def _try_advisory(name: str, scope: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory{scope}_lock(hashtextextended(%s, 0))", [name])
        return bool(cursor.fetchone()[0])


@contextmanager
def _file_lock(name: str, wait_seconds: float | None) -> Iterator[None]:
    folder = settings.ZHUNSHENG_HOME / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if wait_seconds is None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        else:
            _poll(lambda: _try_flock(handle), name, wait_seconds)
        yield
    finally:
        os.close(handle)


def _try_flock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _poll(attempt: Callable[[], bool], name: str, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while not attempt():
        if time.monotonic() >= deadline:
            raise LockBusy(f"the lock {name!r} is held elsewhere")
        time.sleep(_POLL_SECONDS)
