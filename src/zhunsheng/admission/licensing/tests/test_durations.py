"""How long steps took: share in time, median and the slow end."""

import pytest

from zhunsheng.admission.licensing.rules.durations import Took, durations, quantile


def test_quantiles_are_those_of_r():
    """R 4: quantile(1:10, c(0.5, 0.9)) gives 5.5 and 9.1 (type 7, its default)."""
    ten = list(range(1, 11))

    assert quantile(ten, 0.5) == 5.5
    assert quantile(ten, 0.9) == pytest.approx(9.1)
    with pytest.raises(ValueError, match="number"):
        quantile([], 0.5)


def test_each_route_and_step_is_told_on_its_own():
    took = [Took("general", "T1", used, 5, met=used <= 5) for used in (1, 2, 6)] + [
        Took("remote", "T1", 3, 5, met=True)
    ]

    general, remote = durations(took)

    assert (general.count, general.in_time, general.median, general.longest) == (3, 2, 2, 6)
    assert (general.slow, round(general.share, 3)) == (5.2, 0.667)
    assert (remote.route, remote.share) == ("remote", 1)
