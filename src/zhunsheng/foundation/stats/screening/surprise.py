"""How surprising it is that two reports carry the same results: by information, not by count of equal cells."""

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
MARGIN_BITS: Final = 20.0
"""Bits beyond those that the number of compared pairs explains (methods reference, 2.1)."""


def collision_bits(probability: ArrayLike) -> Floats:
    """Return -log2 of the probability that two peers' cells are equal: 0 for a cell that is always the same.

    Args:
        probability: any shape, 0 < p <= 1: the sum of squared shares of the cell's values among peers.
    """
    p = np.asarray(probability, dtype=np.float64)
    if not bool(np.all((p > 0) & (p <= 1))):
        raise ValueError("a collision probability lies above 0 and up to 1")
    return -np.log2(p)


def needed_bits(pairs: float, margin: float = MARGIN_BITS) -> float:
    """Return the information that equal results must carry to be a lead among so many compared pairs."""
    if pairs < 1:
        raise ValueError("at least one pair is compared")
    return math.log2(pairs) + margin


def expected_coincidences(pairs: float, bits: float) -> float:
    """Return how many pairs would agree by chance on cells that carry so many bits."""
    return float(pairs * 2.0**-bits)
