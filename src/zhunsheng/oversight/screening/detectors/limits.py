"""Results at their limits: too many just inside, too few beyond, against peers with the same limit."""

from collections import defaultdict
from typing import Any, Final

import ibis
import numpy as np
from ibis import _
from scipy import stats

from zhunsheng.foundation.stats.screening import robust_location_scale, upper_tail
from zhunsheng.oversight.screening.detectors.base import GROUP, MOST_REPORTS, Signal
from zhunsheng.oversight.screening.detectors.counting import HONEST_TAIL
from zhunsheng.oversight.screening.detectors.side_by_side import TEST, Prepared

LIMIT: Final = (*TEST, "side", "bound")
Row = dict[str, Any]
LEAST_MISSING: Final = 2.0
FEWEST_AT_A_LIMIT: Final = 10
FEWEST_BODIES: Final = 5
WINSORISED: Final = 0.05
HALF: Final = 0.5
GAP_ADDS: Final = 1.5
MENTION: Final = 0.01
"""Reports are named of bodies whose sign is at least as rare as this."""


def limit_hugging(prepared: Prepared) -> list[Signal]:
    """Find a hump just inside the limits, beside what lies a little further in, and a gap beyond them.

    The hump makes the sign: a gap alone is what a client leaves that sends only what passed before. Where both are
    there, they are weighed together.
    """
    rings = _rings(prepared)
    counted = rings.group_by(["body", *LIMIT]).aggregate(
        inside=_.inside.sum(), further=_.further.sum(), beyond=_.beyond.sum()
    )
    rows = counted.to_pyarrow().to_pylist()
    hump, gap = _Sums(), _Sums()
    by_limit: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row["body"])):
        by_limit[tuple(row[key] for key in LIMIT)].append(row)
    for key in sorted(by_limit, key=str):
        _weigh(by_limit[key], hump, gap)
    bodies = sorted(body for body, variance in hump.variance.items() if variance > 0)
    if not bodies:
        return []
    p = _together(bodies, hump, gap)
    named = _inside_reports(rings, [body for body, one in zip(bodies, p, strict=True) if one <= MENTION])
    return [
        Signal(
            "limit_hugging", body, float(p[n]), hump.seen[body], hump.expected[body], int(hump.seen[body]),
            reports=tuple(named.get(body, ())),
            facts={"beyond": gap.seen[body], "beyond_expected": round(gap.expected[body], 3)},
        )
        for n, body in enumerate(bodies)
    ]  # fmt: skip


class _Sums:
    """Seen and expected by body, and the weighted sum of their differences with its variance."""

    def __init__(self) -> None:
        self.seen: dict[str, float] = defaultdict(float)
        self.expected: dict[str, float] = defaultdict(float)
        self.score: dict[str, float] = defaultdict(float)
        self.variance: dict[str, float] = defaultdict(float)

    def add(self, body: str, seen: float, expected: float, variance: float = 0.0, weight: float = 0.0) -> None:
        """Add what was seen in one test; the weight is what a difference in it is worth."""
        self.seen[body] += float(seen)
        self.expected[body] += float(expected)
        self.score[body] += weight * float(seen - expected)
        self.variance[body] += weight**2 * variance

    def z(self, bodies: list[str]) -> np.ndarray:
        """Return the weighted differences in their standard deviations; 0 where nothing has weight."""
        score = np.array([self.score[body] for body in bodies])
        variance = np.array([self.variance[body] for body in bodies])
        return np.asarray(np.where(variance > 0, score / np.sqrt(np.maximum(variance, 1e-12)), 0.0))


def _weigh(rows: list[Row], hump: _Sums, gap: _Sums) -> None:
    """Add one limit's counts to the bodies' sums.

    A limit at which honest bodies differ much among themselves has a great variance and weighs little; one at which
    many results are expected to fail weighs most, for there is most to move.
    """
    counts = np.array([[row["inside"], row["further"], row["beyond"]] for row in rows], dtype=float)
    others = counts.sum(axis=0) - counts
    hump_n, gap_n = counts[:, :2].sum(axis=1), counts.sum(axis=1)
    inside = (others[:, 0] + HALF) / (others[:, :2].sum(axis=1) + 1)
    beyond = (others[:, 2] + HALF) / (others.sum(axis=1) + 1)
    enough = (others.sum(axis=1) >= gap_n) & (gap_n > 0)
    hump_v = _variance(counts[:, 0], hump_n, inside, enough)
    gap_v = _variance(counts[:, 2], gap_n, beyond, enough)
    for n in np.flatnonzero(enough):
        body, missing = rows[n]["body"], gap_n[n] * beyond[n]
        hump.add(body, counts[n, 0], hump_n[n] * inside[n], hump_v[n], missing / hump_v[n])
        gap.add(body, counts[n, 2], missing, gap_v[n], missing / gap_v[n])


