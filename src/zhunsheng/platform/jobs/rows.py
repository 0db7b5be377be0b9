"""A duty's work row by row: each row in a transaction of its own, so that a bad one keeps no other from its turn."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Model, QuerySet

AT_ONCE = 500
Row = TypeVar("Row")
Kept = TypeVar("Kept", bound=Model)

log = structlog.get_logger("zhunsheng.worker")


@dataclass(slots=True)
class Failures:
    """How many rows failed while a duty was done."""

    count: int = 0


_counted: ContextVar[Failures | None] = ContextVar("rows_failed", default=None)


@contextmanager
def counted() -> Iterator[Failures]:
    """Count the rows that fail inside the block."""
    found = Failures()
    token = _counted.set(found)
    try:
        yield found
    finally:
        _counted.reset(token)


def chunks(found: QuerySet[Kept], size: int = AT_ONCE) -> Iterator[Kept]:
    """Yield every row in the order of its key, read chunk by chunk: none is starved, whatever stays before it.

    Between two chunks no query is open, so that each row may have a transaction of its own.
    """
    last: object = None
    while True:
        rows = list((found if last is None else found.filter(pk__gt=last)).order_by("pk")[:size])
        yield from rows
        if len(rows) < size:
            return
        last = rows[-1].pk


def each(duty: str, rows: Iterable[Row], work: Callable[[Row], object], *, atomic: bool = True) -> int:
    """Do the work for every row and return for how many it did something (returned what is true).

    A row that fails is logged with its key, counted for the worker, and waits for the next turn; the rest goes on.

    Args:
        atomic: whether each row has a transaction around it; work that signs or asks others opens its own, and late.

    Raises: OperationalError, InterfaceError: without a database no other row fares better.
    """
    done = 0
    for row in rows:
        try:
            with transaction.atomic() if atomic else nullcontext():
                done += bool(work(row))
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            failures = _counted.get()
            if failures is not None:
                failures.count += 1
            log.exception("row failed", duty=duty, row=getattr(row, "pk", row), kind=type(row).__name__)
    return done
