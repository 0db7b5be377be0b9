import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation import workdays
from zhunsheng.foundation.workdays import NotAnnounced, WorkCalendar, read_holidays

DAYS = st.dates(date(2020, 1, 1), date(2025, 12, 31))


def test_every_announced_day_off_and_make_up_day_is_known(shared):
    with (shared / "data" / "cn_holidays" / "holidays.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    wrong = [
        row["date"]
        for row in rows
        if workdays.is_workday(date.fromisoformat(row["date"])) is not (row["kind"] == "workday")
    ]

    assert len(rows) == 255
    assert wrong == []


def test_every_other_day_follows_its_weekday(shared):
    with (shared / "data" / "cn_holidays" / "holidays.csv").open(encoding="utf-8") as file:
        named = {date.fromisoformat(row["date"]) for row in csv.DictReader(file)}
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range((date(2026, 12, 31) - date(2020, 1, 1)).days + 1)]

    wrong = [day for day in days if day not in named and workdays.is_workday(day) is not (day.weekday() < 5)]

    assert wrong == []


def test_a_loaded_table_agrees_with_the_package(shared):
    loaded = read_holidays(shared / "data" / "cn_holidays" / "holidays.csv")
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(7 * 365)]

    assert [day for day in days if loaded.is_workday(day) is not workdays.is_workday(day)] == []


def test_the_national_day_week_of_2026_is_skipped_and_its_saturday_worked():
    # State Council notice for 2026: off 1 to 7 October, worked Saturday 10 October.
    assert workdays.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert workdays.add_workdays(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_five_working_days_for_acceptance_do_not_count_the_day_of_filing():
    assert workdays.add_workdays(date(2026, 3, 2), 5) == date(2026, 3, 9)  # Monday to Monday


def test_a_suspension_stops_the_clock():
    stopped = [(date(2026, 3, 4), date(2026, 3, 6))]

    assert workdays.add_workdays(date(2026, 3, 2), 5, stopped) == date(2026, 3, 12)
    assert workdays.workdays_between(date(2026, 3, 2), date(2026, 3, 12), stopped) == 5


def test_overlapping_suspensions_stop_a_day_once():
    stopped = [(date(2026, 3, 4), date(2026, 3, 6)), (date(2026, 3, 5), date(2026, 3, 6))]

    assert workdays.add_workdays(date(2026, 3, 2), 5, stopped) == date(2026, 3, 12)


def test_a_calendar_limit_that_ends_on_a_day_off_moves_to_the_next_working_day():
    assert workdays.add_calendar_days(date(2026, 3, 2), 5) == date(2026, 3, 9)  # the fifth day is a Saturday
    assert workdays.add_calendar_days(date(2026, 3, 2), 4) == date(2026, 3, 6)


def test_a_year_without_a_notice_is_not_guessed():
    with pytest.raises(NotAnnounced) as caught:
        workdays.add_workdays(date(2026, 12, 31), 1)

    assert caught.value.year == 2027
    assert "2027" in str(caught.value)
    assert not workdays.PUBLISHED.is_announced(2027)
    assert workdays.PUBLISHED.is_announced(2026)


def test_a_new_year_can_be_loaded(tmp_path):
    path = tmp_path / "2027.csv"
    path.write_text(
        "year,date,name,kind\n2027,2027-01-01,元旦,off\n2027,2026-12-27,元旦,workday\n2027,2027-01-03,元旦,workday\n",
        encoding="utf-8",
    )
    calendar = read_holidays(path)

    assert calendar.is_announced(2027)
    assert calendar.add_workdays(date(2026, 12, 31), 1) == date(2027, 1, 3)
    assert calendar.is_workday(date(2026, 12, 27))  # a Sunday that the notice of 2027 makes a working day
    assert not calendar.is_workday(date(2026, 10, 1))  # what the package knows of 2026 stays


def test_a_table_with_an_unknown_kind_names_the_row(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("year,date,kind\n2027,2027-01-01,holiday\n", encoding="utf-8")

    with pytest.raises(ValueError, match="row 2"):
        read_holidays(path)


@given(DAYS, st.integers(0, 60))
def test_adding_and_counting_agree(start, days):
    end = workdays.add_workdays(start, days)

    assert workdays.workdays_between(start, end) == days
    assert days == 0 or workdays.is_workday(end)


@given(DAYS, st.integers(0, 40), st.integers(0, 20), st.integers(0, 20))
def test_a_suspension_never_brings_a_limit_forward(start, days, offset, length):
    first = start + timedelta(days=offset)
    stopped = [(first, first + timedelta(days=length))]
    plain, suspended = workdays.add_workdays(start, days), workdays.add_workdays(start, days, stopped)

    assert plain <= suspended
    assert workdays.workdays_between(start, suspended, stopped) == days


@pytest.mark.parametrize("add", [workdays.add_workdays, workdays.add_calendar_days])
def test_negative_limits_and_backward_suspensions_are_refused(add):
    with pytest.raises(ValueError, match="zero or more"):
        add(date(2026, 3, 2), -1)
    with pytest.raises(ValueError, match="before it begins"):
        add(date(2026, 3, 2), 1, [(date(2026, 3, 5), date(2026, 3, 4))])


def test_an_empty_calendar_equals_the_published_one():
    assert WorkCalendar() == workdays.PUBLISHED
