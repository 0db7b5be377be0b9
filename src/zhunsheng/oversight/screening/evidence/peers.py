"""Where a body stands among its peers, as a distribution that anybody can read."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

from zhunsheng.oversight.screening.detectors.base import Signal

RATE, RATIO, SCORE = "rate", "ratio", "score"
BINS: Final = 12


def standing(signal: Signal, scale: str) -> float:
    """Return a signal on an axis on which bodies of any size compare: per 100 looked at, to peers, or as it is."""
    if scale == RATE:
        return 100.0 * signal.statistic / signal.n if signal.n else 0.0
    if scale == RATIO:
        return signal.statistic / max(signal.expected, 0.5)
    return signal.statistic


def speaks_low(signal: Signal, scale: str) -> bool:
    """Tell whether a sign is that the body shows less of something than expected, such as failing results."""
    return scale in (RATE, RATIO) and signal.statistic < signal.expected


def distribution(own: float, peers: Iterable[float], *, low_side: bool = False) -> dict[str, Any]:
    """Return a histogram of the peers with the place of one body in it.

    The bins span peers and body alike, so that the body is in one of them. `as_far_out` counts the peers that lie at
    the body's place or beyond it: above, or below where little is what tells.
    """
    values = [value for value in peers if math.isfinite(value)]
    low, high = min([own, *values]), max([own, *values])
    if high <= low:
        high = low + 1.0
    width = (high - low) / BINS
    edges = [round(low + width * n, 6) for n in range(BINS + 1)]
    counts = [0] * BINS
    for value in values:
        counts[_bin(value, low, width)] += 1
    return {
        "edges": edges,
        "counts": counts,
        "own": round(own, 6),
        "own_bin": _bin(own, low, width),
        "peers": len(values),
        "as_far_out": sum(value <= own if low_side else value >= own for value in values),
    }


def _bin(value: float, low: float, width: float) -> int:
    return min(BINS - 1, max(0, int((value - low) / width)))


def shares(counts: Sequence[int]) -> list[float]:
    """Return counts as percentages to one decimal; zeros of nothing."""
    total = sum(counts)
    return [round(100.0 * one / total, 1) if total else 0.0 for one in counts]
