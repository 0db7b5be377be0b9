"""Rates of bodies of very different size against a target, with the overdispersion that real rates have."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
WINSORISED: Final = 0.1
"""The share of z-scores pulled in at each end before the overdispersion is estimated (Spiegelhalter 2005)."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """z-scores of each unit: as they are, divided by sqrt(phi), and with tau² added to the variance.

    `z`, `multiplicative`, `additive`: shape (units,). `phi` below 1 is no overdispersion: then nothing is divided.
    """

    z: Floats
    phi: float
    tau2: float
    multiplicative: Floats
    additive: Floats


def funnel(numerator: ArrayLike, denominator: ArrayLike, target: float, *, share: float = WINSORISED) -> Funnel:
    """Return how far each unit's rate lies from the target, on the arcsine square-root scale.

    Args:
        numerator, denominator: shape (units,), counts with 0 <= numerator <= denominator, denominator > 0.
        target: the rate that is expected, between 0 and 1.
        share: winsorised at each end.
    Raises: ValueError.
    Source: Spiegelhalter 2005, Statistics in Medicine 24, 1185; Handling over-dispersion of performance indicators,
        Qual. Saf. Health Care 14, 347.
    """
    r, n = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    if r.shape != n.shape or r.ndim != 1 or not r.size:
        raise ValueError("numerator and denominator must be rows of one length")
    if not bool(np.all((n > 0) & (r >= 0) & (r <= n))) or not 0 <= target <= 1:
        raise ValueError("counts must be possible, and the target a rate")
    s = 1 / (2 * np.sqrt(n))
    away = np.arcsin(np.sqrt(r / n)) - np.arcsin(np.sqrt(target))
    z = away / s
    low, high = np.quantile(z, [share, 1 - share])
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    w = 1 / s**2
    count = z.size
    spread = w.sum() - (w**2).sum() / w.sum()
    tau2 = max(0.0, float((count * phi - (count - 1)) / spread)) if count > 1 else 0.0
    return Funnel(z, phi, tau2, z / np.sqrt(max(1.0, phi)), away / np.sqrt(s**2 + tau2))
