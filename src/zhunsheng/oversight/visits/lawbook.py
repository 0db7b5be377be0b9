"""What the law and the province's rules say about visits on a day."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from zhunsheng.foundation.lawbook import Entry, Lawbook

LAW: Final = Path(__file__).parent / "law"
TEAM, PHOTOS, RECTIFICATION = "VISIT-TEAM", "VISIT-PHOTOS", "VISIT-RECTIFICATION"
FILE_REQUEST, DISCLOSURE = "VISIT-FILE-REQUEST", "VISIT-DISCLOSURE"


@cache
def book() -> Lawbook:
    """Return the room's lawbook."""
    return Lawbook.load(LAW)


def rule(name: str, on: date) -> Entry:
    """Return the entry that holds on a day. Raises: NotInForce."""
    return book().on(name, on)


def named(entry: Entry) -> str:
    """Return id and version, as decisions keep them."""
    return f"{entry.id} {book().version_of(entry)}"


def number(name: str, key: str, on: date) -> int:
    """Return a number of an entry on a day. Raises: NotInForce."""
    return int(rule(name, on).values[key])


def checklists(on: date) -> list[Entry]:
    """Return the checklists of the law files that hold on a day, by id."""
    found = [one for one in book() if one.id.startswith("CHECKLIST-")]
    return [one for one in found if one.holds_on(on)]
