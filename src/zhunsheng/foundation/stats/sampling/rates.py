"""The share of a population that has something, from unequal probabilities; right at zero and at rare counts."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scipy.stats import beta

from zhunsheng.foundation.stats.sampling.estimates import Matrix, brewer_variance, hajek_mean, yates_grundy_variance

CONFIDENCE: Final = 0.95
RULE_OF_THREE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was found in one stratum: y (0 or 1) and pi of the units seen, joint probabilities where they are known."""

    y: Sequence[float]
    pi: Sequence[float]
    joint: Matrix | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """An estimated share with its interval, the units seen and found, and how many independent ones they are worth."""

    value: float
    low: float
    high: float
    seen: int
    found: int
    effective: float
    method: str


def rate(strata: Mapping[str, Drawn]) -> Rate | None:
    """Return the share of all units, None when nothing was seen.

    The value is Hájek's mean over all strata. Its interval is Clopper and Pearson's on the effective number of units:
    the smaller one of Kish's and of that which the design's variance gives (Yates and Grundy where joint probabilities
    are known, else Brewer). With none found the upper end is 3 / effective. Where everybody was taken, it is exact.
    Raises: ValueError for y that is neither 0 nor 1, or pi outside (0, 1].
    Source: Korn & Graubard (1998), Survey Methodology 24; Hanley & Lippman-Hand (1983), JAMA 249.
    """
    y = [one for drawn in strata.values() for one in drawn.y]
    pi = [one for drawn in strata.values() for one in drawn.pi]
    if not y:
        return None
    if any(one not in {0.0, 1.0} for one in y) or not all(0.0 < one <= 1.0 for one in pi):
        raise ValueError("y is 0 or 1, and pi lies above 0 and at most at 1")
    value, found = hajek_mean(y, pi), int(sum(y))
    if all(one == 1.0 for one in pi):
        return Rate(value, value, value, len(y), found, float(len(y)), "census")
    effective, method = _effective(strata, value, pi)
    if not found:
        return Rate(0.0, 0.0, min(RULE_OF_THREE / effective, 1.0), len(y), 0, effective, "rule-of-three")
    low, high = clopper_pearson(value * effective, effective)
    return Rate(value, low, high, len(y), found, effective, method)


def clopper_pearson(found: float, units: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the interval of a share; both numbers may be fractions, 0 <= found <= units."""
    tail = (1.0 - confidence) / 2
    low = float(beta.ppf(tail, found, units - found + 1)) if found > 0 else 0.0
    high = float(beta.ppf(1.0 - tail, found + 1, units - found)) if found < units else 1.0
    return low, high


def _effective(strata: Mapping[str, Drawn], value: float, pi: Sequence[float]) -> tuple[float, str]:
    weights = [1.0 / one for one in pi]
    kish = sum(weights) ** 2 / sum(one * one for one in weights)
    variance, exact = _variance(strata, value, sum(weights))
    name = "clopper-pearson/yates-grundy" if exact else "clopper-pearson/brewer"
    if not math.isfinite(variance) or variance <= 0.0 or not 0.0 < value < 1.0:
        return kish, "clopper-pearson/kish"
    return max(min(kish, value * (1.0 - value) / variance), 1.0), name


def _variance(strata: Mapping[str, Drawn], value: float, units: float) -> tuple[float, bool]:
    """Return the variance of Hájek's mean, linearised, and whether joint probabilities were known everywhere."""
    total, exact = 0.0, True
    for drawn in strata.values():
        left = [(one - value) / units for one in drawn.y]
        if all(one == 1.0 for one in drawn.pi):
            continue
        if drawn.joint is not None and len(left) >= 2:
            total += yates_grundy_variance(left, drawn.pi, drawn.joint)
        elif len(left) >= 2:
            total, exact = total + brewer_variance(left, drawn.pi), False
        else:
            return math.nan, False
    return total, exact
