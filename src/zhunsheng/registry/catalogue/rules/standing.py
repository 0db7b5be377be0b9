"""How an edition stands on a day, out of its dates; the source's status speaks only where dates are missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

COMING, IN_FORCE, REPLACED, WITHDRAWN = "coming", "in_force", "replaced", "withdrawn"
_OVER = {REPLACED, WITHDRAWN}


class Dates(NamedTuple):
    """What is known of an edition's life; `succeeded` means that some edition took its place, whole or in part.

    `successor_from` is the first day of the edition that took its place as a whole, where that is known.
    """

    stated: str
    effective_from: date | None
    effective_to: date | None
    succeeded: bool = False
    successor_from: date | None = None


def standing(known: Dates, on: date) -> str:
    """Return coming, in_force, replaced or withdrawn. Days count whole: the last day is still in force."""
    if known.effective_from is not None and on < known.effective_from:
        return COMING
    over = known.succeeded or known.stated == REPLACED
    if known.effective_to is not None:
        return (REPLACED if over else WITHDRAWN) if known.effective_to < on else IN_FORCE
    if known.stated in _OVER:
        waits = known.successor_from is not None and on < known.successor_from
        return IN_FORCE if waits else REPLACED if over else WITHDRAWN
    return COMING if known.stated == COMING and known.effective_from is None else IN_FORCE


def contradicted(known: Dates, on: date) -> str | None:
    """Return what the dates make of an edition today where the stated status says otherwise, else None.

    "Replaced" and "abolished" are not told apart: sources use either for an edition that has a successor.
    """
    if not known.stated:
        return None
    found = standing(known, on)
    same = found == known.stated or {found, known.stated} <= _OVER
    return None if same else found


def over_since(known: Dates, on: date) -> date | None:
    """Return the first day on which an edition no longer held, where it is over on a day and the day is known."""
    if standing(known, on) not in _OVER:
        return None
    return known.effective_to + timedelta(days=1) if known.effective_to else known.successor_from
