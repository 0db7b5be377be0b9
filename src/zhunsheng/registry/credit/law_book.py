"""Kinds of events and obligations, as law says them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError

FOLDER: Final = Path(__file__).parent / "law"
MEANINGS: Final = {"good", "attention", "bad", "neutral"}
DIMENSIONS: Final = {"basic", "operation", "enforcement", "capability", "innovation"}


class UnknownKind(DomainError):
    """A kind of event or obligation that the law of that day does not know."""

    code = "credit-kind-unknown"

    def __init__(self, kind: str) -> None:
        super().__init__(
            "“%(kind)s” is no kind of event or obligation.", params={"kind": kind}, field="kind",
            remedy="Choose one of the kinds offered.",
        )  # fmt: skip


@cache
def events() -> Lawbook:
    """Return the kinds of events. Raises: LawbookError for an unknown meaning or dimension."""
    book = Lawbook.load(FOLDER / "events.yaml")
    for entry in book:
        values = entry.values
        if values.get("meaning") not in MEANINGS or values.get("dimension") not in DIMENSIONS:
            raise LawbookError(entry.id, "meaning and dimension must be known")
        if type(values.get("breach")) is not bool or not values.get("kind"):
            raise LawbookError(entry.id, "a kind, and whether it is a breach")
    return book


@cache
def obligations() -> Lawbook:
    """Return the kinds of obligations."""
    return Lawbook.load(FOLDER / "obligations.yaml")


@cache
def person_events() -> Lawbook:
    """Return the kinds of events of practitioners' integrity files."""
    return Lawbook.load(FOLDER / "persons.yaml")


def person_event(kind: str, on: date) -> Entry:
    """Return a kind of a practitioner's event on a day. Raises: UnknownKind."""
    return _kind(person_events(), kind, on)


def event(kind: str, on: date) -> Entry:
    """Return a kind of event on a day. Raises: UnknownKind."""
    return _kind(events(), kind, on)


def obligation(kind: str, on: date) -> Entry:
    """Return a kind of obligation on a day. Raises: UnknownKind."""
    return _kind(obligations(), kind, on)


def _kind(book: Lawbook, kind: str, on: date) -> Entry:
    for entry in book:
        if entry.values["kind"] == kind and entry.holds_on(on):
            return entry
    raise UnknownKind(kind)


def breaches() -> frozenset[str]:
    """Return the kinds of events that count as a breach of law."""
    return frozenset(str(one.values["kind"]) for one in events() if one.values["breach"])


def words(book: Lawbook) -> Mapping[str, Mapping[str, str]]:
    """Return what each kind of a book is called, zh and en, by the newest entry."""
    return {str(one.values["kind"]): one.title for one in book}


def named(book: Lawbook, entry: Entry) -> str:
    """Return id and version, as records keep them."""
    return f"{entry.id} {book.version_of(entry)}"
