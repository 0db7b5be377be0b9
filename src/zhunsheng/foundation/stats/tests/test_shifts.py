"""Control charts and changes of level against published worked answers, and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.stats import screening

# Montgomery, Introduction to Statistical Quality Control, tables 9.1, 9.2 and 9.10: target 10, deviation 1.
PUBLISHED = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62,
    10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
]  # fmt: skip


def test_ewma_of_the_published_example():
    found = screening.ewma(PUBLISHED, 0.1, 10.0)

    assert found[:6] == pytest.approx([9.945, 9.7495, 9.70355, 9.8992, 10.1253, 10.1307], abs=5e-5)
    assert found[-1] == pytest.approx(10.6341, abs=5e-5)
    assert screening.ewma_deviation(2, 0.1) == pytest.approx([0.1, np.sqrt(0.1 / 1.9 * (1 - 0.9**4))])


def test_an_average_needs_a_weight():
    with pytest.raises(ValueError, match="weight"):
        screening.ewma([1.0], 0.0)


def test_a_jump_is_taken_off_where_it_explains_most():
    left = screening.without_step([1.0, 3.0, 2.0, 12.0, 10.0, 11.0], np.ones(6), 2)

    assert left == pytest.approx([-1, 1, 0, 1, -1, 0])


@given(st.lists(st.floats(-50, 50), min_size=4, max_size=30))
def test_taking_a_jump_off_never_leaves_more_than_taking_the_mean_off(values):
    left = screening.without_step(values, np.ones(len(values)), 1)

    assert np.sum(left**2) <= np.sum((np.array(values) - np.mean(values)) ** 2) + 1e-6
    assert np.sum(left) == pytest.approx(0, abs=1e-6)


def test_the_deviation_from_neighbours_hardly_sees_a_drift():
    noise = np.random.default_rng(1).normal(size=4000)

    assert screening.moving_range_deviation(noise) == pytest.approx(1, abs=0.05)
    assert screening.moving_range_deviation(noise + np.linspace(0, 100, 4000)) == pytest.approx(1, abs=0.05)
    assert screening.moving_range_deviation([3.0]) == 0.0


def test_a_rise_that_two_series_share_is_found_at_its_month():
    found = screening.shared_rise([[2, 2, 2, 8, 8, 8], [1, 1, 1, 5, 5, 5]], np.full((2, 6), 10), 2)

    assert found.place == 3
    # by hand: 24 after of 30 beside 6 of 30, and 15 beside 3; n = 15 each, both series weigh the same
    one = np.arcsin(np.sqrt(24.375 / 30.75)) - np.arcsin(np.sqrt(6.375 / 30.75))
    two = np.arcsin(np.sqrt(15.375 / 30.75)) - np.arcsin(np.sqrt(3.375 / 30.75))
    assert found.size == pytest.approx((one + two) * 60 / np.sqrt(120))


@pytest.mark.parametrize(
    ("count", "total"), [([[8, 8, 8, 2, 2, 2]], [[10] * 6]), ([[1, 1]], [[9, 9]]), ([[0, 0, 0, 0]], [[0, 0, 0, 0]])]
)
def test_a_fall_a_short_series_and_nothing_at_all_are_no_rise(count, total):
    assert screening.shared_rise(count, total, 2) == (0.0, -1)


def test_rises_of_constant_shares_are_of_the_size_that_chance_makes():
    random = np.random.default_rng(2)
    sizes = [screening.shared_rise(random.binomial(40, 0.3, (1, 24)), np.full((1, 24), 40), 3).size for _ in range(400)]

    assert 0.8 < np.median(sizes) < 2.0
    assert np.mean(np.array(sizes) > 3.5) < 0.02
