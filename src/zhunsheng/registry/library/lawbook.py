"""What the law and the province's rules say about the library on a day."""

from datetime import date
from functools import cache
from pathlib import Path

from zhunsheng.foundation.lawbook import Entry, Lawbook

LAW = Path(__file__).parent / "law"
REVIEW, DECLARATION = "LIBRARY-REVIEW", "LIBRARY-SELF-DECLARATION"


@cache
def book() -> Lawbook:
    """Return the room's lawbook."""
    return Lawbook.load(LAW)


def review(on: date) -> Entry:
    """Return the rules of review that hold on a day."""
    return book().on(REVIEW, on)


def declaration(on: date) -> Entry:
    """Return the words of the self-declaration that hold on a day."""
    return book().on(DECLARATION, on)


def named(entry: Entry) -> str:
    """Return id and version, as decisions keep them."""
    return f"{entry.id} {book().version_of(entry)}"
