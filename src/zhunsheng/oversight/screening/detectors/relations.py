"""How results of one report go together, against peers: what is invented knows no chemistry."""

from collections import defaultdict
from itertools import combinations
from typing import Any, Final

import numpy as np

from zhunsheng.oversight.screening.detectors.base import Signal
from zhunsheng.oversight.screening.detectors.counting import signals_of_scores
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared
from zhunsheng.oversight.screening.detectors.spread import IN_PARTS, in_quartiles

RELATED: Final = 6
"""Between so many of a report's most telling results relations are looked at."""

FURTHEST: Final = 3 * IN_PARTS
FEWEST_BODIES: Final = 5
CHI2_1_MEDIAN: Final = 0.4549
Row = dict[str, Any]


def loose_relations(prepared: Prepared) -> list[Signal]:
    """Find tests whose results go together less than at the peers (correlations within a report, by Fisher's z)."""
    pairs = list(combinations(range(RELATED), 2))
    held: dict[tuple[str, int, int], list[tuple[str, float, int]]] = defaultdict(list)
    for part in prepared.reports.parts:
        for row in _products(prepared, part, pairs):
            for one, two in pairs:
                n = row[f"n_{one}_{two}"]
                size = float(row[f"xx_{one}_{two}"] or 0) * float(row[f"yy_{one}_{two}"] or 0)
                if n >= prepared.settings["fewest_reports"] and size > 0:
                    r = float(np.clip(float(row[f"xy_{one}_{two}"]) / np.sqrt(size), -0.999, 0.999))
                    held[(row["object"], one, two)].append((row["body"], float(np.arctanh(r)), n))
    scores: dict[str, list[float]] = defaultdict(list)
    for key in sorted(held):
        if len(held[key]) >= FEWEST_BODIES:
            for body, score in _looser(held[key]):
                scores[body].append(score)
    return signals_of_scores("loose_relations", scores)


def _products(prepared: Prepared, reports: Any, pairs: list[tuple[int, int]]) -> list[Row]:
    """Return for each body and object what correlations are made of, in a fixed order."""
    scaled, names = in_quartiles(prepared, reports)
    clipped = scaled.mutate({name: scaled[name].clip(-FURTHEST, FURTHEST) for name in names[:RELATED]})
    products: dict[str, Any] = {}
    for one, two in pairs:
        both = clipped[f"u{one}"] * clipped[f"u{two}"]
        products[f"n_{one}_{two}"] = both.count()
        products[f"xy_{one}_{two}"] = both.sum()
        products[f"xx_{one}_{two}"] = both.notnull().ifelse(clipped[f"u{one}"] * clipped[f"u{one}"], 0).sum()
        products[f"yy_{one}_{two}"] = both.notnull().ifelse(clipped[f"u{two}"] * clipped[f"u{two}"], 0).sum()
    rows = clipped.group_by(["body", "object"]).aggregate(**products).to_pyarrow().to_pylist()
    return sorted(rows, key=lambda row: (row["body"], row["object"]))


def _looser(members: list[tuple[str, float, int]]) -> list[tuple[str, float]]:
    """Return how much nearer to none each body's relation is than the usual one, in its own standard deviations."""
    z = np.array([one[1] for one in members])
    n = np.array([one[2] for one in members], dtype=float)
    usual = float(np.median(z))
    within = 1 / (n - 3)
    between = max(0.0, float(np.median((z - usual) ** 2)) / CHI2_1_MEDIAN - float(np.median(within)))
    sign = 1.0 if usual >= 0 else -1.0
    weight = min(1.0, abs(usual) / 0.1)  # where peers show no relation, none can be missing
    looser = weight * sign * (usual - z) / np.sqrt(within + between)
    return [(one[0], float(score)) for one, score in zip(members, looser, strict=True)]
