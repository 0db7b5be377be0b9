"""The items of a sheet, whatever its room: reading what a device wrote in their fields, and showing what stands."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.merging import Held
from zhunsheng.platform.accounts.models import User

MOST_LETTERS: Final = 4000
_VERSION_DIGITS: Final = 9
_YEARS: Final = range(2, 9999)
"""Years of which every day is one in each time zone."""
_NOT_STORABLE: Final = re.compile("[\0\ud800-\udfff]")


class Told:
    """What a device wrote in the fields of an item; what can't be taken is refused in the room's own way."""

    def __init__(self, values: Mapping[str, Any], refusal: type[DomainError]) -> None:
        self.values, self.refusal = values, refusal

    def text(self, name: str, most: int = MOST_LETTERS) -> str:
        """Return a text without space around it. Raises: the room's refusal for one of more than `most` letters."""
        found = str(self.values.get(name) or "").strip()
        if len(found) > most:
            raise self.refusal(
                "A text has at most %(most)s letters.", params={"most": most}, field=name, remedy="Write it shorter."
            )
        return found

    def one_of(self, name: str, known: Collection[str]) -> str:
        """Return one of the choices that are known. Raises: the room's refusal for any other."""
        found = str(self.values.get(name) or "")
        if found not in known:
            raise self.refusal(
                "This is no choice of the sheet.", field=name, remedy="Choose one of those that the sheet offers."
            )
        return found

    def ticked(self, name: str) -> bool:
        """Return whether a box was ticked, by a script or by a plain form."""
        return str(self.values.get(name)) in {"True", "true", "on"}

    def moment(self, name: str) -> datetime:
        """Return a moment with its time zone. Raises: the room's refusal for what is none."""
        found = moment_in(self.text(name, 80))
        if found is None:
            raise self.refusal(
                "This is no day and time.", field=name, remedy="Give both, for example 2026-03-02T10:00+08:00."
            )
        return found


def shown(held: Held, by: User | None, at: datetime | None) -> dict[str, Any]:
    """Return version and values of an item as a page shows them, with who wrote them and when."""
    when = timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
    who = (by.display_name or by.username) if by else ""
    return {"version": held.version, "values": dict(held.values), "by": who, "at": when}


def unknown(refusal: type[DomainError]) -> DomainError:
    """Return a room's refusal of an item that its sheet doesn't have."""
    return refusal("This sheet has no such item.", field="item", remedy="Open the sheet again.")


def key_in(text: str, refusal: type[DomainError]) -> UUID:
    """Return the key that a device gave to what came into being there. Raises: the room's refusal for what is none."""
    try:
        return UUID(text)
    except ValueError:
        raise unknown(refusal) from None


def version_in(told: object) -> int:
    """Return the version of an item as a device tells it. Raises: ValueError for what can't be one."""
    text = str(told)
    if not (text.isascii() and text.isdigit() and len(text) <= _VERSION_DIGITS):
        raise ValueError("not a version")
    return int(text)


def moment_in(text: str) -> datetime | None:
    """Return the moment that a device tells, with its time zone; None where it tells none that can be read."""
    try:
        return aware(parse_datetime(text))
    except ValueError:
        return None


def aware(moment: datetime | None) -> datetime | None:
    """Return a moment with its time zone; one without is the installation's.

    Raises: ValueError at the ends of the calendar, where a moment has no day in other time zones.
    """
    if moment is not None and moment.year not in _YEARS:
        raise ValueError("not a moment that can be kept")
    return moment if moment is None or timezone.is_aware(moment) else timezone.make_aware(moment)


def storable(told: object) -> Any:
    """Return what a device wrote in a field as every database keeps it: a word, a whole number, yes, no or nothing.

    Anything else becomes its text; what is no character (NUL, half of a pair) becomes the mark for that.
    """
    return told if told is None or isinstance(told, int) else _NOT_STORABLE.sub("\N{REPLACEMENT CHARACTER}", str(told))
