"""Limits in working days around Spring Festival and National Day 2026.

Every expected day was counted by hand on the State Council's notice for 2026: off 15 to 23 February, worked on
Saturdays 14 and 28 February; off 4 to 6 April; worked Sunday 20 September, off 25 to 27 September; off 1 to 7 October,
worked Saturday 10 October.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.rules.clocks import (
    Clock,
    NoStop,
    State,
    Stop,
    add_months,
    deemed,
    deemed_renewal,
    last_filing_day,
)
from zhunsheng.foundation.workdays import WorkCalendar

D = date
NEW_YEAR = WorkCalendar()


def clock(code, started_on, stops=(), ended_on=None):
    return Clock(
        law_book.clock(code, started_on), started_on, tuple(stops), ended_on, law_book.promise(code, started_on)
    )


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        ("T1", D(2026, 2, 12), D(2026, 2, 26)),  # 13, Sat 14, [15-23 off] 24, 25, 26
        ("T1", D(2026, 2, 14), D(2026, 2, 28)),  # 24, 25, 26, 27, Sat 28
        ("T1", D(2026, 9, 18), D(2026, 9, 24)),  # Sun 20, 21, 22, 23, 24
        ("T2", D(2026, 2, 26), D(2026, 4, 9)),  # 27, 28 | 2-27 March = 20 | 30 March-3 April = 5 | 7, 8, 9
        ("T3", D(2026, 9, 24), D(2026, 11, 12)),  # 28-30 = 3 | 8, 9, 10 = 3 | 12-30 October = 15 | 2-6 = 5 | 9-12 = 4
        ("T4", D(2026, 9, 24), D(2026, 10, 15)),  # 28, 29, 30 | 8, 9, Sat 10 | 12, 13, 14, 15
        ("T5", D(2026, 9, 30), D(2026, 10, 15)),  # 8, 9, Sat 10 | 12, 13, 14, 15
        ("T5", D(2026, 2, 13), D(2026, 3, 2)),  # Sat 14 | 24-27 = 4 | Sat 28 | 2
        ("T4C", D(2026, 2, 24), D(2026, 2, 24)),  # at once
        ("T4C", D(2026, 2, 17), D(2026, 2, 24)),  # at once, on the first working day after the festival
        ("T7", D(2026, 7, 3), D(2026, 10, 8)),  # three months end on 3 October, a day off
        ("T7", D(2026, 11, 30), D(2027, 2, 28)),  # a month without a 30th; its 28th named as worked
    ],
)
def test_a_limit_ends_on_the_day_counted_by_hand(code, start, due):
    calendar = WorkCalendar({D(2027, 2, 28): True}, frozenset({2027})) if due.year == 2027 else NEW_YEAR

    assert clock(code, start).due_on(calendar) == due


def test_rectification_takes_its_working_days_out_of_the_review():
    # 10 to 20 March 2026 are nine working days; after 9 April the ninth is 22 April.
    stopped = clock("T2", D(2026, 2, 26), [Stop("rectification", D(2026, 3, 10), D(2026, 3, 20))])

    assert stopped.due_on() == D(2026, 4, 22)
    assert stopped.read(D(2026, 3, 12)).state is State.STOPPED
    assert stopped.read(D(2026, 3, 9)).used == 8  # 27, 28 | 2 to 6 | 9
    assert stopped.read(D(2026, 3, 20)).used == 8
    assert stopped.read(D(2026, 3, 23)).used == 9


def test_while_a_stop_is_open_nobody_says_when_the_limit_ends():
    waiting = clock("T2", D(2026, 2, 26), [Stop("waiting_for_site", D(2026, 3, 10))])
    reading = waiting.read(D(2026, 5, 6))

    assert (reading.state, reading.due_on, reading.used, reading.left) == (State.STOPPED, None, 8, 22)


@pytest.mark.parametrize(
    ("code", "stops"),
    [
        ("T1", [Stop("rectification", D(2026, 3, 3))]),
        ("T2", [Stop("holiday of the officer", D(2026, 3, 3))]),
        ("T2", [Stop("rectification", D(2026, 3, 3), D(2026, 3, 2))]),
        ("T2", [Stop("rectification", D(2026, 3, 3)), Stop("waiting_for_site", D(2026, 3, 9))]),
    ],
)
def test_a_clock_stands_still_only_for_what_the_law_names(code, stops):
    with pytest.raises(NoStop):
        clock(code, D(2026, 3, 2), stops)


@pytest.mark.parametrize(
    ("on", "ended_on", "state", "left"),
    [
        (D(2026, 2, 12), None, State.RUNNING, 5),
        (D(2026, 2, 20), None, State.RUNNING, 3),
        (D(2026, 2, 26), None, State.RUNNING, 0),
        (D(2026, 2, 27), None, State.LATE, -1),
        (D(2026, 3, 9), D(2026, 2, 26), State.MET, None),
        (D(2026, 3, 9), D(2026, 2, 27), State.MET_LATE, None),
    ],
)
def test_a_clock_tells_how_it_stands(on, ended_on, state, left):
    reading = clock("T1", D(2026, 2, 12), ended_on=ended_on).read(on)

    assert (reading.state, reading.left) == (state, left)


def test_the_promised_limit_stands_beside_that_of_the_law_and_a_warning_comes_before():
    reading = clock("T1", D(2026, 2, 12)).read(D(2026, 2, 24))

    assert (reading.promised_on, reading.due_on) == (D(2026, 2, 14), D(2026, 2, 26))
    assert (reading.warn_on, reading.warned) == (D(2026, 2, 24), True)
    assert not clock("T1", D(2026, 2, 12)).read(D(2026, 2, 23)).warned


def test_a_limit_that_runs_into_a_year_without_a_notice_says_so_and_does_not_guess():
    calendar = WorkCalendar({}, frozenset({2026}))  # knows no notice of 2031
    running = clock("T4", D(2030, 12, 27))
    reading = running.read(D(2030, 12, 27), calendar)

    assert (reading.state, reading.due_on, reading.year) == (State.NOT_ANNOUNCED, None, 2030)


def test_the_limit_is_that_of_the_text_in_force_when_it_began():
    # Order 163 of 2015: review in 45 working days, decision in 20; the text of 2021: 30 and 10.
    assert [law_book.clock("T2", day).values["limit"] for day in (D(2021, 5, 31), D(2021, 6, 1))] == [45, 30]
    assert [law_book.clock("T4", day).values["limit"] for day in (D(2021, 5, 31), D(2021, 6, 1))] == [20, 10]


def test_five_working_days_of_silence_are_acceptance_as_of_the_receipt():
    silent = clock("T1", D(2026, 2, 12))

    assert deemed(silent, D(2026, 2, 26)) is None
    found = deemed(silent, D(2026, 2, 27))
    assert (found.outcome, found.since, found.passed_on) == ("accepted", D(2026, 2, 12), D(2026, 2, 26))
    assert "第三十二条" in [one.article for one in found.entry.basis]


def test_gaps_told_in_time_leave_no_silence_and_gaps_told_late_come_too_late():
    assert deemed(clock("T1", D(2026, 2, 12), ended_on=D(2026, 2, 26)), D(2026, 3, 9)) is None
    assert deemed(clock("T1", D(2026, 2, 12), ended_on=D(2026, 2, 27)), D(2026, 3, 9)).outcome == "accepted"


def test_nothing_follows_from_silence_of_a_decision():
    assert deemed(clock("T4", D(2026, 2, 12)), D(2026, 12, 1)) is None


@pytest.mark.parametrize(
    ("filed_on", "decided_on", "on", "renewed"),
    [
        (D(2026, 6, 30), None, D(2026, 10, 1), True),
        (D(2026, 6, 30), None, D(2026, 9, 30), False),  # the certificate has not run out yet
        (D(2026, 7, 1), None, D(2026, 10, 1), False),  # filed less than three months before
        (D(2026, 6, 30), D(2026, 9, 30), D(2026, 10, 1), False),  # decided in time
        (D(2026, 6, 30), D(2026, 10, 9), D(2026, 10, 9), True),  # decided too late
    ],
)
def test_a_renewal_asked_for_in_time_and_undecided_at_expiry_counts_as_granted(filed_on, decided_on, on, renewed):
    entry = law_book.clock("T6", filed_on)

    found = deemed_renewal(entry, filed_on=filed_on, valid_to=D(2026, 9, 30), decided_on=decided_on, on=on)

    assert (found is not None) is renewed
    assert found is None or (found.outcome, found.since) == ("renewed", D(2026, 10, 1))
    assert last_filing_day(entry, D(2026, 9, 30)) == D(2026, 6, 30)


def test_the_bars_after_false_material_and_fraud_last_one_and_three_years():
    assert clock("T8A", D(2026, 3, 5)).due_on() == D(2027, 3, 5)
    assert clock("T8B", D(2024, 2, 29)).due_on() == D(2027, 2, 28)
    assert law_book.bar_clock("fraud_revocation", D(2026, 3, 5)).values["code"] == "T8B"


@settings(deadline=None)
@given(day=st.dates(D(2000, 1, 1), D(2100, 1, 1)), months=st.integers(-60, 60))
def test_months_on_and_back_end_in_the_right_month(day, months):
    found = add_months(day, months)

    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day


@settings(deadline=None)
@given(
    start=st.dates(D(2024, 1, 2), D(2025, 6, 1)),
    first=st.integers(0, 60),
    length=st.integers(0, 40),
)
def test_a_stop_never_brings_the_end_nearer_and_used_days_reach_the_limit_on_the_last_day(start, first, length):
    since = start + timedelta(days=first)
    plain = clock("T2", start)
    stopped = clock("T2", start, [Stop("rectification", since, since + timedelta(days=length))])

    assert stopped.due_on() >= plain.due_on()
    assert stopped.used(stopped.due_on()) == stopped.entry.values["limit"]
    assert stopped.used(stopped.due_on() - timedelta(days=1)) < stopped.entry.values["limit"]


def test_a_decision_on_a_commitment_has_its_own_limit():
    assert law_book.clock_of("decision", "commitment", D(2026, 3, 2)).values["code"] == "T4C"
    assert law_book.clock_of("decision", "general", D(2026, 3, 2)).values["code"] == "T4"
    assert law_book.clock_of("acceptance", "commitment", D(2026, 3, 2)).values["code"] == "T1"
