"""What rooms above say about standard numbers, shown beside their currency: registered when Django starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark on one number: a meaning of the kit (good, attention, …), words, and where more is said."""

    meaning: str
    words: str
    href: str = ""


Speak = Callable[[Sequence[str], date], Sequence[Remark | None]]


@dataclass(frozen=True)
class Column:
    """A column of remarks: its title, and what says them for many numbers in a constant number of queries."""

    key: str
    title: Any
    speak: Speak


_COLUMNS: dict[str, Column] = {}


def register(key: str, title: Any, speak: Speak) -> None:
    """Add a column of remarks; registering a key again replaces it."""
    _COLUMNS[key] = Column(key, title, speak)


def columns() -> list[Column]:
    """Return the registered columns."""
    return list(_COLUMNS.values())
