"""Signs that many reports make together: near pairs, repeats that agree too well, guesses at what is usual."""

import numpy as np
import pytest

from tests.screening.lakes import by_body, line, prepared
from zhunsheng.oversight.screening.detectors import closeness
from zhunsheng.oversight.screening.detectors.closeness import close_pairs
from zhunsheng.oversight.screening.detectors.invented import guessed_values
from zhunsheng.oversight.screening.detectors.repeats import alike_repeats

TESTS = ("氧", "硫", "氮", "尘")


def report(body, leaf, values, **said):
    return [
        line(body, leaf, test, round(max(float(one), 0.1), 1), line=n, **said)
        for n, (test, one) in enumerate(zip(TESTS, values, strict=True), 1)
    ]


@pytest.fixture
def random():
    return np.random.default_rng(11)


def measured(random, between=0.25, within=0.2, clients=4, reports=160):
    """Return the values and clients of honest reports: clients differ, and so do their samples."""
    level = np.exp(random.normal(4, between, size=(clients, len(TESTS))))
    client = random.integers(0, clients, size=reports)
    return level[client] * np.exp(random.normal(0, within, size=(reports, len(TESTS)))), client


def lake_of(bodies):
    rows = []
    for n, (body, (values, client)) in enumerate(bodies.items()):
        for k, one in enumerate(values):
            rows += report(body, n * 1000 + k, one, client=f"{body}c{client[k]}")
    return prepared(rows)


def honest(random, *spreads, count=16):
    return {f"honest{n:02d}": measured(random, *spreads) for n in range(count)}


def test_copies_that_change_every_number_a_little_add_up_though_none_tells_by_itself(random):
    values, client = measured(random)
    for k in range(80, 160, 2):
        values[k] = values[k - random.integers(20, 60)] * (1 + random.uniform(-0.03, 0.03, len(TESTS)))
    found = by_body(close_pairs(lake_of(honest(random) | {"odd": (values, client)})))

    assert min(found, key=lambda body: found[body].p) == "odd"
    assert found["odd"].p < 0.01
    assert found["odd"].statistic > 3 * found["odd"].expected
    assert len(found["odd"].reports) >= 10
    assert min(one.p for body, one in found.items() if body != "odd") > 0.005


def test_one_client_with_a_uniform_product_makes_no_sign(random):
    values, client = measured(random)
    uniform = client == 1
    values[uniform] = values[uniform][0] * np.exp(random.normal(0, 0.01, size=(uniform.sum(), len(TESTS))))

    found = by_body(close_pairs(lake_of(honest(random) | {"uniform": (values, client)})))

    assert found["uniform"].p > 0.01


def test_reports_guessed_at_what_is_usual_in_the_house_stand_out_and_are_named(random):
    values, client = measured(random, 0.8, 0.25)
    made_up = list(range(100, 160, 4))
    values[made_up] = np.median(values, axis=0) * np.exp(random.normal(0, 0.1, size=(len(made_up), len(TESTS))))
    found = by_body(guessed_values(lake_of(honest(random, 0.8, 0.25) | {"odd": (values, client)})))

    assert min(found, key=lambda body: found[body].p) == "odd"
    assert found["odd"].p < 0.001
    assert len({f"odd-{16_000 + k}" for k in made_up} & set(found["odd"].reports)) >= len(found["odd"].reports) / 2
    assert min(one.p for body, one in found.items() if body != "odd") > 0.005


def repeated(body, first, random, deviation, samples=30, alike=False):
    rows = []
    for n in range(samples):
        truth = np.exp(random.normal(5, 0.5, len(TESTS)))
        for k in (0, 1):
            seen = truth * np.exp(random.normal(0, 0 if alike else deviation, len(TESTS)))
            rows += report(body, first + n * 2 + k, seen, sample=f"{body}s{n}", client=f"{body}c{n % 4}")
    return rows


def test_duplicates_that_agree_better_than_the_method_can_stand_out(random):
    rows = [row for n in range(12) for row in repeated(f"honest{n:02d}", n * 1000, random, 0.04)]
    rows += repeated("odd", 90_000, random, 0.008)

    found = by_body(alike_repeats(prepared(rows)))

    assert min(found, key=lambda body: found[body].p) == "odd"
    assert found["odd"].p < 0.001
    assert found["odd"].n == len(TESTS)
    assert min(one.p for body, one in found.items() if body != "odd") > 0.001


def test_one_test_reported_twice_is_no_repeat(random):
    rows = [row for n in range(12) for row in repeated(f"honest{n:02d}", n * 1000, random, 0.04)]
    rows += repeated("reissued", 90_000, random, 0, alike=True)

    assert "reissued" not in by_body(alike_repeats(prepared(rows)))


def test_a_pair_that_is_near_across_the_border_of_two_wide_bins_is_counted():
    steps = {1: (8, 5, 203), 2: (9, 6, 203)}  # grids of 3 and 6 steps from -0.411, -1.911 and -0.822, -3.822 on
    rows = [
        line("a", leaf, name, value / 10)
        for leaf, values in steps.items()
        for name, value in zip(("铅", "镉", "砷"), values, strict=True)
    ]
    lake = prepared(rows)
    binned = [closeness._binned(lake, part) for part in lake.reports.parts]

    narrow, wide = closeness.narrow_and_wide(binned, closeness.Ruler("steps", 0.0))

    assert narrow == {("a", "水", 3, "c"): 0.5}
    assert wide == {("a", "水", 3, "c"): 0.0}
