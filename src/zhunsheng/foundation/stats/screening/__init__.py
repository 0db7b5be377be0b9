"""Statistics of screening: p-values combined and held against many bodies, funnels, digits, spread, surprise.

They rank what people should look at; none of them is a finding. Every nominal p-value is calibrated on genuine peers
before it is used.
"""

from zhunsheng.foundation.stats.screening.calibration import (
    empirical_p,
    robust_location_scale,
    upper_tail,
)
from zhunsheng.foundation.stats.screening.counts import excess_count_p
from zhunsheng.foundation.stats.screening.digits import (
    benford_expected,
    first_digits,
    goodness,
    last_digits,
    peer_digit_test,
)
from zhunsheng.foundation.stats.screening.funnel import Funnel, funnel
from zhunsheng.foundation.stats.screening.pvalues import (
    benjamini_hochberg,
    benjamini_yekutieli,
    cauchy_combination,
    fisher_combination,
    harmonic_mean_raw,
    stouffer_combination,
)
from zhunsheng.foundation.stats.screening.shifts import (
    Shift,
    ewma,
    ewma_deviation,
    moving_range_deviation,
    shared_rise,
    without_step,
)
from zhunsheng.foundation.stats.screening.spread import brown_forsythe, low_variance_p
from zhunsheng.foundation.stats.screening.surprise import (
    collision_bits,
    expected_coincidences,
    needed_bits,
)

__all__ = [
    "Funnel",
    "Shift",
    "benford_expected",
    "benjamini_hochberg",
    "benjamini_yekutieli",
    "brown_forsythe",
    "cauchy_combination",
    "collision_bits",
    "empirical_p",
    "ewma",
    "ewma_deviation",
    "excess_count_p",
    "expected_coincidences",
    "first_digits",
    "fisher_combination",
    "funnel",
    "goodness",
    "harmonic_mean_raw",
    "last_digits",
    "low_variance_p",
    "moving_range_deviation",
    "needed_bits",
    "peer_digit_test",
    "robust_location_scale",
    "shared_rise",
    "stouffer_combination",
    "upper_tail",
    "without_step",
]
