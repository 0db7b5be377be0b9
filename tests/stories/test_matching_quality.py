"""Matching is as good as docs/matching.md says, on made-up names on which no weight was fitted."""

from benchmarks.made_names import make_set
from benchmarks.made_noises import NOISES
from benchmarks.matching import measure

from zhunsheng.registry.matching.rules.weighing import weights

FEWER = {"organisations": 5_000, "mentions": 2_500}


def test_development_and_test_names_share_no_trade_name():
    dev, test = (make_set(part, seed=1, **FEWER) for part in ("dev", "test"))

    shared = {one.core for one in dev.register if one.core} & {one.core for one in test.register if one.core}
    assert {core for core in shared if not core.startswith("第")} == set()
    assert {noise for one in test.mentions for noise in one.noise} >= set(NOISES)


def test_precision_and_recall_hold_their_lower_bounds_on_names_never_seen():
    figures = measure(make_set("test", seed=11, **FEWER), weights())
    rates = figures.as_dict()

    assert figures.known > 1_500
    assert rates["recall_blocking"] >= 0.99
    assert rates["recall_suggested"] >= 0.94
    assert rates["precision_suggested"] >= 0.85
    assert rates["precision_likely"] >= 0.985
    assert rates["recall_likely"] >= 0.75
    assert sum(seen["likely_wrong"] for name, seen in figures.by_noise.items() if name in ("branch", "numbered")) == 0
