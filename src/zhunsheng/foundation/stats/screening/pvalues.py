"""Combining p-values of one body's signals, and holding many bodies against each other."""

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
SMALLEST: Final = 1e-15
"""Smaller p-values count as this one in the Cauchy combination, whose weight they would take over by themselves."""


def _checked(p: ArrayLike) -> Floats:
    values = np.asarray(p, dtype=np.float64)
    if values.ndim != 1 or not values.size:
        raise ValueError("p-values must be a row of at least one")
    if not bool(np.all((values >= 0) & (values <= 1))):
        raise ValueError("a p-value lies between 0 and 1")
    return values


def cauchy_combination(p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return one p-value for dependent signals; it is exact in the tail whatever their dependence.

    Args:
        p: shape (signals,). weights: same shape, > 0; equal where not given.
    Raises: ValueError.
    Source: Liu & Xie 2020, J. Am. Stat. Assoc. 115, 393.
    """
    values = np.clip(_checked(p), SMALLEST, 1 - SMALLEST)
    w = np.ones_like(values) if weights is None else np.asarray(weights, dtype=np.float64)
    if w.shape != values.shape or not bool(np.all(w > 0)):
        raise ValueError("weights must be positive, one for each p-value")
    w = w / w.sum()
    small = values < 1e-8  # there tan(pi(0.5-p)) loses its digits, and equals 1/(pi p) to all of them
    terms = np.where(small, 1 / (values * math.pi), np.tan((0.5 - values) * math.pi))
    statistic = float(np.sum(w * terms))
    return float(stats.cauchy.sf(statistic))


def harmonic_mean_raw(p: ArrayLike) -> float:
    """Return the harmonic mean of p-values; not a p-value itself before Landau's correction (Wilson 2019)."""
    return float(stats.hmean(np.clip(_checked(p), SMALLEST, 1)))


def fisher_combination(p: ArrayLike) -> float:
    """Return Fisher's combined p-value, for independent signals alone."""
    return float(stats.combine_pvalues(_checked(p), method="fisher").pvalue)


def stouffer_combination(p: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return Stouffer's combined p-value, weighted where weights are given, for independent signals alone."""
    values = _checked(p)
    w = None if weights is None else np.asarray(weights, dtype=np.float64)
    return float(stats.combine_pvalues(values, method="stouffer", weights=w).pvalue)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Return adjusted p-values (q-values): those at or below q keep the false discovery rate at q.

    Source: Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57, 289.
    """
    return np.asarray(stats.false_discovery_control(_checked(p), method="bh"), dtype=np.float64)


def benjamini_yekutieli(p: ArrayLike) -> Floats:
    """Return adjusted p-values that hold under any dependence (Benjamini & Yekutieli 2001)."""
    return np.asarray(stats.false_discovery_control(_checked(p), method="by"), dtype=np.float64)
