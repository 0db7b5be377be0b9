"""Two writings of which the second begins before the first is committed."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction


def overlapping(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Return what both return: the second runs in a thread of its own until it waits for the first, then this commits.

    Raises what the second raises. Skips on SQLite, which has one writer and so no second before a commit.
    """
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two transactions write at the same time")
    told: dict[str, Any] = {}

    def run() -> None:
        try:
            told["result"] = second()
        except Exception as error:
            told["error"] = error
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    with transaction.atomic():
        result = first()
        thread.start()
        _until_it_waits(thread)
    thread.join(timeout=60)
    assert not thread.is_alive(), "the second hangs"
    if "error" in told:
        raise told["error"]
    return result, told["result"]


def _until_it_waits(thread: threading.Thread) -> None:
    """Return when some session of this database waits for a lock, or the thread has ended."""
    deadline = time.monotonic() + 30
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    while thread.is_alive() and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    assert not thread.is_alive(), "nobody waits, and the second has not ended"
