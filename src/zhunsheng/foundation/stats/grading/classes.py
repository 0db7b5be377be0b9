"""From distributions of points lost to a class that changes only when the evidence is strong."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Masses = NDArray[np.float64]


def capped(parts: Iterable[Sequence[float]], fixed: int, cap: int) -> Masses:
    """Return the distribution of min(cap, fixed + the sum of independent parts), in tenths of a point.

    Args:
        parts: each the probabilities of 0, 1, 2 … tenths.
        fixed, cap: tenths, not negative.
    Raises: ValueError.
    """
    if fixed < 0 or cap < 0:
        raise ValueError("points lost can't be negative")
    summed = total(np.asarray(one, dtype=np.float64) for one in parts)
    masses = np.zeros(cap + 1)
    room = max(0, cap - fixed)
    start = min(fixed, cap)
    inside = summed[:room]
    masses[start : start + inside.size] = inside
    masses[cap] += summed[room:].sum()
    return masses


def total(parts: Iterable[Masses]) -> Masses:
    """Return the distribution of a sum of independent parts; of no parts, nought for certain."""
    summed = np.ones(1)
    for one in parts:
        summed = np.convolve(summed, one)
    return summed


def expectation(masses: Masses) -> float:
    """Return the mean."""
    return float(np.arange(masses.size) @ masses)


def at_most(masses: Masses, limit: int) -> float:
    """Return the probability of at most so many tenths."""
    return float(min(1.0, masses[: limit + 1].sum())) if limit >= 0 else 0.0


def settle(previous: int, chances: Sequence[float], needed: float) -> int:
    """Return the class, which leaves the previous one only with enough probability.

    Args:
        previous: 0 is the lowest class.
        chances: probability of belonging at least to class 1, 2 …, falling.
        needed: the probability that a change needs, above 0.5.
    Raises: ValueError.
    """
    if not 0.5 < needed <= 1 or any(one < other - 1e-9 for one, other in pairwise(chances)):
        raise ValueError("the probability needed must be above a half, and the chances fall")
    proven = sum(one >= needed for one in chances)
    not_refuted = sum(one > 1 - needed + 1e-9 for one in chances)
    return min(max(previous, proven), not_refuted)
