"""From statistics to p-values that hold: against genuine peers, never against a formula alone."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
MAD_TO_SD = 1.4826


def robust_location_scale(x: ArrayLike) -> tuple[float, float]:
    """Return median and scaled median absolute deviation (falls back on the quartiles, then on the deviation).

    Raises: ValueError if nothing is finite.
    """
    values = np.asarray(x, dtype=np.float64)
    values = values[np.isfinite(values)]
    if not values.size:
        raise ValueError("no finite value")
    middle = float(np.median(values))
    scale = MAD_TO_SD * float(np.median(np.abs(values - middle)))
    if scale == 0:
        low, high = np.quantile(values, [0.25, 0.75])
        scale = float(high - low) / 1.349
    if scale == 0:
        scale = float(values.std())
    return middle, scale


def empirical_p(statistic: ArrayLike, reference: ArrayLike) -> Floats:
    """Return the share of reference statistics at or above each one, (count + 1)/(n + 1): never 0.

    Args:
        statistic: shape (k,); large is suspicious. reference: shape (n,), from genuine peers.
    """
    s = np.asarray(statistic, dtype=np.float64)
    ref = np.sort(np.asarray(reference, dtype=np.float64))
    above = ref.size - np.searchsorted(ref, s, side="left")
    return np.asarray((above + 1) / (ref.size + 1), dtype=np.float64)


def upper_tail(
    statistic: ArrayLike, *, inflation: float = 1.0, freedom: float = np.inf, least_scale: float = 0.0
) -> Floats:
    """Return upper-tail p-values of statistics by the centre of their own distribution (empirical null, Efron 2004).

    The bulk gives median and scale; a body far above it is told apart without knowing who is honest. Few bodies move
    neither. `inflation` >= 1 widens the scale further; `freedom` are the degrees of freedom of a Student tail, for
    statistics whose honest tails are heavier than the normal one. `least_scale` holds where the centre is narrower.
    """
    s = np.asarray(statistic, dtype=np.float64)
    middle, scale = robust_location_scale(s)
    scale = max(scale, least_scale)
    if scale == 0:
        return np.where(s > middle, 0.5, 1.0)
    return np.asarray(stats.t.sf((s - middle) / (scale * inflation), freedom), dtype=np.float64)
