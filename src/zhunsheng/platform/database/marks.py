"""Marks: small values that tell whether what a process remembers of a register is still true.

A room makes one `Mark` of each register it remembers. Whoever asks several of them for one piece of work opens
`read_together`, and all are read in one query.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

_MARKS: Final[list["Mark"]] = []
_HERE: Final = threading.local()


class Mark:
    """What changes with every change of one register: a few values, each by a query of one row and one column."""

    def __init__(self, *queries: str) -> None:
        self._queries = queries
        _MARKS.append(self)

    def read(self) -> tuple[Any, ...]:
        """Return the values as the database gives them, None where a query finds no row."""
        held: dict[Mark, tuple[Any, ...]] | None = getattr(_HERE, "held", None)
        if held is None:
            return _read([self])[self]
        if not held:
            held.update(_read(_MARKS))
        return held[self]


@contextmanager
def read_together() -> Iterator[None]:
    """Read all marks at once when the first is asked, and no mark again until the block ends, in this thread.

    What is judged inside the block is judged by the registers as they stood when it began.
    """
    outer = getattr(_HERE, "held", None)
    _HERE.held = {} if outer is None else outer
    try:
        yield
    finally:
        _HERE.held = outer


def _read(marks: Sequence[Mark]) -> dict[Mark, tuple[Any, ...]]:
    columns = ", ".join(f"({query})" for mark in marks for query in mark._queries)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}")
        row = iter(cursor.fetchone())
    return {mark: tuple(next(row) for _ in mark._queries) for mark in marks}
