"""Last days of clocks."""

from datetime import date

from zhunsheng.foundation.lawbook import Entry
from zhunsheng.foundation.workdays import NotAnnounced, add_calendar_days, add_workdays


def due(clock: Entry, start: date, *, days: int | None = None) -> date | None:
    """Return the last day of a clock; None where that year's holidays aren't announced yet."""
    count = int(clock.values["days"]) if days is None else days
    add = add_workdays if clock.values["unit"] == "workdays" else add_calendar_days
    try:
        return add(start, count)
    except NotAnnounced:
        return None
