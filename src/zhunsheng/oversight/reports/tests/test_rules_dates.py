"""Date rules: pattern "signed before test end" (law.md 10); a bare date covers its whole day."""

from itertools import product

import pytest

from zhunsheng.oversight.reports.checks.statements import moment
from zhunsheng.oversight.reports.rules import dates as rules
from zhunsheng.oversight.reports.tests.plain_facts import codes, line, report

ALL = (
    rules.dates_in_order,
    rules.issued_after_the_work,
    rules.lines_within_the_test,
    rules.lines_end_after_they_start,
    rules.not_from_the_future,
    rules.test_dates_stated,
)


def found(facts):
    return [one for rule in ALL for one in rule(facts)]


def test_dates_that_follow_one_another_are_left_alone():
    assert found(report()) == []


def test_everything_on_one_day_is_in_order_whatever_is_stated_with_a_time():
    forms = ("2026-03-10", "2026-03-10T09:00:00+08:00")
    for sampled, received, started, finished in product(forms, repeat=4):
        facts = report(
            line(1, started=None, finished=None),
            sampled=moment(sampled),
            received=moment(received),
            started=moment(started),
            finished=moment(finished),
            issued=moment("2026-03-10"),
        )
        assert found(facts) == []


@pytest.mark.parametrize(("name", "later"), [("received", "sampled"), ("started", "received"), ("finished", "started")])
def test_a_step_before_the_one_before_it_is_found(name, later):
    facts = report(line(1, started=None, finished=None), **{name: moment("2026-03-01")})
    one = next(rules.dates_in_order(facts))

    assert (one.facts["earlier"], one.facts["later"]) == (later, name)


def test_an_hour_too_early_is_found_when_both_are_stated_with_a_time():
    facts = report(
        line(1, started=None, finished=None),
        received=moment("2026-03-10T10:00:00+08:00"),
        started=moment("2026-03-10T09:00:00+08:00"),
    )

    assert codes(found(facts)) == ["DATE-ORDER"]


def test_a_missing_step_does_not_hide_a_contradiction():
    facts = report(line(1, started=None, finished=None), received=None, started=None, finished=moment("2026-03-01"))

    assert "DATE-ORDER" in codes(found(facts))


def test_a_report_dated_before_the_end_of_testing_is_found_once():
    (one,) = found(report(issued=moment("2026-03-10"), finished=moment("2026-03-11")))

    assert (one.code, one.facts["step"]) == ("DATE-ISSUED-EARLY", "finished")


@pytest.mark.parametrize(
    ("changes", "step"),
    [({"started": moment("2026-03-09")}, "started"), ({"finished": moment("2026-03-12")}, "finished")],
)
def test_a_line_outside_the_reports_period_is_found(changes, step):
    (one,) = found(report(line(1, **changes)))

    assert (one.code, one.facts["step"]) == ("DATE-LINE-OUTSIDE", step)


def test_a_line_that_ends_before_it_begins_is_found():
    reversed_line = line(1, started=moment("2026-03-10T11:00:00+08:00"), finished=moment("2026-03-10T10:59:00+08:00"))

    assert codes(found(report(reversed_line))) == ["DATE-LINE-REVERSED"]


@pytest.mark.parametrize(("issued", "expected"), [("2026-03-20", []), ("2026-03-21", ["DATE-FUTURE"])])
def test_a_date_after_arrival_is_found_the_day_of_arrival_is_not(issued, expected):
    assert codes(found(report(issued=moment(issued)))) == expected


def test_a_report_without_any_test_date_is_not_stated():
    facts = report(line(1, started=None, finished=None), started=None, finished=None)

    assert codes(found(facts)) == ["DATE-NOT-STATED"]


def test_dates_of_lines_are_enough():
    assert found(report(line(1), started=None, finished=None)) == []
