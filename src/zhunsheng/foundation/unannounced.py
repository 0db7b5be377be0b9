"""Between which days a limit ends that runs into a year whose holidays are not announced yet.

The regulation fixes which holidays a year has; the yearly notice fixes which other days are off for them and which
weekends are worked. Counting with as few days off as the regulation allows gives the first day on which the limit can
end, counting with as many the last one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from zhunsheng.foundation.lawbook import Entry, Lawbook
from zhunsheng.foundation.workdays import PUBLISHED, WorkCalendar

_DAY = timedelta(days=1)
_SATURDAY = 5
_LAW = Path(__file__).parent / "law" / "holidays.yaml"


@cache
def bounds_on(day: date) -> Entry:
    """Return what the law of a day fixes of holidays that nobody has announced; before the first law, that one."""
    book = Lawbook.load(_LAW)
    return book.on("holidays.bounds", max(day, min(entry.effective_from for entry in book)))


class DueRange(NamedTuple):
    """The first and the last day on which a limit can end."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class _Holiday:
    """One holiday of a year: between which days it begins, how long, and what a notice may make of it."""

    first: date
    last: date
    days: int
    block: int
    worked: int
    near: int

    @property
    def fixed(self) -> bool:
        return self.first == self.last

    def may_be_off(self, day: date) -> bool:
        """Tell whether a notice may give this day off for the holiday."""
        return self.first - (self.block - 1) * _DAY <= day <= self.last + (self.block - 1) * _DAY

    def may_be_worked(self, day: date) -> bool:
        """Tell whether a notice may have this weekend day worked for the holiday."""
        span = (self.block + self.near) * _DAY
        return self.first - span <= day <= self.last + span

    def is_off(self, day: date) -> bool:
        """Tell whether the regulation itself gives this day off."""
        return self.fixed and self.first <= day < self.first + self.days * _DAY


@dataclass(slots=True)
class _Guess:
    """Days counted one after the other, as early (or as late) as the regulation allows."""

    calendar: WorkCalendar
    soon: bool
    used: dict[_Holiday, int] = field(default_factory=dict)

    def counts(self, day: date) -> bool:
        """Tell whether this day counts as a working day."""
        if self.calendar.is_announced(day.year):
            return self.calendar.is_workday(day)
        weekend = day.weekday() >= _SATURDAY
        held = [one for year in (day.year, day.year + 1, day.year - 1) for one in _holidays(year)]
        if any(one.is_off(day) for one in held):
            return False
        if self.soon:
            return not weekend or self._take(day, held, "worked")
        return not weekend and not self._take(day, held, "block")

    def _take(self, day: date, held: Iterable[_Holiday], what: str) -> bool:
        """Use up one of the days that a notice may shift for a holiday near this one; False where there is none."""
        for one in held:
            there = one.may_be_worked(day) if what == "worked" else one.may_be_off(day)
            if there and self.used.get(one, 0) < getattr(one, what):
                self.used[one] = self.used.get(one, 0) + 1
                return True
        return False


@cache
def _holidays(year: int) -> tuple[_Holiday, ...]:
    values = bounds_on(date(year, 1, 1)).values
    return tuple(
        _Holiday(
            date.fromisoformat(f"{year}-{one['from']}"),
            date.fromisoformat(f"{year}-{one['to']}"),
            int(one["days"]),
            int(one["block"]),
            int(one["worked"]),
            int(values["near"]),
        )
        for one in values["holidays"]
    )


def due_range(
    start: date,
    days: int,
    suspended: Iterable[tuple[date, date]] = (),
    calendar: WorkCalendar = PUBLISHED,
) -> DueRange:
    """Return between which days a limit of working days ends; both are the same where every year is announced.

    Args:
        days: of the limit, zero or more; the day it starts isn't counted.
        suspended: first and last day (both inclusive) of stretches in which the clock stood still.
    Raises: ValueError for negative days.
    """
    if days < 0:
        raise ValueError("a limit has zero or more days")
    stopped = list(suspended)
    ends = []
    for soon in (True, False):
        guess, day, left = _Guess(calendar, soon), start, days
        while left:
            day += _DAY
            left -= guess.counts(day) and not any(first <= day <= last for first, last in stopped)
        ends.append(day)
    return DueRange(*ends)