def _variance(seen: np.ndarray, of: np.ndarray, share: np.ndarray, enough: np.ndarray) -> np.ndarray:
    """Return the variance of counts: binomial, plus what bodies' own shares differ by beyond it, plus rounding."""
    by_chance = of * share * (1 - share)
    known = enough & (of >= FEWEST_AT_A_LIMIT)
    between = 0.0
    if known.sum() >= FEWEST_BODIES:
        apart = (seen[known] / of[known] - share[known]) ** 2
        between = max(0.0, float(np.mean(np.minimum(apart, np.quantile(apart, 1 - WINSORISED))))
                      - float(np.mean(by_chance[known] / of[known] ** 2)))  # fmt: skip
    return np.asarray(by_chance + between * of**2 + 0.25)


def _rings(prepared: Prepared) -> Any:
    """Return the cells at a limit: just inside it, a little further in, or beyond, on the grid of their steps."""
    cells, settings = prepared.own_rounding, prepared.settings
    upper = cells.filter(cells.limit_max.notnull() & (cells.limit_max > 0)).mutate(
        away=lambda t: ((t.limit_max - t.value) / t.step).round(), bound=lambda t: t.limit_max.round(9)
    )
    lower = cells.filter(cells.limit_min.notnull() & (cells.limit_min > 0)).mutate(
        away=lambda t: ((t.value - t.limit_min) / t.step).round(), bound=lambda t: t.limit_min.round(9)
    )
    columns = ["body", "report", *TEST, "away", "bound", "step"]
    both = ibis.union(
        upper.select(*columns, side=ibis.literal("max")), lower.select(*columns, side=ibis.literal("min"))
    )
    share = (both.bound * settings["inside_share"] / both.step).floor()
    both = both.mutate(width=ibis.greatest(share, ibis.literal(settings["inside_steps"], "float64")))
    both = both.filter(both.away < both.width * settings["window_widths"])
    return both.mutate(
        inside=((both.away >= 0) & (both.away < both.width)).cast("int64"),
        further=(both.away >= both.width).cast("int64"),
        beyond=(both.away < 0).cast("int64"),
    )


def _together(bodies: list[str], hump: _Sums, gap: _Sums) -> np.ndarray:
    """Return p-values of the hump, or of hump and gap where the gap says the same; the gap adds half at most.

    Where the better of the two is taken, chance has two tries (Bonferroni).
    """
    z, missing = _scaled(hump.z(bodies)), _scaled(-gap.z(bodies))
    both = np.minimum((z + missing) / np.sqrt(2), GAP_ADDS * z)
    known = np.array([gap.expected[body] >= LEAST_MISSING for body in bodies])
    either = known & (z > 0) & (missing > 0)
    tail = stats.norm.sf(np.where(either, np.maximum(z, both), z))
    return np.asarray(np.where(either, np.minimum(1.0, 2 * tail), tail))


def _scaled(z: np.ndarray) -> np.ndarray:
    middle, scale = robust_location_scale(z)
    return np.asarray((z - max(middle, 0.0)) / max(scale, 1.0))


def _inside_reports(rings: Any, bodies: list[str]) -> dict[str, list[str]]:
    if not bodies:
        return {}
    some = rings.filter(rings.body.isin(bodies) & (rings.inside > 0)).select("body", "report").distinct()
    named: dict[str, list[str]] = defaultdict(list)
    for row in some.order_by(["body", "report"]).to_pyarrow().to_pylist():
        if len(named[row["body"]]) < MOST_REPORTS:
            named[row["body"]].append(row["report"])
    return named


def few_failures(prepared: Prepared) -> list[Signal]:
    """Find fewer failing results than peers have in the same tests: a sign only beside others."""
    lines = prepared.lines
    judged = lines.filter(lines.verdict.isin(["pass", "fail"]))
    failed = (judged.verdict == "fail").cast("int64")
    counted = judged.mutate(failed=failed).group_by(["body", *GROUP]).aggregate(judged=_.count(), failed=_.failed.sum())
    rows = counted.to_pyarrow().to_pylist()
    sums: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        total = sums[tuple(row[key] for key in GROUP)]
        total[0] += row["failed"]
        total[1] += row["judged"]
    found = _Sums()
    tested: dict[str, int] = defaultdict(int)
    for row in sorted(rows, key=lambda row: (row["body"], *(str(row[key]) for key in GROUP))):
        failed_all, judged_all = sums[tuple(row[key] for key in GROUP)]
        peers = judged_all - row["judged"]
        if peers >= row["judged"]:
            found.add(row["body"], row["failed"], row["judged"] * (failed_all - row["failed"]) / peers)
            tested[row["body"]] += row["judged"]
    bodies = sorted(body for body, wanted in found.expected.items() if wanted >= 1)
    if not bodies:
        return []
    z = np.array([2 * (np.sqrt(found.expected[body]) - np.sqrt(found.seen[body])) for body in bodies])
    p = upper_tail(z, freedom=HONEST_TAIL)
    return [
        Signal("few_failures", body, float(p[n]), found.seen[body], found.expected[body], tested[body])
        for n, body in enumerate(bodies)
    ]
