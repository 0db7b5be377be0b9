"""Shares with intervals: tabled values of Clopper and Pearson, none found, everybody taken, coverage in many draws."""

import random

import pytest

from zhunsheng.foundation.draws.seeds import Uniforms
from zhunsheng.foundation.stats.sampling import inclusion_probabilities, sampford, sampford_joint
from zhunsheng.foundation.stats.sampling.rates import Drawn, clopper_pearson, rate


@pytest.mark.parametrize(
    ("found", "units", "low", "high"),
    [
        (0, 10, 0.0, 0.3085), (1, 10, 0.0025, 0.4450), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0),
        (3, 20, 0.0321, 0.3789),
    ],
)  # fmt: skip
def test_exact_intervals_are_the_tabled_ones(found, units, low, high):
    """Binomial tables, for instance R's binom.test."""
    assert clopper_pearson(found, units) == pytest.approx((low, high), abs=5e-5)


def test_with_equal_chances_the_interval_is_that_of_counting():
    found = rate({"": Drawn([1.0, *[0.0] * 9], [0.05] * 10)})

    assert found is not None
    assert found.value == pytest.approx(0.1)
    assert (found.seen, found.found) == (10, 1)
    assert found.effective == pytest.approx(10, rel=0.06)
    assert (found.low, found.high) == pytest.approx((0.0025, 0.4450), abs=0.03)


def test_with_none_found_the_upper_end_is_three_over_the_effective_number():
    found = rate({"": Drawn([0.0] * 30, [0.1] * 30)})

    assert found is not None
    assert (found.value, found.low, found.method) == (0.0, 0.0, "rule-of-three")
    assert found.high == pytest.approx(0.1)


def test_where_everybody_is_taken_the_share_is_exact():
    found = rate({"": Drawn([1.0, 0.0, 0.0, 1.0], [1.0] * 4)})

    assert found is not None
    assert (found.low, found.value, found.high, found.method) == (0.5, 0.5, 0.5, "census")


def test_unequal_weights_are_worth_fewer_units():
    found = rate({"a": Drawn([0.0] * 10, [0.5] * 10), "b": Drawn([0.0] * 2, [0.02] * 2)})

    assert found is not None
    assert found.effective == pytest.approx(120**2 / (10 * 4 + 2 * 2500))


def test_nothing_seen_is_no_share_and_other_values_are_refused():
    assert rate({}) is None
    with pytest.raises(ValueError, match="y is 0 or 1"):
        rate({"": Drawn([0.5], [0.5])})
    with pytest.raises(ValueError, match="y is 0 or 1"):
        rate({"": Drawn([1.0], [0.0])})


def test_in_repeated_draws_the_interval_holds_the_truth_as_often_as_it_says():
    """A population of 60, eight of whom violate, and those more likely drawn: 400 draws of twelve."""
    chance = random.Random(7)
    sizes = [chance.choice([3.0, 5.0, 20.0]) for _ in range(60)]
    truth = {k for k in range(60) if chance.random() < (0.3 if sizes[k] == 20.0 else 0.1)}
    pi = inclusion_probabilities(sizes, 12, floor=0.05)
    joint = sampford_joint(pi)
    held, values = 0, []
    for seed in range(400):
        drawn = sampford(pi, Uniforms(f"{seed:064x}"))
        some = Drawn(
            [float(k in truth) for k in drawn], [pi[k] for k in drawn], [[joint[i][j] for j in drawn] for i in drawn]
        )
        found = rate({"": some})
        assert found is not None
        held += found.low <= len(truth) / 60 <= found.high
        values.append(found.value)

    assert held / 400 > 0.93
    assert sum(values) / 400 == pytest.approx(len(truth) / 60, abs=0.02)
