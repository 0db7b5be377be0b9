"""A p-value says no more than chance among honest bodies, detector by detector, with every oddity that is honest."""

from collections import defaultdict
from datetime import date

import numpy as np
import pytest
from scipy import stats

from zhunsheng.demo.simulator.specs import WorldSpec
from zhunsheng.demo.simulator.writing import write_world
from zhunsheng.oversight.screening.detectors.catalogue import DETECTORS
from zhunsheng.oversight.screening.running import screen
from zhunsheng.platform.lake import engines, tables

pytestmark = pytest.mark.slow
BODIES, MONTHS = 100, 14
NOMINAL, TOLERATED = 0.05, 0.075
"""What a detector may say at most where it says one in twenty; limits and failures have the heaviest honest tails."""

UNIFORM = ("slow_drift", "person_twice", "guessed_values", "unlike_client", "little_spread", "too_typical")
YEARS = MONTHS / 12


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("honest")
    write_world(WorldSpec(BODIES, MONTHS, 25.0, 77, confounder_share=0.08), folder / "w", lake_only=True)
    return screen(tables.open_folder(engines.connect(), folder / "w" / "lake"), date(2026, 1, 1))


@pytest.fixture(scope="module")
def by_detector(found):
    held = defaultdict(list)
    for lead in found.leads:
        for one in lead.signals:
            held[one.detector].append(one.p)
    return held


def test_honest_bodies_are_hardly_ever_leads(found):
    leads = sum(lead.q <= found.settings["lead_q"] for lead in found.leads)

    assert len(found.leads) == BODIES
    assert leads / BODIES / YEARS * 100 <= 2


@pytest.mark.parametrize("detector", sorted(set(DETECTORS) - {"sites_apart"}))
def test_no_detector_says_more_than_chance(by_detector, detector):
    p = np.array(by_detector[detector])

    assert np.all((p >= 0) & (p <= 1))
    assert np.sum(p <= NOMINAL) <= stats.binom.ppf(0.999, p.size, TOLERATED)


def test_bodies_of_one_site_have_nothing_to_be_apart(by_detector):
    assert by_detector["sites_apart"] == []


@pytest.mark.parametrize("detector", UNIFORM)
def test_p_values_of_scores_are_spread_evenly(by_detector, detector):
    p = np.array(by_detector[detector])

    assert p.size >= 0.7 * BODIES
    assert stats.kstest(p, "uniform").pvalue > 0.001
