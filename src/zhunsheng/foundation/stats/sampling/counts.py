"""How likely independent trials give m successes: the tables behind conditional Poisson and Sampford samples.

`P[k][m]` is the probability that the units from k on give m successes; `F[k][m]` is the same, each outcome weighted by
the sum of 1 - p over its successes. All terms are positive and at most N, so nothing cancels or overflows.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float64]


def nothing(n: int) -> tuple[Row, Row]:
    """Return P and F of no unit at all, for m = 0 … n."""
    p = np.zeros(n + 1)
    p[0] = 1.0
    return p, np.zeros(n + 1)


def with_unit(rows: tuple[Row, Row], pi: float) -> tuple[Row, Row]:
    """Return P and F with one unit more."""
    p, f = rows
    new_p, new_f = (1.0 - pi) * p, (1.0 - pi) * f
    new_p[1:] += pi * p[:-1]
    new_f[1:] += pi * (f[:-1] + (1.0 - pi) * p[:-1])
    return new_p, new_f


def tables(pi: Sequence[float], n: int) -> list[tuple[Row, Row]]:
    """Return P and F of the units from k on, for k = 0 … N."""
    rows = [nothing(n)]
    for one in reversed(pi):
        rows.append(with_unit(rows[-1], one))
    return rows[::-1]


def without_each(pi: Sequence[float], n: int) -> Iterator[tuple[Row, Row]]:
    """Yield P and F of all units but k, for every k in order, by halving: N log N steps of n + 1 operations."""
    if not pi:
        return

    def below(low: int, high: int, rows: tuple[Row, Row]) -> Iterator[tuple[Row, Row]]:
        if high - low == 1:
            yield rows
            return
        middle = (low + high) // 2
        for start, end, other in ((low, middle, range(middle, high)), (middle, high, range(low, middle))):
            mine = rows
            for k in other:
                mine = with_unit(mine, pi[k])
            yield from below(start, end, mine)

    yield from below(0, len(pi), nothing(n))
