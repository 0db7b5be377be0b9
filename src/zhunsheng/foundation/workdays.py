"""Legal clocks: working days with the State Council's holidays and make-up days; never guesses a year."""

import csv
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

from zhunsheng.foundation.errors import DomainError

_DAY = timedelta(days=1)
_SATURDAY = 5


class NotAnnounced(DomainError):
    """The holidays of a year are not published yet, so no working-day clock may run into it."""

    code = "holidays-not-announced"

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            "The public holidays of %(year)s have not been announced.",
            params={"year": str(year)},
            remedy="Load the State Council's notice for that year, then compute the date again.",
        )


@dataclass(frozen=True)
class WorkCalendar:
    """Working days: the years that the package `chinesecalendar` knows, and notices loaded since.

    Attributes:
        named: days that a loaded notice names, with True for a day that is worked.
        years: years for which a notice was loaded; a notice may also name days of the year beside it.
    """

    named: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is a working day.

        Raises: NotAnnounced.
        """
        if day in self.named:
            return self.named[day]
        if day.year in self.years:
            return day.weekday() < _SATURDAY
        try:
            return bool(chinese_calendar.is_workday(day))  # type: ignore[no-untyped-call]  # the package is untyped
        except NotImplementedError:
            raise NotAnnounced(day.year) from None

    def is_announced(self, year: int) -> bool:
        """Tell whether a year's holidays are known."""
        try:
            self.is_workday(date(year, 7, 1))  # a day that no notice of another year names
        except NotAnnounced:
            return False
        return True

    def next_workday(self, day: date) -> date:
        """Return the day itself if it is worked, else the first working day after it.

        Raises: NotAnnounced.
        """
        while not self.is_workday(day):
            day += _DAY
        return day

    def add_workdays(self, start: date, days: int, suspended: Iterable[tuple[date, date]] = ()) -> date:
        """Return the last day of a limit of working days; the day it starts isn't counted.

        Args:
            days: zero or more; zero gives `start`.
            suspended: first and last day (both inclusive) of stretches in which the clock stood still.
        Raises: NotAnnounced; ValueError for negative days or a stretch that ends before it begins.
        Source: Administrative Licensing Law Art. 82 (limits are working days); the first day isn't counted.
        """
        if days < 0:
            raise ValueError("a limit has zero or more days")
        stopped = _stretches(suspended)
        day = start
        while days:
            day += _DAY
            if self.is_workday(day) and not any(first <= day <= last for first, last in stopped):
                days -= 1
        return day

    def workdays_between(self, start: date, end: date, suspended: Iterable[tuple[date, date]] = ()) -> int:
        """Return how many working days lie after `start` up to and including `end`; 0 if `end` isn't later.

        Raises: NotAnnounced.
        """
        stopped = _stretches(suspended)
        count, day = 0, start
        while day < end:
            day += _DAY
            count += self.is_workday(day) and not any(first <= day <= last for first, last in stopped)
        return count

    def add_calendar_days(self, start: date, days: int, suspended: Iterable[tuple[date, date]] = ()) -> date:
        """Return the last day of a limit of calendar days; one that ends on a day off moves to the next working day.

        Raises: NotAnnounced; ValueError.
        """
        if days < 0:
            raise ValueError("a limit has zero or more days")
        stopped = _stretches(suspended)
        day = start
        while days:
            day += _DAY
            if not any(first <= day <= last for first, last in stopped):
                days -= 1
        return self.next_workday(day)


def _stretches(suspended: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    found = list(suspended)
    for first, last in found:
        if last < first:
            raise ValueError(f"a suspension ends on {last} before it begins on {first}")
    return found


def read_holidays(path: Path) -> WorkCalendar:
    """Return a calendar with the notices of a CSV file added; they take precedence, for notices are amended.

    Args:
        path: UTF-8 with columns year, date (ISO) and kind (off or workday); other columns are ignored.
    Raises: ValueError naming the row; KeyError for a missing column.
    """
    named: dict[date, bool] = {}
    years: set[int] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            if row["kind"] not in {"off", "workday"}:
                raise ValueError(f"row {number}: kind must be off or workday, not {row['kind']!r}")
            named[date.fromisoformat(row["date"])] = row["kind"] == "workday"
            years.add(int(row["year"]))
    return WorkCalendar(named, frozenset(years))


PUBLISHED = WorkCalendar()
is_workday = PUBLISHED.is_workday
next_workday = PUBLISHED.next_workday
add_workdays = PUBLISHED.add_workdays
workdays_between = PUBLISHED.workdays_between
add_calendar_days = PUBLISHED.add_calendar_days


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on (or back); the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
