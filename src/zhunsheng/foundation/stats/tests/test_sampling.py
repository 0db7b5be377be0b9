"""Samples with unequal probabilities, against recomputed values of R `sampling`, `survey` and exact enumeration."""

import itertools
import json
import math
import random
from pathlib import Path

import pytest

from zhunsheng.foundation.stats import sampling
from zhunsheng.foundation.stats.sampling import NotSampleable

GOLDEN = Path(__file__).parents[6] / "shared" / "golden" / "sampling"
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not GOLDEN.is_dir(), reason="the golden values lie beside the checkout"),
]


def golden(name):
    return json.loads((GOLDEN / name).read_text()) if GOLDEN.is_dir() else []


POPULATIONS = golden("inclusion_probabilities.json")
WITH_JOINTS = [one for one in POPULATIONS if "joint" in one]


class Fork(float):
    """A uniform that goes both ways: records the probability of each comparison and which way was told."""

    def __lt__(self, probability):
        return self.walk.turn(float(probability))


class Walk:
    """One path through a sampler's comparisons; the next path differs in the last turn that can still differ."""

    def __init__(self, told):
        self.told, self.turns = told, []

    def uniforms(self):
        while True:
            fork = Fork(0.5)
            fork.walk = self
            yield fork

    def turn(self, probability):
        place = len(self.turns)
        yes = self.told[place] if place < len(self.told) else True
        self.turns.append((probability, yes))
        return yes

    @property
    def probability(self):
        return math.prod(p if yes else 1 - p for p, yes in self.turns)


def every_sample(sampler, pi, uniforms=lambda walk: walk.uniforms()):
    """Return {sample: probability} by walking every path of comparisons."""
    found: dict[tuple[int, ...], float] = {}
    told: list[bool] | None = []
    while told is not None:
        walk = Walk(told)
        sample = tuple(sampler(pi, uniforms(walk)))
        found[sample] = found.get(sample, 0.0) + walk.probability
        ways = [yes for _p, yes in walk.turns]
        while ways and not ways[-1]:
            ways.pop()
        told = [*ways[:-1], False] if ways else None
    return found


def inclusions(samples, units):
    single = [sum(p for s, p in samples.items() if k in s) for k in range(units)]
    pairs = [[sum(p for s, p in samples.items() if k in s and j in s) for j in range(units)] for k in range(units)]
    return single, pairs


@pytest.mark.parametrize("population", POPULATIONS, ids=lambda one: one["name"])
def test_inclusion_probabilities_are_those_of_r(population):
    pi = sampling.inclusion_probabilities(population["size"], population["n"])

    assert pi == pytest.approx(population["pik"], abs=1e-12)
    certain = [k + 1 for k, one in enumerate(pi) if one == 1.0]
    assert certain == population.get("certainty_units_1based", [])


@pytest.mark.parametrize("population", WITH_JOINTS, ids=lambda one: one["name"])
def test_joint_probabilities_are_those_of_exact_enumeration(population):
    pi = sampling.inclusion_probabilities(population["size"], population["n"])
    exact = population["joint_exact_enumeration"]

    for mine, theirs, within in (
        (sampling.sampford_joint(pi), exact["sampford"], 1e-12),
        (sampling.sampford_joint(pi), population["joint"]["sampford"], 1e-9),
        (sampling.conditional_poisson_joint(pi), exact["conditional_poisson"], 1e-10),
        (sampling.conditional_poisson_joint(pi), population["joint"]["maxentropy_conditional_poisson"], 1e-6),
    ):
        for row, expected in zip(mine, theirs, strict=True):
            assert row == pytest.approx(expected, abs=within)


@pytest.mark.parametrize("population", WITH_JOINTS, ids=lambda one: one["name"])
@pytest.mark.parametrize("name", ["sampford", "conditional_poisson"])
def test_every_path_of_a_draw_together_gives_the_exact_design(population, name):
    pi = sampling.inclusion_probabilities(population["size"], population["n"])

    samples = every_sample(getattr(sampling, name), pi)

    assert all(len(sample) == population["n"] for sample in samples)
    assert sum(samples.values()) == pytest.approx(1, abs=1e-12)
    single, pairs = inclusions(samples, len(pi))
    assert single == pytest.approx(population["pik"], abs=1e-11)
    for k, row in enumerate(population["joint_exact_enumeration"][name]):
        assert pairs[k] == pytest.approx(row, abs=1e-10)
    assert min(min(row) for row in pairs) > 0


