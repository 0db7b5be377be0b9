"""Shrunken rates and classes: worked examples, limits, and that more trouble never helps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from zhunsheng.foundation.stats.grading import (
    Prior,
    at_most,
    capped,
    expectation,
    fit_beta,
    fit_gamma,
    points_by_rate,
    points_by_share,
    settle,
    total,
)

KNOTS = ((0.0, 0), (0.2, 40), (0.5, 100), (1.0, 120))
PRIOR = Prior(1.0, 9.0)


def test_the_points_follow_the_posterior_beta_distribution():
    masses = points_by_share(PRIOR, 3, 10, KNOTS)

    assert sum(masses) == pytest.approx(1)
    posterior = stats.beta(1 + 3, 9 + 7)
    assert sum(masses[:41]) == pytest.approx(posterior.cdf(0.2 + 0.3 / 60 * 0.5), abs=1e-9)
    wanted = posterior.expect(lambda rate: np.interp(rate, [0, 0.2, 0.5, 1], [0, 40, 100, 120]))
    assert expectation(np.array(masses)) == pytest.approx(wanted, abs=0.05)


def test_the_points_of_a_rate_follow_the_posterior_gamma_distribution():
    masses = points_by_rate(Prior(2.0, 20.0), 4, 3.0, ((0.0, 0), (1.0, 60)))

    posterior = stats.gamma(2 + 4, scale=1 / 23)
    wanted = posterior.expect(lambda rate: min(60.0, 60 * rate))
    assert expectation(np.array(masses)) == pytest.approx(wanted, abs=0.05)


def test_a_small_body_is_pulled_to_its_kind_and_a_large_one_speaks_for_itself():
    def cost(bad, outcomes):
        return expectation(np.array(points_by_share(PRIOR, bad, outcomes, KNOTS)))

    usual = cost(0, 0)
    assert abs(cost(1, 2) - usual) < abs(cost(100, 200) - usual)


@given(bad=st.integers(0, 30), good=st.integers(0, 30))
def test_one_more_bad_outcome_never_costs_less_and_a_good_one_never_more(bad, good):
    def cost(b, g):
        return expectation(np.array(points_by_share(PRIOR, b, b + g, KNOTS)))

    assert cost(bad + 1, good) >= cost(bad, good) - 1e-9
    assert cost(bad, good + 1) <= cost(bad, good) + 1e-9


def test_priors_fitted_to_simulated_bodies_find_the_truth():
    rng = np.random.default_rng(5)
    n = rng.integers(3, 30, 4000)
    k = rng.binomial(n, rng.beta(0.8, 7.2, 4000))
    fitted = fit_beta(k, n)
    assert fitted.share == pytest.approx(0.1, abs=0.005)
    assert fitted.a + fitted.b == pytest.approx(8, rel=0.2)

    years = rng.uniform(1, 6, 4000)
    cases = rng.poisson(years * rng.gamma(1.8, 1 / 6, 4000))
    gamma = fit_gamma(cases, years)
    assert gamma.a / gamma.b == pytest.approx(0.3, abs=0.02)
    assert gamma.b == pytest.approx(6, rel=0.25)


def test_bodies_that_do_not_differ_weigh_ten_observations_at_most_so_that_each_one_s_own_record_counts():
    rng = np.random.default_rng(6)
    n = rng.integers(3, 30, 2000)

    fitted = fit_beta(rng.binomial(n, 0.2), n)

    assert fitted.a + fitted.b == pytest.approx(10)


@pytest.mark.parametrize("given_counts", [([0], [0]), ([], []), ([1], [1, 2]), ([-1], [2])])
def test_counts_that_say_nothing_or_cannot_be_are_refused(given_counts):
    for fit in (fit_beta, fit_gamma):
        with pytest.raises(ValueError, match=r"observed|counts"):
            fit(*given_counts)


def test_a_dimension_never_costs_more_than_its_weight():
    masses = capped([points_by_share(PRIOR, 9, 10, KNOTS)], 60, 100)

    assert masses.size == 101
    assert masses.sum() == pytest.approx(1)
    assert masses[:60].sum() == 0
    assert at_most(masses, 100) == pytest.approx(1)
    assert capped([], 500, 100)[100] == pytest.approx(1)
    assert at_most(total([np.array([0.5, 0.5]), np.array([0.5, 0.5])]), 1) == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("previous", "chances", "wanted"),
    [
        (1, (0.99, 0.85), 2),
        (1, (0.99, 0.79), 1),
        (2, (0.99, 0.21), 2),
        (2, (0.99, 0.2), 1),
        (2, (0.15, 0.01), 0),
        (0, (0.79, 0.3), 0),
        (0, (0.8, 0.3), 1),
    ],
)
def test_a_class_changes_only_with_four_fifths_of_the_probability(previous, chances, wanted):
    assert settle(previous, chances, 0.8) == wanted
