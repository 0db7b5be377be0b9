"""Too little spread: the best single signal of made-up measurements, once it is calibrated on peers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]


def low_variance_p(variance: ArrayLike, df: ArrayLike, peer_variance: ArrayLike, peer_df: ArrayLike) -> Floats:
    """Return the lower-tail p-values of variances against peers' (F distribution); small where spread is too little.

    Args:
        variance, peer_variance: > 0, same unit squared. df, peer_df: degrees of freedom, > 0. All of one shape.
    Raises: ValueError.
    """
    v, n = np.asarray(variance, dtype=np.float64), np.asarray(df, dtype=np.float64)
    pv, pn = np.asarray(peer_variance, dtype=np.float64), np.asarray(peer_df, dtype=np.float64)
    if not bool(np.all((v >= 0) & (n > 0) & (pv > 0) & (pn > 0))):
        raise ValueError("variances and degrees of freedom must be positive")
    return np.asarray(stats.f.cdf(v / pv, n, pn), dtype=np.float64)


def brown_forsythe(groups: Sequence[ArrayLike]) -> tuple[float, float]:
    """Return F and p of the Brown–Forsythe test that groups have one spread (deviations from medians)."""
    found = stats.levene(*(np.asarray(one, dtype=np.float64) for one in groups), center="median")
    return float(found.statistic), float(found.pvalue)
