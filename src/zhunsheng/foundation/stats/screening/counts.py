"""Counts of odd things against peers: how many were seen, how many peers of the same exposure would show."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
WINSORISED = 0.1
JEFFREYS = 0.5


def excess_count_p(count: ArrayLike, exposure: ArrayLike, *, share: float = WINSORISED) -> Floats:
    """Return upper-tail p-values of counts under a gamma–Poisson model fitted to the peers themselves.

    The highest rates are winsorised before rate and overdispersion are fitted, so that a few dishonest bodies don't
    set the norm. Where no peer shows anything, half an event over all exposure is assumed (Jeffreys).

    Args:
        count: shape (bodies,), >= 0. exposure: same shape, >= 0: reports, runs, or the number expected from peers.
        share: the share of highest rates pulled in.
    Returns: shape (bodies,); 1 where there is no exposure.
    Raises: ValueError.
    """
    x, e = np.asarray(count, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    if x.shape != e.shape or x.ndim != 1 or not bool(np.all((x >= 0) & (e >= 0))):
        raise ValueError("counts and exposures must be rows of one length, not negative")
    p = np.ones_like(x)
    seen = e > 0
    if not bool(seen.any()):
        return p
    x, e = x[seen], e[seen]
    rate = x / e
    usual = np.minimum(rate, np.quantile(rate, 1 - share)) * e
    mean = max(float(usual.sum() / e.sum()), JEFFREYS / float(e.sum()))
    expected = mean * e
    phi = float(np.sum((usual - expected) ** 2 - expected) / np.sum(expected**2))
    if phi > 0:
        size = 1 / phi
        p[seen] = stats.nbinom.sf(x - 1, size, size / (size + expected))
    else:
        p[seen] = stats.poisson.sf(x - 1, expected)
    return p
