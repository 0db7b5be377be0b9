"""Working time of a world: days with their weight of arrivals, and slots in which runs take place."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from zhunsheng.foundation.workdays import NotAnnounced, is_workday

Days = np.ndarray
SEASON = (0.85, 0.7, 1.0, 1.05, 1.1, 1.1, 1.0, 1.0, 1.1, 1.0, 1.05, 1.15)
"""Arrivals by month of the year, relative to the mean."""

DAY_STARTS, DAY_ENDS = 8.5, 17.5
NIGHT_ENDS = 30.5
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Days of a world from its first: `worked` tells working days, `month` counts months from 0."""

    first: date
    worked: Days
    month: Days
    weight: Days

    @property
    def length(self) -> int:
        """How many days the world has."""
        return len(self.worked)

    def next_worked(self) -> Days:
        """Return for each day the first working day from it on."""
        place = np.where(self.worked, np.arange(self.length), self.length - 1)
        return np.minimum.accumulate(place[::-1])[::-1]


@lru_cache(maxsize=8)
def calendar(first: date, months: int) -> Calendar:
    """Return the calendar of so many whole months; years without announced holidays have weekends alone."""
    days: list[date] = []
    month: list[int] = []
    day, count = first.replace(day=1), 0
    while True:
        days.append(day)
        month.append(count)
        following = day + timedelta(days=1)
        if following.month != day.month:
            count += 1
            if count == months:
                break
        day = following
    worked = np.array([_worked(one) for one in days])
    weight = np.array([SEASON[one.month - 1] * (1.0 if ok else 0.05) for one, ok in zip(days, worked, strict=True)])
    return Calendar(days[0], worked, np.array(month), weight)


def _worked(day: date) -> bool:
    try:
        return is_workday(day)
    except NotAnnounced:
        return day.weekday() < SATURDAY
