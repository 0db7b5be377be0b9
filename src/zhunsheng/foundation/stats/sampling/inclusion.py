"""Inclusion probabilities from sizes, and what samplers ask of them."""

import math
from collections.abc import Sequence

from zhunsheng.foundation.errors import DomainError

INTEGRAL_WITHIN = 1e-7
"""How far the sum of inclusion probabilities may lie from a whole number: what is printed with ten digits still is."""


class NotSampleable(DomainError):
    """Sizes, sample size or probabilities from which no sample of fixed size can be drawn."""

    code = "not-sampleable"


def added(values: Sequence[float]) -> float:
    """Return the sum in the order given, each step rounded: `sum` compensates from Python 3.12 on."""
    total = 0.0
    for value in values:
        total = total + value
    return total


def inclusion_probabilities(sizes: Sequence[float], n: int, *, floor: float = 0.0) -> list[float]:
    """Return probabilities proportional to size that add up to n; those that would reach 1 are certain, repeated.

    Args:
        sizes: of every unit, finite, > 0, any unit of measure.
        n: units to draw, 0 <= n <= number of units.
        floor: least probability of any unit, so that estimates exist; 0 for none.
    Raises: NotSampleable.
    Source: Tille (2006), Sampling Algorithms, 2.10; the floor is applied as fixed probabilities, then the rest again.
    """
    _refuse_sizes(sizes, n, floor)
    floored: set[int] = set()
    while True:
        rest = [k for k in range(len(sizes)) if k not in floored]
        found = _take_all([sizes[k] for k in rest], n - floor * len(floored))
        low = {k for k, pi in zip(rest, found, strict=True) if pi < floor}
        if not low:
            by_unit = dict(zip(rest, found, strict=True))
            return [by_unit.get(k, floor) for k in range(len(sizes))]
        floored |= low


def _refuse_sizes(sizes: Sequence[float], n: int, floor: float) -> None:
    if not all(math.isfinite(size) and size > 0 for size in sizes):
        raise NotSampleable("Every size must be a number above zero.", field="sizes")
    if not 0 <= n <= len(sizes):
        raise NotSampleable(
            "%(n)s of %(units)s units can't be drawn.", params={"n": n, "units": len(sizes)}, field="n",
            remedy="Draw fewer, or enlarge the frame.",
        )  # fmt: skip
    if not (0 <= floor <= 1 and floor * len(sizes) <= n):
        raise NotSampleable(
            "A floor of %(floor)s for %(units)s units exceeds the sample of %(n)s.",
            params={"floor": floor, "units": len(sizes), "n": n}, field="floor", remedy="Lower the floor or draw more.",
        )  # fmt: skip


def _take_all(sizes: Sequence[float], n: float) -> list[float]:
    certain: set[int] = set()
    while True:
        total = added([size for k, size in enumerate(sizes) if k not in certain])
        left = n - len(certain)
        found = [1.0 if k in certain else left * size / total for k, size in enumerate(sizes)]
        more = {k for k, pi in enumerate(found) if pi >= 1.0} - certain
        if not more:
            return found
        certain |= more


def split(pi: Sequence[float]) -> tuple[list[int], list[int], int]:
    """Return the certain units, those left to chance in their order, and how many of these to draw.

    Raises: NotSampleable when a probability lies outside [0, 1] or they add up to no whole number.
    """
    if not all(0.0 <= one <= 1.0 for one in pi):
        raise NotSampleable("Inclusion probabilities lie between 0 and 1.", field="pi")
    certain = [k for k, one in enumerate(pi) if one == 1.0]
    chance = [k for k, one in enumerate(pi) if 0.0 < one < 1.0]
    total = added([pi[k] for k in chance])
    n = math.floor(total + 0.5)
    if abs(total - n) > INTEGRAL_WITHIN:
        raise NotSampleable(
            "The inclusion probabilities add up to %(total)s, not to a whole number.", params={"total": total},
            field="pi",
        )  # fmt: skip
    return certain, chance, n
