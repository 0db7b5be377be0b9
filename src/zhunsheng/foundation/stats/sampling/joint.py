"""Joint inclusion probabilities, exactly: for designs of up to some hundreds of units."""

from collections.abc import Callable, Sequence

from zhunsheng.foundation.stats.sampling.conditional_poisson import working_odds
from zhunsheng.foundation.stats.sampling.counts import Row, tables, without_each
from zhunsheng.foundation.stats.sampling.inclusion import split

Pair = Callable[[int, int, tuple[Row, Row]], float]


def sampford_joint(pi: Sequence[float]) -> list[list[float]]:
    """Return the matrix of joint inclusion probabilities of Sampford's sample, pi itself on the diagonal.

    Raises: NotSampleable.
    """
    _certain, chance, n = split(pi)
    some = [pi[k] for k in chance]
    whole = float(tables(some, n)[0][1][n])

    def pair(i: int, j: int, rows: tuple[Row, Row]) -> float:
        slack = (1.0 - some[i]) + (1.0 - some[j])
        return some[i] * some[j] * (slack * float(rows[0][n - 2]) + float(rows[1][n - 2])) / whole

    return _matrix(pi, chance, some, n, pair)


def conditional_poisson_joint(pi: Sequence[float]) -> list[list[float]]:
    """Return the matrix of joint inclusion probabilities of the conditional Poisson sample, pi on the diagonal.

    Raises: NotSampleable.
    """
    _certain, chance, n = split(pi)
    working = working_odds([pi[k] for k in chance], n)
    whole = float(tables(working, n)[0][0][n])

    def pair(i: int, j: int, rows: tuple[Row, Row]) -> float:
        return working[i] * working[j] * float(rows[0][n - 2]) / whole

    return _matrix(pi, chance, working, n, pair)


def _matrix(pi: Sequence[float], chance: list[int], working: list[float], n: int, pair: Pair) -> list[list[float]]:
    """Fill the matrix: certain units are independent of all, the others pair by pair."""
    found = [[one * other for other in pi] for one in pi]
    for k, one in enumerate(pi):
        found[k][k] = one
    for i, k in enumerate(chance):
        others = [j for j in range(len(chance)) if j != i]
        rows = without_each([working[j] for j in others], n)
        for j, row in zip(others, rows, strict=True):
            found[k][chance[j]] = pair(i, j, row) if n >= 2 else 0.0
    return found
