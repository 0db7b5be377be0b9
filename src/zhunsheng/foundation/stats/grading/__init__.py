"""Grades of bodies of very different size: shrunken rates, distributions of points, classes that don't flutter."""

from zhunsheng.foundation.stats.grading.classes import at_most, capped, expectation, settle, total
from zhunsheng.foundation.stats.grading.rates import Prior, fit_beta, fit_gamma, points_by_rate, points_by_share

__all__ = [
    "Prior",
    "at_most",
    "capped",
    "expectation",
    "fit_beta",
    "fit_gamma",
    "points_by_rate",
    "points_by_share",
    "settle",
    "total",
]
