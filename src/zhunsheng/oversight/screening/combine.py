"""From many signals to one ranked list of bodies, with the false discoveries among them kept in bounds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from zhunsheng.foundation.stats.screening import benjamini_hochberg, cauchy_combination
from zhunsheng.oversight.screening.detectors.base import Settings, Signal

NOTHING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Lead:
    """One body: the combined p-value of its signals, its q-value among all bodies, its place, the signals by weight."""

    body: str
    p: float
    q: float
    rank: int
    signals: tuple[Signal, ...]


def leads(signals: Iterable[Signal], settings: Settings) -> list[Lead]:
    """Return every body from the most to the least odd. Those with q at or below `lead_q` are leads for people."""
    by_body: dict[str, list[Signal]] = defaultdict(list)
    for signal in signals:
        by_body[signal.body].append(signal)
    if not by_body:
        return []
    bodies = sorted(by_body)
    combined = np.array([_combined(by_body[body], settings) for body in bodies])
    q = benjamini_hochberg(combined)
    order = sorted(range(len(bodies)), key=lambda n: (float(f"{combined[n]:.12g}"), bodies[n]))
    return [
        Lead(bodies[n], float(combined[n]), float(q[n]), place, _by_weight(by_body[bodies[n]]))
        for place, n in enumerate(order, 1)
    ]


def _combined(signals: Sequence[Signal], settings: Settings) -> float:
    """Return the truncated Cauchy combination: a signal that shows nothing (p of one half or more) weighs nothing.

    Source: Fang, Chang, Park & Tseng 2023, Statistica Sinica 33 (truncation of p-values near one).
    """
    combined = cauchy_combination([min(max(signal.p, _floor(signal, settings)), NOTHING) for signal in signals])
    return float(f"{combined:.12g}")  # engines add in another order: the last digits are theirs


def _floor(signal: Signal, settings: Settings) -> float:
    return settings.values.get(f"floor_{signal.detector}", settings["clip_p"])


def _by_weight(signals: Sequence[Signal]) -> tuple[Signal, ...]:
    return tuple(sorted(signals, key=lambda signal: (float(f"{signal.p:.12g}"), signal.detector)))
