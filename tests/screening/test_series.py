"""Signs that need many months: more results below the limit of quantification, levels that drift slowly."""

from datetime import date

import numpy as np
import pytest

from tests.screening.lakes import by_body, line, prepared
from zhunsheng.oversight.screening.detectors.censoring import more_censored
from zhunsheng.oversight.screening.detectors.drifts import furthest, slow_drift

MONTHS = 24


def month(n):
    return date(2023 + n // 12, n % 12 + 1, 10)


def results_of(body, first, share_by_month, random, loq=0.5, a_month=20):
    rows = []
    for n, share in enumerate(share_by_month):
        for one in range(a_month):
            below = one < round(share * a_month)
            said = {"censor": "<", "value": loq} if below else {"value": 5 + round(random.normal(), 1)}
            rows.append(line(body, first + len(rows), "铅", **said, loq=loq, issued=month(n)))
    return rows


@pytest.fixture
def random():
    return np.random.default_rng(5)


def province(random, odd):
    rows = []
    for n in range(12):
        share = 0.15 + 0.02 * (n % 3)
        rows += results_of(f"honest{n:02d}", n * 1000, [share] * MONTHS, random)
    return rows + results_of("odd", 90_000, odd, random)


def test_who_writes_not_detected_more_often_from_some_month_on_stands_out_and_the_month_is_named(random):
    found = by_body(more_censored(prepared(province(random, [0.15] * 15 + [0.6] * 9))))

    assert min(found, key=lambda body: found[body].p) == "odd"
    course = found["odd"].facts.pop("by_month")
    assert found["odd"].facts == {"since": "2024-04", "before": 0.15, "after": 0.6}
    assert (course["months"][15], course["own"][14:16]) == ("2024-04", [15.0, 60.0])
    assert found["odd"].statistic == 15 * 3 + 9 * 12
    assert found["odd"].n == pytest.approx(found["odd"].expected, abs=1)
    assert min(one.p for body, one in found.items() if body != "odd") > 0.02


def test_another_limit_of_quantification_is_held_against_peers_with_that_limit(random):
    rows = []
    for n in range(8):
        rows += results_of(f"low{n}", n * 1000, [0.1] * MONTHS, random, loq=0.1)
        rows += results_of(f"high{n}", 50_000 + n * 1000, [0.6] * MONTHS, random, loq=1.0)

    found = by_body(more_censored(prepared(rows)))

    assert min(one.p for one in found.values()) > 0.2


def test_lines_that_state_no_limit_take_the_one_that_their_body_states(random):
    rows = province(random, [0.15] * MONTHS)
    silent = [row | {"loq": None} if row["body"] == "odd" and row["censor"] == "" else row for row in rows]

    assert by_body(more_censored(prepared(silent)))["odd"].n == by_body(more_censored(prepared(rows)))["odd"].n


def level(body, first, by_month, random):
    rows = []
    for n, wanted in enumerate(by_month):
        for _one in range(12):
            value = round(float(wanted + random.normal(0, 0.05 * wanted)), 1)
            rows.append(line(body, first + len(rows), "硬度", value, issued=month(n)))
    return rows


def test_a_slow_drift_stands_out_and_a_recalibration_does_not(random):
    rows = []
    for n in range(14):
        rows += level(f"honest{n:02d}", n * 1000, [100.0] * MONTHS, random)
    rows += level("drifting", 80_000, [100 + 1.2 * n for n in range(MONTHS)], random)
    rows += level("recalibrated", 90_000, [100.0] * 12 + [120.0] * 12, random)

    found = by_body(slow_drift(prepared(rows)))

    assert min(found, key=lambda body: found[body].p) == "drifting"
    assert found["drifting"].p < 0.01
    assert found["drifting"].facts["parameter"] == "硬度"
    assert found["drifting"].facts["by_month"]["own"][0] < -8  # per cent below its mean, which is reached in the middle
    assert "by_month" not in found["recalibrated"].facts
    assert found["recalibrated"].p > 0.1


def test_what_all_bodies_results_do_in_the_same_months_is_no_drift(random):
    rows = []
    for n in range(10):
        rows += level(f"honest{n:02d}", n * 1000, [100.0 + m for m in range(MONTHS)], random)

    assert min(one.p for one in slow_drift(prepared(rows))) > 0.005


def test_a_single_jump_is_taken_off_before_the_average_moves():
    jump = np.array([1.0, -1.0] * 6 + [21.0, 19.0] * 6)

    # what is left is 1, -1, 1 …, whose neighbours differ by 2: one of 2 / 0.9539, in the first average alone
    assert furthest(jump, np.ones(24), 0.2) == pytest.approx(0.9539 / 2)
