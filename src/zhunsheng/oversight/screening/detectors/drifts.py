"""Levels that drift slowly away from peers': an EWMA of monthly means, less the one jump that a recalibration makes."""

from collections import defaultdict
from typing import Any, Final, NamedTuple

import numpy as np
from ibis import _

from zhunsheng.foundation.stats.screening import (
    ewma,
    ewma_deviation,
    moving_range_deviation,
    robust_location_scale,
    without_step,
)
from zhunsheng.oversight.screening.detectors.base import GROUP, Signal
from zhunsheng.oversight.screening.detectors.counting import signals_of_scores
from zhunsheng.oversight.screening.detectors.naming import MENTION, month_name
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

LOG_PARTS: Final = 10_000
ROWS_AT_ONCE: Final = 10_000
FEWEST_A_MONTH: Final = 5
FEWEST_BODIES: Final = 5
LEAST_DEVIATION: Final = 1e-6
Series = dict[int, tuple[float, int]]
"""Month → mean logarithm and how many results it is of."""


def slow_drift(prepared: Prepared) -> list[Signal]:
    """Find bodies whose results drift slowly away from peers', test by test, and back or not.

    What peers' results do in the same months is taken off, and so are the two levels before and after the one jump
    that explains most: a recalibration or a new instrument is no drift.
    """
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    most: dict[str, Drift] = {}
    for part in prepared.by_parameter(prepared.keep(_monthly(prepared))):
        for key, bodies in _series(part).items():
            for body, drift in _drifts(prepared, bodies, key).items():
                scores[body][str(key)] = drift.score
                if body not in most or (drift.score, str(key)) > (most[body].score, most[body].key):
                    most[body] = drift
    in_order = {body: [held[key] for key in sorted(held)] for body, held in scores.items()}
    facts = {body: {"parameter": one.parameter, "score": round(one.score, 2)} for body, one in most.items()}
    found = signals_of_scores("slow_drift", in_order, facts)
    for one in found:
        if one.p <= MENTION:
            one.facts["by_month"] = most[one.body].course()
    return found


class Drift(NamedTuple):
    """How far one body drifts in one test beside the others, and its months against peers'."""

    score: float
    key: str
    parameter: str
    months: list[int]
    own: np.ndarray

    def course(self) -> dict[str, list[Any]]:
        """Return the months, and per cent beside the body's own mean in each."""
        apart = 100 * np.expm1(self.own - self.own.mean())
        return {"months": [month_name(month) for month in self.months], "own": apart.round(2).tolist()}


def _drifts(prepared: Prepared, bodies: dict[str, Series], key: tuple[Any, ...]) -> dict[str, Drift]:
    """Return for one test how far each body drifts, beside the others."""
    fewest, weight = int(prepared.settings["drift_fewest_months"]), prepared.settings["drift_weight"]
    usual, sizes, courses = _usual(bodies), {}, {}
    for body, series in sorted(bodies.items()):
        months = [month for month in sorted(series) if month in usual]
        if len(months) >= fewest:
            own = np.array([series[month][0] - usual[month] for month in months])
            sizes[body] = furthest(own, np.array([series[month][1] for month in months]), weight)
            courses[body] = (months, own)
    if len(sizes) < FEWEST_BODIES:
        return {}
    middle, scale = robust_location_scale(list(sizes.values()))
    scored = {body: (size - middle) / max(scale, LEAST_DEVIATION) for body, size in sizes.items()}
    return {body: Drift(score, str(key), key[1], *courses[body]) for body, score in scored.items()}


def furthest(own: np.ndarray, results: np.ndarray, weight: float) -> float:
    """Return how far the EWMA of a series gets from its level, in its own deviations, after the largest jump is off.

    Args:
        own: shape (months,). results: how many results each value is of. weight: of the newest month.
    """
    deviation = max(moving_range_deviation(own), LEAST_DEVIATION)
    left = without_step(own, results, len(own) // 6) / deviation
    return float(np.max(np.abs(ewma(left, weight)) / ewma_deviation(len(left), weight)))


def _monthly(prepared: Prepared) -> Any:
    """Return by body and test the monthly sums of logarithms, in whole parts: engines add in another order."""
    cells = prepared.cells.filter((prepared.cells.value > 0) & prepared.cells.issued.notnull())
    parts = (cells.value.ln() * LOG_PARTS).round().cast("int64")
    marked = cells.mutate(parts=parts, month=cells.issued.year() * 12 + cells.issued.month())
    summed = marked.group_by(["body", *GROUP, "month"]).aggregate(results=_.count(), parts=_.parts.sum())
    return summed.filter(summed.results >= FEWEST_A_MONTH)


def _series(monthly: Any) -> dict[tuple[Any, ...], dict[str, Series]]:
    """Return by test the bodies' monthly means of logarithms."""
    found: dict[tuple[Any, ...], dict[str, Series]] = defaultdict(lambda: defaultdict(dict))
    for batch in monthly.to_pyarrow().to_batches(max_chunksize=ROWS_AT_ONCE):
        for row in batch.to_pylist():
            mean = float(row["parts"]) / row["results"] / LOG_PARTS
            found[tuple(row[key] for key in GROUP)][row["body"]][row["month"]] = (mean, row["results"])
    return found


def _usual(bodies: dict[str, Series]) -> dict[int, float]:
    """Return what bodies' results do in each month, beside their own level: the median over bodies."""
    apart: dict[int, list[float]] = defaultdict(list)
    for series in bodies.values():
        level = float(np.mean([series[month][0] for month in sorted(series)]))
        for month, (mean, _results) in series.items():
            apart[month].append(mean - level)
    return {month: float(np.median(found)) for month, found in apart.items() if len(found) >= FEWEST_BODIES}
