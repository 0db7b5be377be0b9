"""A hundred thousand seeds: every body is drawn as often as its published probability says."""

import math
import random

import pytest

from zhunsheng.foundation.draws import samples
from zhunsheng.foundation.draws.seeds import Uniforms
from zhunsheng.foundation.stats.sampling import inclusion_probabilities

DRAWS = 100_000
pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200)]


@pytest.mark.parametrize("method", ["sampford", "random_pivotal"])
def test_a_hundred_thousand_seeds_keep_to_the_probabilities(method: str) -> None:
    chance = random.Random(20261127)
    sizes = [chance.choice(["3", "5", "20", "100"]) for _ in range(40)]
    rows = [{"id": f"B{k:02d}", "size": size, "stratum": ""} for k, size in enumerate(sizes)]
    pi = inclusion_probabilities([float(one) for one in sizes], 12, floor=0.02)
    counts = dict.fromkeys((row["id"] for row in rows), 0)
    for seed in range(DRAWS):
        parameters = {"method": method, "n": {"": 12}, "floor": "0.02"}
        for one in samples.draw(rows, parameters, Uniforms(f"{seed:064x}"))["selected"]:
            counts[one] += 1

    for row, one in zip(rows, pi, strict=True):
        within = 4.5 * math.sqrt(DRAWS * one * (1 - one)) + 1e-9
        assert abs(counts[row["id"]] - DRAWS * one) <= within
