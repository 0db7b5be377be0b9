"""Where a body shows less than its peers, those who show as little are the ones as far out."""

from zhunsheng.oversight.screening.detectors.base import Signal
from zhunsheng.oversight.screening.evidence.peers import RATIO, SCORE, distribution, speaks_low, standing

NO_FAILURES = Signal("few_failures", "lab", 0.002, 0.0, 17.5, 974)
MANY_COPIES = Signal("copies", "lab", 1e-9, 17.0, 0.37, 119)


def test_a_body_without_failing_results_is_beside_those_who_have_none_either():
    own = standing(NO_FAILURES, RATIO)

    found = distribution(own, [0.0, 0.9, 1.1, 2.0], low_side=speaks_low(NO_FAILURES, RATIO))

    assert found["as_far_out"] == 1


def test_more_than_expected_is_far_out_above_and_a_score_always_is():
    assert not speaks_low(MANY_COPIES, RATIO)
    assert not speaks_low(NO_FAILURES, SCORE)
