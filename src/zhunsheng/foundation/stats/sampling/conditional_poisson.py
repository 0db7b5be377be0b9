"""Conditional Poisson samples: the greatest entropy among the designs with these inclusion probabilities."""

from collections.abc import Iterator, Sequence

from zhunsheng.foundation.stats.sampling.counts import tables, without_each
from zhunsheng.foundation.stats.sampling.inclusion import NotSampleable, split

_CLOSE = 1e-13
_MOST_ROUNDS = 500


def working_odds(pi: Sequence[float], n: int) -> list[float]:
    """Return working probabilities p whose Poisson sample, given n successes, includes each unit with its pi.

    Args:
        pi: 0 < pi < 1 for every unit, adding up to n.
        n: sample size.
    Raises: NotSampleable when the search does not settle.
    Source: Chen, Dempster & Liu (1994), Biometrika 81: each unit's odds become those of pi times P(n) / P(n - 1) of
    the others, until every inclusion probability is within 1e-13.
    """
    working = list(pi)
    if n in (0, len(working)):
        return working
    for _ in range(_MOST_ROUNDS):
        off, new = 0.0, []
        for k, (others, _f) in enumerate(without_each(working, n)):
            odds = working[k] / (1.0 - working[k])
            ratio = float(others[n - 1]) / float(others[n])
            reached = odds * ratio / (1.0 + odds * ratio)
            off = max(off, abs(reached - pi[k]))
            wanted = pi[k] / (1.0 - pi[k]) / ratio
            new.append(wanted / (1.0 + wanted))
        if off <= _CLOSE:
            return working
        working = new
    raise NotSampleable("No working probabilities are found for this design.", remedy="Use Sampford's sample.")


def conditional_poisson(pi: Sequence[float], uniforms: Iterator[float]) -> list[int]:
    """Return the places of the drawn units, ascending; one uniform for every unit with 0 < pi < 1, in order.

    Raises: NotSampleable.
    Source: Chen, Dempster & Liu (1994), procedure 3.
    """
    drawn, chance, n = split(pi)
    working = working_odds([pi[k] for k in chance], n)
    rows = tables(working, n)
    left = n
    for place, k in enumerate(chance):
        u = next(uniforms)
        if left == 0:
            continue
        if left < len(chance) - place:
            taken = working[place] * float(rows[place + 1][0][left - 1])
            if not u < taken / float(rows[place][0][left]):
                continue
        drawn.append(k)
        left -= 1
    return sorted(drawn)
