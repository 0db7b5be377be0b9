"""The random pivotal method: units meet in random order, two at a time; fast for large strata."""

from collections.abc import Iterator, Sequence

from zhunsheng.foundation.stats.sampling.inclusion import split


def random_pivotal(pi: Sequence[float], uniforms: Iterator[float]) -> list[int]:
    """Return the places of the drawn units, ascending.

    Takes one uniform for every unit with 0 < pi < 1 (they meet in the order of these), then one for every meeting.
    Joint probabilities are not known in closed form: estimate variances by Brewer's approximation.
    Raises: NotSampleable.
    Source: Deville & Tille (1998), Biometrika 85.
    """
    drawn, chance, _n = split(pi)
    keys = [(next(uniforms), k) for k in chance]
    order = [k for _u, k in sorted(keys)]
    if not order:
        return sorted(drawn)
    holder, held = order[0], pi[order[0]]
    for k in order[1:]:
        if held >= 1.0:  # a meeting left the whole of it
            drawn.append(holder)
            holder, held = k, pi[k]
            next(uniforms)
            continue
        u, both = next(uniforms), held + pi[k]
        if both < 1.0:
            holder = holder if u < held / both else k
            held = both
        else:
            first = u < (1.0 - pi[k]) / (2.0 - both)
            drawn.append(holder if first else k)
            holder, held = (k if first else holder), both - 1.0
    if held > 0.5:  # all that is left is 0 or 1 but for rounding
        drawn.append(holder)
    return sorted(drawn)
