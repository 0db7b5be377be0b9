"""From counts and scores to signals: one a body, held against all bodies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from zhunsheng.foundation.stats.screening import excess_count_p, upper_tail
from zhunsheng.oversight.screening.detectors.base import MOST_REPORTS, Signal

Row = dict[str, Any]
MOST_SKEWED: Final = 4.0
WEIGHED_TAIL: Final = 20.0
"""The same of counts weighed group by group, whose tails are nearly normal."""

ANSCOMBE: Final = 0.375
FEWEST_BODIES: Final = 5
FEWEST_OF_PEERS: Final = 10
WINSORISED: Final = 0.1
HONEST_TAIL: Final = 8.0
"""Degrees of freedom of the tails that honest bodies' scores were seen to have at most."""


def signals_of_counts(
    name: str,
    count: Mapping[str, float],
    exposure: Mapping[str, float],
    named: Mapping[str, Iterable[str]] | None = None,
    facts: Mapping[str, dict[str, Any]] | None = None,
) -> list[Signal]:
    """Return one signal a body from counts of odd things and the exposure to them (how many there were to be odd)."""
    bodies = sorted(exposure)
    x = np.array([count.get(body, 0) for body in bodies], dtype=float)
    e = np.array([exposure[body] for body in bodies], dtype=float)
    p = excess_count_p(x, e)
    rate = float(np.sum(np.minimum(x, e)) / max(1.0, float(np.sum(e))))
    return [
        Signal(
            name, body, float(p[place]), float(x[place]), rate * float(e[place]), int(e[place]),
            reports=_first((named or {}).get(body, ())), facts=(facts or {}).get(body, {}),
        )
        for place, body in enumerate(bodies)
    ]  # fmt: skip


def against_peers(name: str, rows: Sequence[Row], keys: Sequence[str], odd: str, all_of: str) -> list[Signal]:
    """Return a signal a body: how many odd ones it has against what its peers' shares in each group would give."""
    sums: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        total = sums[tuple(row[key] for key in keys)]
        total[0] += row[odd]
        total[1] += row[all_of]
    count: dict[str, float] = defaultdict(float)
    expected: dict[str, float] = defaultdict(float)
    for row in sorted(rows, key=lambda row: (row["body"], *(str(row[key]) for key in keys))):
        odd_all, all_all = sums[tuple(row[key] for key in keys)]
        peers = all_all - row[all_of]
        if peers >= row[all_of]:
            count[row["body"]] += int(row[odd])
            expected[row["body"]] += row[all_of] * (odd_all - row[odd] + 0.5) / (peers + 1.0)
    return signals_of_counts(name, count, expected)


def weighed_against_peers(
    name: str, rows: Sequence[Row], keys: Sequence[str], odd: str, all_of: str, *,
    freedom: float = WEIGHED_TAIL, least_between: float = 0.0, lone: bool = False,
) -> list[Signal]:  # fmt: skip
    """Return a signal a body, as `against_peers`, but with each group weighed by how alike honest bodies are in it.

    Counts are held against their expectation on the square root's scale, where chance alone has a variance of one.

    Args:
        freedom: of the Student tail. least_between: the least relative deviation by which honest bodies' rates differ.
        lone: hold a body that has more than all its peers together against them, too, for as much as they tell.
    """
    by_group: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row["body"])):
        by_group[tuple(row[key] for key in keys)].append(row)
    sums: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(4))
    for key in sorted(by_group, key=str):
        members = by_group[key]
        seen = np.array([row[odd] for row in members], dtype=float)
        of = np.array([row[all_of] for row in members], dtype=float)
        others, peers = seen.sum() - seen, of.sum() - of
        expected = of * (others + 0.5) / (peers + 1)
        apart = 2 * (np.sqrt(seen + ANSCOMBE) - np.sqrt(expected + ANSCOMBE))
        unsure = of / np.maximum(peers, 1.0) if lone else 0.0
        variance = 1 + unsure + expected * max(_between(apart, expected), least_between**2)
        weight = np.where(peers >= (FEWEST_OF_PEERS if lone else of), np.sqrt(expected) / variance, 0.0)
        for row, *found in zip(members, weight * apart, weight**2 * variance, seen, expected, strict=True):
            sums[row["body"]] += np.array(found)
    bodies = sorted(body for body, one in sums.items() if one[1] > 0)
    if not bodies:
        return []
    table = np.array([sums[body] for body in bodies])
    p = upper_tail(table[:, 0] / np.sqrt(table[:, 1]), freedom=freedom, least_scale=1.0)
    return [
        Signal(name, body, float(p[n]), float(table[n, 2]), float(table[n, 3]), int(table[n, 3]))
        for n, body in enumerate(bodies)
    ]


def _between(apart: np.ndarray, expected: np.ndarray) -> float:
    """Return how much honest bodies' rates differ beyond chance, without the most different ones."""
    told = expected >= 1
    if told.sum() < FEWEST_BODIES:
        return 0.0
    square = apart[told] ** 2
    usual = np.minimum(square, np.quantile(square, 1 - WINSORISED))
    return max(0.0, float(np.sum(usual - 1) / np.sum(expected[told])))


def signals_of_scores(
    name: str, scores: Mapping[str, Sequence[float]], facts: Mapping[str, dict[str, Any]] | None = None
) -> list[Signal]:
    """Return a signal a body from many scores: their sum over sqrt(n), held against that of all bodies."""
    bodies = sorted(body for body, found in scores.items() if len(found))
    if not bodies:
        return []
    total = np.array(
        [np.clip(scores[body], -MOST_SKEWED, MOST_SKEWED).sum() / np.sqrt(len(scores[body])) for body in bodies]
    )
    return signals_of_totals(name, bodies, total, [len(scores[body]) for body in bodies], facts)


def signals_of_totals(
    name: str,
    bodies: Sequence[str],
    total: np.ndarray,
    looked_at: Sequence[int],
    facts: Mapping[str, dict[str, Any]] | None = None,
) -> list[Signal]:
    """Return a signal a body from one number each: its place in the distribution of all bodies' numbers."""
    p = upper_tail(total, freedom=HONEST_TAIL)
    middle = float(np.median(total))
    return [
        Signal(name, body, float(p[n]), float(total[n]), middle, looked_at[n], facts=(facts or {}).get(body, {}))
        for n, body in enumerate(bodies)
    ]


def _first(reports: Iterable[str]) -> tuple[str, ...]:
    return tuple(list(dict.fromkeys(reports))[:MOST_REPORTS])
