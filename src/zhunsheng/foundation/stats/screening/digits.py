"""Digits of results against those of peers. Weak alone: digits accuse nobody."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Counts = NDArray[np.int64]
DIGITS = 10


class Fit(NamedTuple):
    """How counts fit expected shares: the statistic, its nominal p-value, and the mean absolute deviation of shares."""

    statistic: float
    p: float
    mad: float


def benford_expected() -> NDArray[np.float64]:
    """Return the shares of first digits 1 to 9 by Benford's law; only for data over three decades or more."""
    return np.log10(1 + 1 / np.arange(1, DIGITS))


def first_digits(values: ArrayLike) -> Counts:
    """Return how often each first digit 1 to 9 leads; zeros and what isn't finite are left out. Shape (9,)."""
    x = np.abs(np.asarray(values, dtype=np.float64))
    x = x[np.isfinite(x) & (x > 0)]
    power = np.floor(np.log10(x))
    lead = np.floor(x / 10.0**power + 1e-9).astype(np.int64)
    return np.bincount(np.clip(lead, 1, DIGITS - 1), minlength=DIGITS)[1:]


def last_digits(values: ArrayLike, decimals: ArrayLike) -> Counts:
    """Return how often each last digit as written ends a value; shape (10,).

    Args:
        values, decimals: shape (n,); a value and the number of digits after its point, as written.
    """
    x, places = np.asarray(values, dtype=np.float64), np.asarray(decimals, dtype=np.float64)
    whole = np.rint(np.abs(x) * 10.0**places)
    known = np.isfinite(whole) & (whole < 2**53)
    return np.bincount((whole[known] % DIGITS).astype(np.int64), minlength=DIGITS)


def goodness(counts: ArrayLike, shares: ArrayLike | None = None) -> Fit:
    """Return the chi-squared fit of counts to shares (equal ones where not given). Raises: ValueError."""
    seen = np.asarray(counts, dtype=np.float64)
    wanted = np.full(seen.shape, 1 / seen.size) if shares is None else np.asarray(shares, dtype=np.float64)
    total = float(seen.sum())
    if wanted.shape != seen.shape or total <= 0:
        raise ValueError("counts and shares must be of one length, and something must be counted")
    wanted = wanted / wanted.sum()
    chi2 = float(np.sum((seen - total * wanted) ** 2 / (total * wanted)))
    mad = float(np.mean(np.abs(seen / total - wanted)))
    return Fit(chi2, float(stats.chi2.sf(chi2, seen.size - 1)), mad)


def peer_digit_test(own: ArrayLike, peers: ArrayLike) -> Fit:
    """Return the G-test of one body's digit counts against its peers' (the body's own left out), not against uniform.

    Digits that neither has are left out; `mad` compares shares. Raises: ValueError.
    """
    ours, theirs = np.asarray(own, dtype=np.float64), np.asarray(peers, dtype=np.float64)
    if ours.shape != theirs.shape or ours.sum() <= 0 or theirs.sum() <= 0:
        raise ValueError("both must have counted something, over the same digits")
    table = np.vstack([ours, theirs])
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2:
        return Fit(0.0, 1.0, 0.0)
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        g = 2 * float(np.sum(np.where(table > 0, table * np.log(table / expected), 0.0)))
    shares = table / table.sum(axis=1, keepdims=True)
    return Fit(g, float(stats.chi2.sf(g, table.shape[1] - 1)), float(np.mean(np.abs(shares[0] - shares[1]))))
