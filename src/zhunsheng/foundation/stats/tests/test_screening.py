"""Screening statistics against published worked answers and R's."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.stats import screening

GOLDEN = Path(__file__).parents[6] / "shared" / "golden" / "screening"
pytestmark = pytest.mark.skipif(not GOLDEN.is_dir(), reason="the golden values lie beside the checkout")


def golden(name):
    return json.loads((GOLDEN / name).read_text()) if GOLDEN.is_dir() else []


COMBINED = golden("p_combination_fdr.json")


@pytest.mark.parametrize("case", [one for one in COMBINED if "fisher" in one], ids=lambda one: one["name"])
def test_combined_p_values_equal_those_of_metap(case):
    assert screening.fisher_combination(case["p"]) == pytest.approx(case["fisher"]["p"], rel=1e-9)
    assert screening.stouffer_combination(case["p"]) == pytest.approx(case["stouffer"]["p"], rel=1e-9)
    assert screening.harmonic_mean_raw(case["p"]) == pytest.approx(case["harmonic_mean_p_raw"], rel=1e-9)
    assert screening.cauchy_combination(case["p"]) == pytest.approx(case["cauchy_combination"], rel=1e-9)


@pytest.mark.parametrize("case", COMBINED, ids=lambda one: one["name"])
def test_adjusted_p_values_equal_those_of_r(case):
    assert screening.benjamini_hochberg(case["p"]) == pytest.approx(case["BH"], abs=1e-9)
    if "BY" in case:
        assert screening.benjamini_yekutieli(case["p"]) == pytest.approx(case["BY"], abs=1e-9)


def test_the_published_example_rejects_four():
    case = next(one for one in COMBINED if one["name"] == "BH1995")

    assert int(np.sum(screening.benjamini_hochberg(case["p"]) <= 0.05)) == case["n_reject_q05"]


def test_funnel_with_overdispersion():
    case = golden("funnel_overdispersion.json")
    found = screening.funnel(case["numerator"], case["denominator"], case["target"])

    assert found.z == pytest.approx(case["z"], abs=1e-9)
    assert found.phi == pytest.approx(case["phi"], abs=1e-9)
    assert found.tau2 == pytest.approx(case["tau2"], abs=1e-9)
    assert found.multiplicative == pytest.approx(case["z_multiplicative"], abs=1e-9)
    assert found.additive == pytest.approx(case["z_additive"], abs=1e-9)


def test_first_and_last_digits_of_real_populations():
    case = golden("digits.json")
    lead = screening.first_digits(case["benford"]["x"])
    fit = screening.goodness(lead, screening.benford_expected())
    last = screening.last_digits(case["benford"]["x"], np.zeros(case["benford"]["n"]))

    assert lead.tolist() == case["benford"]["first_digit"]
    assert fit.statistic == pytest.approx(case["benford"]["chi2"], rel=1e-9)
    assert fit.p == pytest.approx(case["benford"]["p"], rel=1e-9)
    assert fit.mad == pytest.approx(case["benford"]["MAD"], rel=1e-9)
    assert last.tolist() == case["terminal"]["digits"]
    assert screening.goodness(last).p == pytest.approx(case["terminal"]["p"], rel=1e-9)


def test_brown_forsythe_equals_r():
    case = golden("variance_homogeneity.json")
    groups = [[y for y, g in zip(case["y"], case["g"], strict=True) if g == name] for name in sorted(set(case["g"]))]

    statistic, p = screening.brown_forsythe(groups)

    assert statistic == pytest.approx(case["brown_forsythe"]["F"], rel=1e-9)
    assert p == pytest.approx(case["brown_forsythe"]["p"], rel=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.randoms())
def test_the_cauchy_combination_knows_no_order_and_stays_a_probability(p, random):
    mixed = random.sample(p, len(p))

    found = screening.cauchy_combination(p)

    assert 0 <= found <= 1
    assert screening.cauchy_combination(mixed) == pytest.approx(found, rel=1e-6, abs=1e-12)


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=200))
def test_an_empirical_p_value_is_never_zero_and_falls_as_the_statistic_grows(reference):
    grid = np.linspace(-1e6, 1e6, 11)

    found = screening.empirical_p(grid, reference)

    assert np.all(found > 0)
    assert np.all(np.diff(found) <= 0)


def test_half_the_spread_over_forty_degrees_of_freedom_is_told_apart():
    few = screening.low_variance_p([0.25], [10], [1.0], [5000])
    many = screening.low_variance_p([0.25], [40], [1.0], [5000])

    assert few[0] > 1e-4 > many[0]


def test_digits_of_a_body_like_its_peers_are_quiet():
    peers = np.array([900, 1100, 1000, 980, 1020, 1500, 1000, 1000, 950, 1050])

    assert screening.peer_digit_test(peers // 10, peers).p > 0.9
    assert screening.peer_digit_test([200, 80, 70, 60, 70, 210, 60, 70, 60, 70], peers).p < 1e-6


def test_equal_results_must_carry_more_information_than_the_pairs_explain():
    bits = screening.collision_bits([0.5, 0.25]).sum()

    assert bits == pytest.approx(3)
    assert screening.needed_bits(1024) == pytest.approx(30)
    assert screening.expected_coincidences(1024, 30) == pytest.approx(2.0**-20)
