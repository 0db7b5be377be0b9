"""The law of licensing, loaded and validated once."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError

FOLDER: Final = Path(__file__).parent / "law"
QUESTIONS: Final = {"need": {"required", "not_required", "ask"}, "decider": {"national", "province"}, "form": {"own"}}
_LANGUAGES: Final = {"zh", "en"}


@cache
def needs() -> Lawbook:
    """Return who needs what. Raises: LawbookError for a question, answer or condition that nothing can match."""
    book = Lawbook.load(FOLDER / "need.yaml")
    for entry in book:
        values = entry.values
        if values.get("answer") not in QUESTIONS.get(values.get("question", ""), ()):
            raise LawbookError(entry.id, "question and answer must be known")
        if set(values.get("message", {})) != _LANGUAGES or type(values.get("order")) is not int:
            raise LawbookError(entry.id, "order, and message in zh and en")
        for name, allowed in values["when"].items():
            if not set(allowed) <= set(choices().get(name, ())):
                raise LawbookError(entry.id, f"a condition on {name} names what is no choice")
    return book


@cache
def ways() -> Lawbook:
    """Return the routes. Raises: LawbookError for an occasion or domain that is no choice."""
    book = Lawbook.load(FOLDER / "routes.yaml")
    for entry in book:
        known = set(entry.values["occasions"]) <= set(choices()["occasion"])
        if not known or not set(entry.values["barred_domains"]) <= set(choices()["domain"]):
            raise LawbookError(entry.id, "an occasion or a domain is no choice")
    return book


@cache
def choices() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the choices of each question with their words."""
    found: Any = next(iter(Lawbook.load(FOLDER / "words.yaml"))).values
    return dict(found)


def held(book: Lawbook, day: date) -> Iterator[Entry]:
    """Yield the entries in force on a day."""
    return (entry for entry in book if entry.holds_on(day))
