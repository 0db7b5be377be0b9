"""People can't be at two places: analysts on two jobs, signatories at two sites, more signatures than a day holds."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.screening.lakes import by_body, line, prepared
from zhunsheng.oversight.screening.detectors.lending import lent_name
from zhunsheng.oversight.screening.detectors.presence import (
    capacity,
    many_signatures,
    person_twice,
    sites_apart,
)

TWICE_A_DAY = [(day, half) for day in range(40) for half in (0, 1)]
MORNING = datetime(2025, 3, 3, 1, tzinfo=UTC)


def run(body, leaf, day, hour, analyst="A1", instrument="I1", site=None, hours=1.0):
    began = MORNING + timedelta(days=day, hours=hour)
    return line(
        body, leaf, "铅", 1.0, analyst=analyst, instrument=instrument, site=site, started=began,
        finished=began + timedelta(hours=hours), issued=date(2025, 3, 3) + timedelta(days=day),
    )  # fmt: skip


def test_an_analyst_on_two_instruments_at_once_stands_out_among_peers_who_are_not():
    rows = []
    for n in range(8):
        rows += [
            run(f"honest{n}", n * 1000 + d * 2 + h, d, h * 2, instrument=f"I{h}") for d in range(40) for h in (0, 1)
        ]
    rows += [run("odd", 9000 + d * 2 + h, d, h * 0.5, instrument=f"I{h}") for d in range(40) for h in (0, 1)]

    found = by_body(person_twice(prepared(rows)))

    assert found["odd"].statistic == 40
    assert found["odd"].n == pytest.approx(found["odd"].expected, abs=1)
    assert found["odd"].p < 0.01
    assert set(found["odd"].reports) == {f"odd-{9000 + d * 2}" for d in range(40)}
    assert min(one.p for body, one in found.items() if body != "odd") > 0.2


def test_two_analysts_at_once_or_one_instrument_twice_are_no_person_twice():
    rows = [run("a", d * 2 + h, d, h * 0.5, analyst=f"A{h}", instrument=f"I{h}") for d in range(9) for h in (0, 1)]
    rows += [run("b", 500 + d * 2 + h, d, h * 0.5) for d in range(9) for h in (0, 1)]

    assert [one.statistic for one in person_twice(prepared(rows))] == [0, 0]


def test_a_journey_that_no_analyst_can_make_is_counted_at_bodies_with_several_sites():
    rows = [run("odd", d * 2 + h, d, h * 1.25, site=f"site{h}") for d in range(10) for h in (0, 1)]
    for n in range(6):
        rows += [
            run(f"honest{n}", 1000 * n + 100 + d * 2 + h, d * 2 + h, 0, site=f"site{h}")
            for d in range(10)
            for h in (0, 1)
        ]
    rows += [run("one-site", 9000 + d, d, 0, site="site0") for d in range(10)]

    found = by_body(sites_apart(prepared(rows)))

    assert "one-site" not in found
    assert found["odd"].facts == {"journeys": 10.0, "signatures": 10.0}  # a quarter of an hour between, ten times
    assert found["odd"].p < 0.001
    assert {one.facts["journeys"] for body, one in found.items() if body != "odd"} == {0.0}


def test_who_signs_more_in_a_day_than_can_be_read_stands_out():
    days = [date(2025, 3, 3) + timedelta(day) for day in range(20)]
    wanted = [(f"honest{n}", day) for n in range(6) for day in days for _one in range(12)]
    wanted += [("odd", day) for day in days[:4] for _one in range(260 if day == days[0] else 10)]
    rows = [line(body, leaf, "铅", 1.0, issued=day) for leaf, (body, day) in enumerate(wanted)]

    found = by_body(many_signatures(prepared(rows)))

    assert (found["odd"].statistic, found["odd"].n) == (1, 4)
    assert found["odd"].facts == {"busiest_day": 260, "most": 36.0}
    assert found["odd"].p < 0.05
    assert len(found["odd"].reports) == 1


@pytest.mark.parametrize(
    ("busiest", "most"),
    [([10, 10, 500], 30.0), ([500, 400, 10], 240), ([10], 240), ([], 240)],
)
def test_no_body_sets_its_own_measure_of_how_much_can_be_signed(busiest, most):
    rows = [{"body": str(n), "signatory": "S", "signed": one, "days": 1} for n, one in enumerate(busiest)]

    assert capacity(rows, 240, 3) == most


def signed(body, first, random, lent_from=None):
    """Return a body's reports over 18 months: two sign by turns; a lent name signs more, and on Sundays."""
    rows = []
    for day in range(540):
        when = date(2024, 1, 1) + timedelta(day)
        sunday = when.weekday() == 6
        lent = lent_from is not None and day >= lent_from
        for _one in range(0 if sunday else 3):
            name = "S1" if random.random() < (0.85 if lent else 0.5) else "S2"
            rows.append(line(body, first + len(rows), "铅", 1.0, issued=when, signatory=name))
        if sunday and lent:
            rows.append(line(body, first + len(rows), "铅", 1.0, issued=when, signatory="S1"))
    return rows


def test_a_name_that_is_lent_from_some_month_on_stands_out_by_all_its_signs_together():
    random = np.random.default_rng(3)
    rows = [row for n in range(12) for row in signed(f"honest{n:02d}", n * 3000, random)]
    rows += signed("odd", 90_000, random, lent_from=270)

    found = by_body(lent_name(prepared(rows)))

    assert found["odd"].p < 1e-5
    assert found["odd"].facts == {"signatory": "S1", "days_off_by_name": found["odd"].statistic}
    assert min(one.p for body, one in found.items() if body != "odd") > 0.05
    assert len(found["odd"].reports) == 38  # Sundays from the 271st day on


def test_one_person_on_lawful_sunday_duty_all_the_time_is_no_lent_name():
    random = np.random.default_rng(3)
    rows = [row for n in range(12) for row in signed(f"honest{n:02d}", n * 3000, random)]
    rows += signed("duty", 90_000, random)
    sundays = [date(2024, 1, 7) + timedelta(7 * n) for n in range(76)]
    rows += [line("duty", 98_000 + n, "铅", 1.0, issued=one, signatory="S2") for n, one in enumerate(sundays)]

    found = by_body(lent_name(prepared(rows)))

    assert found["duty"].statistic == 76
    assert found["duty"].p > 1e-4
