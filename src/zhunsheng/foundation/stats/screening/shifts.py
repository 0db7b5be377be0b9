"""Series by month: when a share rose, whether a level drifts slowly, what a single jump explains."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import lfilter

Floats = NDArray[np.float64]
MEDIAN_RANGE: Final = 0.9539
"""The median absolute difference of two standard normal values."""


class Shift(NamedTuple):
    """The largest rise and the place of the first value after it; -1 where nothing rises."""

    size: float
    place: int


def ewma(x: ArrayLike, weight: float, start: float = 0.0) -> Floats:
    """Return the exponentially weighted moving average. Raises: ValueError.

    Args:
        x: shape (…, n). weight: of the newest value, above 0 and at most 1. start: the average before the first value.
    Source: Roberts 1959, Technometrics 1, 239.
    """
    if not 0 < weight <= 1:
        raise ValueError("the weight of the newest value lies above 0 and is at most 1")
    values = np.asarray(x, dtype=np.float64)
    before = np.full((*values.shape[:-1], 1), (1 - weight) * start)
    return np.asarray(lfilter([weight], [1, weight - 1], values, zi=before)[0])


def ewma_deviation(length: int, weight: float) -> Floats:
    """Return the standard deviations of an EWMA of independent standard values after 1, 2 … of them."""
    after = np.arange(1, length + 1)
    return np.asarray(np.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * after))))


def moving_range_deviation(x: ArrayLike) -> Floats:
    """Return standard deviations from the differences of neighbours, which drift and single jumps hardly move.

    Args:
        x: shape (…, n). Returns: shape (…,); 0 where n is 1.
    """
    values = np.asarray(x, dtype=np.float64)
    if values.shape[-1] < 2:
        return np.zeros(values.shape[:-1])
    return np.asarray(np.median(np.abs(np.diff(values)), axis=-1) / MEDIAN_RANGE)


def without_step(x: ArrayLike, weights: ArrayLike, fewest: int) -> Floats:
    """Return the values less the two levels before and after the one jump that explains most of their squares.

    Args:
        x, weights: shape (…, n). fewest: how many values stand on each side at least.
    """
    values, w = np.asarray(x, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    places = np.arange(fewest, values.shape[-1] - fewest + 1)
    if not len(places):
        return np.asarray(values - np.average(values, axis=-1, weights=w, keepdims=True))
    sums, totals = np.cumsum(values * w, axis=-1), np.cumsum(w, axis=-1)
    all_sums, all_totals = sums[..., -1:], totals[..., -1:]
    before, n_before = sums[..., places - 1], totals[..., places - 1]
    after, n_after = all_sums - before, all_totals - n_before
    best = np.argmax((before**2 / n_before + after**2 / n_after).round(12), axis=-1)[..., None]
    low, high = (np.take_along_axis(one, best, -1) for one in (before / n_before, after / n_after))
    levels = np.where(np.arange(values.shape[-1]) < places[best], low, high)
    return np.asarray(values - levels)


def shared_rise(count: ArrayLike, total: ArrayLike, fewest: int, least: float = 1.0) -> Shift:
    """Return the largest rise of several shares at one moment: their differences after and before it, together.

    Each share's difference stands on the arcsine scale, weighed by how well it is known.

    Args:
        count, total: shape (series, months); 0 <= count <= total. fewest: months on each side at least.
        least: how many a series has on each side at least, to have a say.
    """
    k, n = np.asarray(count, dtype=np.float64), np.asarray(total, dtype=np.float64)
    places = np.arange(fewest, n.shape[1] - fewest + 1)
    if not len(places):
        return Shift(0.0, -1)
    k_before, n_before = k.cumsum(axis=1)[:, places - 1], n.cumsum(axis=1)[:, places - 1]
    k_after, n_after = k.sum(axis=1, keepdims=True) - k_before, n.sum(axis=1, keepdims=True) - n_before
    told = (n_before >= least) & (n_after >= least)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.arcsin(np.sqrt((k_after + 0.375) / (n_after + 0.75)))
        apart = apart - np.arcsin(np.sqrt((k_before + 0.375) / (n_before + 0.75)))
        information = np.where(told, 4 * n_before * n_after / (n_before + n_after), 0.0)
    known = information.sum(axis=0)
    weighed = np.sum(np.where(told, apart, 0) * information, axis=0)
    z = np.where(known > 0, weighed / np.sqrt(np.maximum(known, 1e-12)), 0.0)
    best = int(np.argmax(z.round(9)))
    return Shift(float(z[best]), int(places[best])) if z[best] > 0 else Shift(0.0, -1)
