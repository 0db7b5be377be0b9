"""The law of decisions and of their documents, loaded and validated once."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from zhunsheng.admission.licensing.law_book import FOLDER
from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError

TEMPLATES: Final = Path(__file__).parent / "typst"
_LANGUAGES: Final = {"zh", "en"}


@cache
def decisions() -> Lawbook:
    """Return what decisions say. Raises: LawbookError for an entry without words in both languages."""
    book = Lawbook.load(FOLDER / "decisions.yaml")
    for entry in book:
        if set(entry.values.get("message", {})) != _LANGUAGES:
            raise LawbookError(entry.id, "a message in zh and en")
    return book


@cache
def documents() -> Lawbook:
    """Return the documents. Raises: LawbookError for a template that does not exist."""
    book = Lawbook.load(FOLDER / "documents.yaml")
    for entry in book:
        if "template" in entry.values and not (TEMPLATES / f"{entry.values['template']}.typ").is_file():
            raise LawbookError(entry.id, "the template exists")
    return book


def sentences(day: date) -> dict[str, tuple[Entry, str]]:
    """Return the entries of decisions in force on a day, each with its version, by id."""
    book = decisions()
    return {entry.id: (entry, book.version_of(entry)) for entry in book if entry.holds_on(day)}


def document(kind: str, day: date) -> tuple[Entry, str]:
    """Return the entry of a kind of document on a day, and its version. Raises: NotInForce; KeyError."""
    book = documents()
    entry = book.on(f"DOCUMENT-{kind.upper().replace('_', '-')}", day)
    return entry, book.version_of(entry)
