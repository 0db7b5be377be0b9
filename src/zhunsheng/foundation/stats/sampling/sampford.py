"""Sampford's sample: exact inclusion probabilities, joint ones in closed form, one uniform a unit."""

from collections.abc import Iterator, Sequence

from zhunsheng.foundation.stats.sampling.counts import tables
from zhunsheng.foundation.stats.sampling.inclusion import split


def sampford(pi: Sequence[float], uniforms: Iterator[float]) -> list[int]:
    """Return the places of the drawn units, ascending.

    The design p(s) ~ product of the odds of s times the sum of 1 - pi over s is drawn unit by unit in the order given,
    each with its probability given those before it; nothing is drawn and thrown away. Takes one uniform for every
    unit with 0 < pi < 1. Work and memory: units times sample size.
    Raises: NotSampleable.
    Source: Sampford (1967), Biometrika 54.
    """
    drawn, chance, n = split(pi)
    rows = tables([pi[k] for k in chance], n)
    left, slack = n, 0.0
    for place, k in enumerate(chance):
        u, one = next(uniforms), pi[k]
        if left == 0:
            continue
        if left < len(chance) - place:
            (p, f), (p_after, f_after) = rows[place], rows[place + 1]
            taken = one * ((slack + (1.0 - one)) * float(p_after[left - 1]) + float(f_after[left - 1]))
            if not u < taken / (slack * float(p[left]) + float(f[left])):
                continue
        drawn.append(k)
        left, slack = left - 1, slack + (1.0 - one)
    return sorted(drawn)
