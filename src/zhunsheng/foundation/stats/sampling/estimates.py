"""Totals and means of a population from a sample with unequal probabilities, with their variances."""

from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]


def horvitz_thompson_total(y: Sequence[float], pi: Sequence[float]) -> float:
    """Return the unbiased total: the sum of y / pi over the sample."""
    return sum(one / p for one, p in zip(y, pi, strict=True))


def hajek_mean(y: Sequence[float], pi: Sequence[float]) -> float:
    """Return the mean by the estimated number of units: the sum of y / pi over that of 1 / pi.

    Raises: ValueError for an empty sample.
    """
    if not pi:
        raise ValueError("an empty sample has no mean")
    return horvitz_thompson_total(y, pi) / sum(1.0 / p for p in pi)


def horvitz_thompson_variance(y: Sequence[float], pi: Sequence[float], joint: Matrix) -> float:
    """Return the unbiased variance of the total in the form of Horvitz and Thompson; it can be negative.

    `joint` has the joint inclusion probabilities of the sampled units, all above 0, pi on the diagonal.
    """
    units = range(len(y))
    return sum((joint[i][j] - pi[i] * pi[j]) / joint[i][j] * y[i] / pi[i] * y[j] / pi[j] for i in units for j in units)


def yates_grundy_variance(y: Sequence[float], pi: Sequence[float], joint: Matrix) -> float:
    """Return the variance of the total in the form of Yates and Grundy (1953), for samples of fixed size.

    `joint` has the joint inclusion probabilities of the sampled units, all above 0, pi on the diagonal.
    """
    units = range(len(y))
    return sum(
        (pi[i] * pi[j] - joint[i][j]) / joint[i][j] * (y[i] / pi[i] - y[j] / pi[j]) ** 2
        for i in units
        for j in units
        if i < j
    )


def brewer_variance(y: Sequence[float], pi: Sequence[float]) -> float:
    """Return the variance of the total without joint probabilities.

    Raises: ValueError for fewer than two units.
    Source: Brewer (2002), Combined Survey Sampling Inference, 9.11 with c = n / (n - 1), as R survey has it.
    """
    n = len(y)
    if n < 2:
        raise ValueError("a variance needs two units")
    mean = horvitz_thompson_total(y, pi) / n
    return sum((1.0 - p) * n / (n - 1) * (one / p - mean) ** 2 for one, p in zip(y, pi, strict=True))