def test_the_pivotal_method_includes_each_unit_with_its_probability_over_all_orders():
    pi = [0.2, 0.7, 0.5, 1.0, 0.4, 0.2]
    chance = [one for one in pi if one < 1]
    orders = list(itertools.permutations(range(len(chance))))
    single = [0.0] * len(pi)
    for order in orders:

        def uniforms(walk, order=order):
            return itertools.chain([place / 10 for place in order], walk.uniforms())

        samples = every_sample(sampling.random_pivotal, pi, uniforms)
        assert all(len(sample) == 3 and 3 in sample for sample in samples)
        single = [a + b / len(orders) for a, b in zip(single, inclusions(samples, len(pi))[0], strict=True)]

    assert single == pytest.approx(pi, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "draws"), [("sampford", 4000), ("conditional_poisson", 150), ("random_pivotal", 4000)]
)
def test_many_draws_keep_to_the_probabilities(name, draws):
    chance = random.Random(20261127)
    sizes = [chance.lognormvariate(0, 1) for _ in range(25)]
    pi = sampling.inclusion_probabilities(sizes, 8)
    uniforms = iter(chance.random, 2.0)
    counts = [0] * len(pi)
    for _ in range(draws):
        for k in getattr(sampling, name)(pi, uniforms):
            counts[k] += 1

    for one, count in zip(pi, counts, strict=True):
        assert abs(count - draws * one) <= 4.5 * math.sqrt(draws * one * (1 - one)) + 1e-9


@pytest.mark.parametrize("name", ["sampford", "random_pivotal"])
def test_a_large_stratum_is_drawn_whole_and_only_once(name):
    population = next(one for one in POPULATIONS if len(one["size"]) > 500)
    pi = sampling.inclusion_probabilities(population["size"], population["n"])

    drawn = getattr(sampling, name)(pi, iter(random.Random(1).random, 2.0))

    assert len(drawn) == len(set(drawn)) == population["n"]
    assert {k - 1 for k in population["certainty_units_1based"]} <= set(drawn)


def test_a_floor_leaves_no_unit_without_a_chance_and_keeps_the_sum():
    pi = sampling.inclusion_probabilities([1, 1, 1, 50, 60, 70, 900], 3, floor=0.05)

    assert pi[:3] == [0.05] * 3
    assert pi[6] == 1.0
    assert sum(pi) == pytest.approx(3, abs=1e-12)
    assert pi[4] / pi[3] == pytest.approx(60 / 50, abs=1e-12)


@pytest.mark.parametrize(
    ("sizes", "n", "floor"), [([1, 0], 1, 0), ([1, math.nan], 1, 0), ([1, 2], 3, 0), ([1, 2], -1, 0), ([1, 2], 1, 0.6)]
)
def test_what_no_sample_can_be_drawn_from_is_refused(sizes, n, floor):
    with pytest.raises(NotSampleable):
        sampling.inclusion_probabilities(sizes, n, floor=floor)


@pytest.mark.parametrize("pi", [[0.5, 0.6], [1.2, 0.8], [-0.1, 1.1]])
def test_probabilities_that_add_up_to_no_whole_number_are_refused(pi):
    with pytest.raises(NotSampleable):
        sampling.sampford(pi, iter([0.5] * 9))


@pytest.mark.parametrize("pi", [[], [0.0, 1.0], [1.0, 1.0]])
@pytest.mark.parametrize("name", ["sampford", "conditional_poisson", "random_pivotal"])
def test_where_nothing_is_left_to_chance_no_uniform_is_taken(pi, name):
    assert getattr(sampling, name)(pi, iter(())) == [k for k, one in enumerate(pi) if one == 1.0]


@pytest.mark.parametrize("case", golden("horvitz_thompson.json"), ids=lambda one: one["name"])
def test_estimates_are_those_of_r_survey(case):
    y, pi, joint = case["y"], case["pik"], case["joint"]

    assert sampling.horvitz_thompson_total(y, pi) == pytest.approx(case["ht_total"], abs=1e-8)
    assert sampling.horvitz_thompson_variance(y, pi, joint) == pytest.approx(case["var_HT"], abs=1e-8)
    assert sampling.yates_grundy_variance(y, pi, joint) == pytest.approx(case["var_YG"], abs=1e-8)
    assert sampling.brewer_variance(y, pi) == pytest.approx(case["survey_var_brewer"], abs=1e-8)
    assert sampling.hajek_mean(y, pi) == pytest.approx(case["hajek_mean"], abs=1e-8)
