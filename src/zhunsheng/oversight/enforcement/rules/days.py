"""Last days of clocks."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from zhunsheng.foundation.lawbook import Entry
from zhunsheng.foundation.workdays import NotAnnounced, add_calendar_days, add_workdays

FRIDAY: Final = 4


def due(clock: Entry, start: date, *, days: int | None = None) -> date | None:
    """Return the last day of a clock; None where that year's holidays aren't announced yet."""
    count = int(clock.values["days"]) if days is None else days
    add = add_workdays if clock.values["unit"] == "workdays" else add_calendar_days
    try:
        return add(start, count)
    except NotAnnounced:
        return None


def expected(
    clock: Entry, start: date, *, days: int | None = None, suspended: Sequence[tuple[date, date]] = ()
) -> date:
    """Return the last day of an authority's own clock, or about when it ends where holidays aren't announced yet.

    Without a calendar, weekdays from Monday to Friday count as working days, and a last day off stays where it is. Good
    for reminders; nobody's rights may end by it.
    """
    count = int(clock.values["days"]) if days is None else days
    workdays = clock.values["unit"] == "workdays"
    add = add_workdays if workdays else add_calendar_days
    try:
        return add(start, count, suspended=suspended)
    except NotAnnounced:
        return _by_weekdays(start, count, suspended, workdays=workdays)


def _by_weekdays(start: date, count: int, suspended: Sequence[tuple[date, date]], *, workdays: bool) -> date:
    """Count days by the week alone, where nobody knows the holidays yet."""
    day = start
    while count:
        day += timedelta(days=1)
        if (not workdays or day.weekday() <= FRIDAY) and not any(first <= day <= last for first, last in suspended):
            count -= 1
    return day
