"""Rates with few cases, pulled to what is usual among bodies of their kind."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Knots = tuple[tuple[float, int], ...]
WEAKEST: Final = 2.0
STRONGEST: Final = 10.0
"""Bounds of a fitted prior's weight, in observations: a body with ten outcomes speaks as loudly as its field."""
LEAST_RATE: Final = 0.005


class Prior(NamedTuple):
    """What is usual: Beta(a, b) of a share, or Gamma(shape a, rate b) of a number per unit of exposure."""

    a: float
    b: float

    @property
    def share(self) -> float:
        """Return the mean of the Beta distribution."""
        return self.a / (self.a + self.b)


@lru_cache(maxsize=20_000)
def points_by_share(prior: Prior, bad: int, outcomes: int, knots: Knots) -> tuple[float, ...]:
    """Return the posterior distribution of the points that a share of bad outcomes costs.

    Args:
        bad, outcomes: 0 <= bad <= outcomes.
        knots: (share, tenths of a point), both rising from (0, 0): points are linear between them, level after.
    Returns: probabilities of 0, 1, 2 … tenths of a point; they sum to 1.
    Raises: ValueError.
    Source: beta-binomial model; Spiegelhalter, Abrams & Myles 2004, Bayesian Approaches to Clinical Trials, 3.6.
    """
    if not 0 <= bad <= outcomes:
        raise ValueError("bad outcomes must be among the outcomes")
    from scipy.special import betainc  # here, because it takes long to import

    at = np.minimum(_where(knots), 1.0)
    return _masses(np.asarray(betainc(prior.a + bad, prior.b + outcomes - bad, at)))


@lru_cache(maxsize=20_000)
def points_by_rate(prior: Prior, cases: int, exposure: float, knots: Knots) -> tuple[float, ...]:
    """Return the posterior distribution of the points that a number of cases per unit of exposure costs.

    Args:
        cases, exposure: not negative; the exposure in the unit of the prior, such as years.
        knots: as for a share, over cases per unit.
    Raises: ValueError.
    Source: gamma-Poisson model; Gelman et al. 2013, Bayesian Data Analysis, 2.6.
    """
    if cases < 0 or exposure < 0:
        raise ValueError("cases and exposure can't be negative")
    from scipy.special import gammainc  # here, because it takes long to import

    return _masses(np.asarray(gammainc(prior.a + cases, (prior.b + exposure) * _where(knots))))


def fit_beta(bad: ArrayLike, outcomes: ArrayLike) -> Prior:
    """Return the Beta distribution of the shares of many bodies, by moments; bodies without outcomes say nothing.

    Args:
        bad, outcomes: shape (bodies,).
    Raises: ValueError without any outcome.
    Source: Kleinman 1973, JASA 68, 46 (moment estimates with weights n).
    """
    k, n = _counts(bad, outcomes)
    mean = min(max(float(k.sum() / n.sum()), LEAST_RATE), 1 - LEAST_RATE)
    spread = float((n * (k / n - mean) ** 2).sum())
    room = float(n.sum() - (n**2).sum() / n.sum())
    inside = mean * (1 - mean)
    share = (spread - inside * (n.size - 1)) / (inside * (room - (n.size - 1))) if room > n.size - 1 else 0.0
    weight = min(max(1 / share - 1, WEAKEST), STRONGEST) if share > 0 else STRONGEST
    return Prior(round(mean * weight, 4), round((1 - mean) * weight, 4))


def fit_gamma(cases: ArrayLike, exposure: ArrayLike) -> Prior:
    """Return the Gamma distribution of the rates of many bodies, by moments; bodies without exposure say nothing.

    Args:
        cases, exposure: shape (bodies,).
    Raises: ValueError without any exposure.
    """
    k, e = _counts(cases, exposure)
    mean = max(float(k.sum() / e.sum()), LEAST_RATE)
    spread = float((e * (k / e - mean) ** 2).sum()) - (k.size - 1) * mean
    room = float(e.sum() - (e**2).sum() / e.sum())
    between = spread / room if room > 0 else 0.0
    weight = min(max(mean / between, WEAKEST), STRONGEST) if between > 0 else STRONGEST
    return Prior(round(mean * weight, 4), round(weight, 4))


def _counts(cases: ArrayLike, of: ArrayLike) -> tuple[Floats, Floats]:
    k, n = np.asarray(cases, dtype=np.float64), np.asarray(of, dtype=np.float64)
    if k.shape != n.shape or k.ndim != 1 or bool((k < 0).any()) or bool((n < 0).any()):
        raise ValueError("counts must be rows of one length, none negative")
    if not bool((n > 0).any()):
        raise ValueError("nothing was observed")
    return k[n > 0], n[n > 0]


@lru_cache(maxsize=100)
def _where(knots: Knots) -> Floats:
    """Return the rates at which the points pass from one tenth to the next."""
    rates, points = zip(*knots, strict=True)
    if not (_rising(rates) and _rising(points)) or any(knots[0]):
        raise ValueError("knots must rise from (0, 0)")
    return np.asarray(np.interp(np.arange(points[-1]) + 0.5, points, rates), dtype=np.float64)


def _rising(values: Sequence[float]) -> bool:
    return all(one < other for one, other in pairwise(values))


def _masses(cumulative: Floats) -> tuple[float, ...]:
    return tuple(np.diff(np.concatenate(([0.0], cumulative, [1.0]))).tolist())
