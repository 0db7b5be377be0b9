"""The law of leads: what a lead may be about, and how long each step may take."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError

FOLDER: Final = Path(__file__).parent / "law"


class UnknownMatter(DomainError):
    """A matter that the law of that day does not know."""

    code = "lead-matter-unknown"

    def __init__(self, matter: str) -> None:
        super().__init__(
            "“%(matter)s” is no matter of a lead.", params={"matter": matter}, field="matter",
            remedy="Choose one of the matters offered.",
        )  # fmt: skip


@cache
def book() -> Lawbook:
    """Return the room's lawbook. Raises: LawbookError for a matter without a code."""
    found = Lawbook.load(FOLDER)
    for entry in found:
        if entry.id.startswith("MATTER-") and not entry.values.get("matter"):
            raise LawbookError(entry.id, "a matter has a code")
    return found


def matter(code: str, on: date) -> Entry:
    """Return a matter on a day. Raises: UnknownMatter."""
    for entry in book():
        if entry.id.startswith("MATTER-") and entry.values["matter"] == code and entry.holds_on(on):
            return entry
    raise UnknownMatter(code)


@cache
def matters() -> Mapping[str, Mapping[str, str]]:
    """Return what each matter is called, zh and en, by its code."""
    return {str(one.values["matter"]): one.title for one in book() if one.id.startswith("MATTER-")}


def clock(name: str, on: date) -> Entry:
    """Return a clock of leads or referrals on a day. Raises: NotInForce, KeyError."""
    return book().on(name, on)


def named(entry: Entry) -> str:
    """Return id and version, as records keep them."""
    return f"{entry.id} {book().version_of(entry)}"
