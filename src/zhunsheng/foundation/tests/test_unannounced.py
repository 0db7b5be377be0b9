"""The range of a limit in a year without notice holds whatever notice comes: shown for every year that is known."""

from datetime import date, timedelta

import pytest

from zhunsheng.foundation.unannounced import due_range
from zhunsheng.foundation.workdays import PUBLISHED, NotAnnounced, WorkCalendar, add_workdays


class Before(WorkCalendar):
    """The calendar as it was known before the notices of a year and all later ones."""

    def __init__(self, year: int) -> None:
        super().__init__()
        object.__setattr__(self, "year", year)

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is worked. Raises: NotAnnounced."""
        if day.year >= self.year:
            raise NotAnnounced(day.year)
        return PUBLISHED.is_workday(day)


ONCE = date(2015, 9, 3)
"""A day off that the State Council gave once, by a notice of its own: no regulation knows it before."""


@pytest.mark.parametrize("year", range(2015, 2027))
@pytest.mark.parametrize("days", [1, 5, 10, 30])
def test_the_day_that_the_notice_brought_lay_in_the_range_that_was_told_before(year, days):
    for back in range(0, 370, 2):
        start = date(year, 12, 30) - timedelta(days=back)
        if not _known(start, days) or start < ONCE <= add_workdays(start, days):
            continue
        due = add_workdays(start, days)

        found = due_range(start, days, calendar=Before(year))

        assert found.earliest <= due <= found.latest, (start, days)


def _known(start: date, days: int) -> bool:
    try:
        add_workdays(start, days)
    except NotAnnounced:
        return False
    return True


def test_where_every_day_is_announced_the_range_is_the_day_itself():
    assert due_range(date(2026, 3, 2), 5) == (date(2026, 3, 9), date(2026, 3, 9))


def test_a_limit_that_ends_just_after_new_year_is_narrowed_to_a_few_days():
    found = due_range(date(2026, 12, 25), 6, calendar=Before(2027))

    assert found.earliest == date(2027, 1, 3)  # the first is off by law, the weekend after it may be worked
    assert found.latest == date(2027, 1, 6)


def test_a_stretch_in_which_the_clock_stood_still_moves_both_ends():
    still = [(date(2026, 12, 28), date(2026, 12, 31))]

    plain, moved = (due_range(date(2026, 12, 25), 6, one, Before(2027)) for one in ((), still))

    assert moved.earliest > plain.earliest
    assert moved.latest > plain.latest


def test_a_limit_of_no_days_ends_where_it_starts_and_a_negative_one_is_none():
    assert due_range(date(2027, 5, 1), 0) == (date(2027, 5, 1), date(2027, 5, 1))
    with pytest.raises(ValueError, match="zero or more"):
        due_range(date(2026, 3, 2), -1)
