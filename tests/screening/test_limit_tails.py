"""Where hump and gap at limits are weighed together, the better of the two says no more than chance."""

import numpy as np
from scipy import stats

from zhunsheng.oversight.screening.detectors.limits import _Sums, _together

BODIES, EXPECTED = 40_000, 100.0


def told(names, z):
    """Return sums of bodies whose differences from what is expected lie so many standard deviations off."""
    sums = _Sums()
    for name, one in zip(names, z, strict=True):
        sums.add(name, EXPECTED + one * 10, EXPECTED, variance=100.0, weight=1.0)
    return sums


def test_the_better_of_two_is_no_oftener_rare_than_it_says():
    random = np.random.default_rng(20261128)
    names = [str(n) for n in range(BODIES)]

    p = _together(names, told(names, random.normal(size=BODIES)), told(names, random.normal(size=BODIES)))

    for nominal in (0.05, 0.01, 0.001):
        assert np.sum(p <= nominal) <= stats.binom.ppf(0.9999, BODIES, nominal)
        assert np.sum(p <= nominal) >= stats.binom.ppf(0.0001, BODIES, 0.6 * nominal)


def test_a_hump_with_its_gap_says_more_than_the_hump_alone():
    random = np.random.default_rng(20261129)
    names = [str(n) for n in range(1000)]
    hump, gap = random.normal(size=1000), random.normal(size=1000)
    hump[0], gap[0] = 6.0, 0.0
    alone = _together(names, told(names, hump), told(names, gap))[0]
    gap[0] = -6.0

    assert _together(names, told(names, hump), told(names, gap))[0] < alone / 1000
