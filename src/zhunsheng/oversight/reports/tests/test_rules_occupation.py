"""Two places at once: pattern of law.md 10 (same sampler in two places); day precision never accuses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from zhunsheng.oversight.reports.checks.archive import stays_of
from zhunsheng.oversight.reports.checks.statements import moment
from zhunsheng.oversight.reports.rules import occupation as rules
from zhunsheng.oversight.reports.rules.facts import Stay
from zhunsheng.oversight.reports.tests.plain_facts import codes, line, report

NINE = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE = Stay("person", "A01", "A", NINE, NINE + HOUR, "W2026-001", 1)


def there(**changes):
    return replace(HERE, **({"site": "B", "report": "W2026-002"} | changes))


def found(mine, other):
    facts = report(stays=(mine,), other_stays=(other,))
    return [*rules.person_in_one_place(facts), *rules.instrument_in_one_place(facts)]


def test_one_person_at_two_sites_in_the_same_hour_is_found():
    (one,) = found(HERE, there())

    assert (one.code, one.line, one.field) == ("TWICE-PERSON", 1, "results[0].analyst")
    assert (one.facts["other_report"], one.facts["overlap_from"]) == ("W2026-002", "2026-03-10T01:00+00:00")


def test_one_instrument_at_two_sites_in_the_same_hour_is_found():
    assert codes(found(replace(HERE, kind="instrument"), there(kind="instrument"))) == ["TWICE-INSTRUMENT"]


@pytest.mark.parametrize(
    "changes",
    [
        {"site": "A"},
        {"site": ""},
        {"code": "A02"},
        {"kind": "instrument"},
        {"started": NINE + HOUR, "finished": NINE + 2 * HOUR},
        {"started": NINE, "finished": NINE},
        {"report": "W2026-001"},
    ],
    ids=["same site", "no site", "other person", "other kind", "one after the other", "no duration", "same report"],
)
def test_what_does_not_exclude_is_not_evidence(changes):
    assert found(HERE, there(**changes)) == []


def test_a_clash_with_one_report_is_found_once_however_many_lines():
    facts = report(stays=(HERE, replace(HERE, line=2)), other_stays=(there(), there(line=2)))

    assert len(list(rules.person_in_one_place(facts))) == 1


def test_a_person_need_not_stay_with_a_determination_longer_than_a_shift():
    """Five days of BOD or an incubation over night run by themselves; an instrument stays where it is."""
    long = replace(HERE, finished=NINE + timedelta(days=5))

    assert found(long, there()) == []
    assert codes(found(replace(long, kind="instrument"), there(kind="instrument"))) == ["TWICE-INSTRUMENT"]


def test_bare_dates_make_no_stay():
    exact = {"started": moment("2026-03-10T09:00:00+08:00"), "finished": moment("2026-03-10T10:00:00+08:00")}
    lines = [line(1, analyst="A01", **exact), line(2, analyst="A01")]

    assert [(stay.kind, stay.line) for stay in stays_of(report(*lines))] == [("person", 1), ("instrument", 1)]


def test_without_a_stated_site_there_is_no_stay():
    exact = {"started": moment("2026-03-10T09:00:00+08:00"), "finished": moment("2026-03-10T10:00:00+08:00")}

    assert stays_of(report(line(1, analyst="A01", **exact), site="")) == ()


@st.composite
def stays(draw):
    start = NINE + timedelta(minutes=draw(st.integers(0, 60)))
    return Stay(
        draw(st.sampled_from(["person", "instrument"])),
        draw(st.sampled_from(["1", "2"])),
        draw(st.sampled_from(["A", "B", ""])),
        start,
        start + timedelta(minutes=draw(st.integers(0, 30))),
        draw(st.sampled_from(["r1", "r2"])),
    )


@given(st.lists(stays(), max_size=25))
def test_the_sweep_finds_exactly_the_pairs_that_exclude_one_another(many):
    swept = sorted(sorted((id(one), id(other))) for one, other in rules.overlapping(many))
    pairs = [(one, other) for place, one in enumerate(many) for other in many[place + 1 :]]

    assert swept == sorted(sorted((id(one), id(other))) for one, other in pairs if rules.excludes(one, other))
