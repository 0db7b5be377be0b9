"""Levels that drift slowly away from peers': an EWMA of monthly means, less the one jump that a recalibration makes."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
from ibis import _

from zhunsheng.foundation.stats.screening import (
    ewma,
    ewma_deviation,
    moving_range_deviation,
    robust_location_scale,
    without_step,
)
from zhunsheng.oversight.screening.detectors.base import GROUP, Signal
from zhunsheng.oversight.screening.detectors.coded import codes_of, column, together
from zhunsheng.oversight.screening.detectors.counting import signals_of_scores
from zhunsheng.oversight.screening.detectors.naming import MENTION, month_name
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

LOG_PARTS: Final = 10_000
FEWEST_A_MONTH: Final = 5
FEWEST_BODIES: Final = 5
LEAST_DEVIATION: Final = 1e-6


def slow_drift(prepared: Prepared) -> list[Signal]:
    """Find bodies whose results drift slowly away from peers', test by test, and back or not.

    What peers' results do in the same months is taken off, and so are the two levels before and after the one jump
    that explains most: a recalibration or a new instrument is no drift.
    """
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    most: dict[str, Drift] = {}
    for part in prepared.by_parameter(prepared.keep(_monthly(prepared))):
        for test in _series(part.to_pyarrow()):
            for drift in _drifts(prepared, test):
                scores[drift.body][drift.key] = drift.score
                if drift.body not in most or (drift.score, drift.key) > (most[drift.body].score, most[drift.body].key):
                    most[drift.body] = drift
    in_order = {body: [held[key] for key in sorted(held)] for body, held in scores.items()}
    facts = {body: {"parameter": one.parameter, "score": round(one.score, 2)} for body, one in most.items()}
    found = signals_of_scores("slow_drift", in_order, facts)
    for one in found:
        if one.p <= MENTION:
            one.facts["by_month"] = most[one.body].course()
    return found


class Drift(NamedTuple):
    """How far one body drifts in one test beside the others, and its months against peers'."""

    body: str
    score: float
    key: str
    parameter: str
    months: np.ndarray
    own: np.ndarray

    def course(self) -> dict[str, list[Any]]:
        """Return the months, and per cent beside the body's own mean in each."""
        apart = 100 * np.expm1(self.own - self.own.mean())
        return {"months": [month_name(int(month)) for month in self.months], "own": apart.round(2).tolist()}


class Series(NamedTuple):
    """One test's monthly mean logarithms of all bodies that have enough; NaN in months without.

    `means`, `results`: shape (bodies, months). `results` says of how many results each mean is.
    """

    key: str
    parameter: str
    bodies: list[str]
    months: np.ndarray
    means: np.ndarray
    results: np.ndarray


def _drifts(prepared: Prepared, test: Series) -> Iterator[Drift]:
    """Yield for one test how far each body drifts, beside the others."""
    apart = test.means - np.nanmean(test.means, axis=1, keepdims=True)
    told = np.sum(~np.isnan(apart), axis=0) >= FEWEST_BODIES
    if not told.any():
        return
    own = test.means[:, told] - np.nanmedian(apart[:, told], axis=0)
    known = ~np.isnan(own)
    lengths = known.sum(axis=1)
    lengths[lengths < int(prepared.settings["drift_fewest_months"])] = 0
    if np.count_nonzero(lengths) < FEWEST_BODIES:
        return
    sizes, results = np.zeros(len(own)), test.results[:, told]
    for length in np.unique(lengths[lengths > 0]):  # bodies with as many months together, gaps closed
        rows = np.flatnonzero(lengths == length)
        values, of = (table[rows][known[rows]].reshape(len(rows), length) for table in (own, results))
        sizes[rows] = furthest(values, of, prepared.settings["drift_weight"])
    some = np.flatnonzero(lengths)
    middle, scale = robust_location_scale(sizes[some])
    scores = (sizes - middle) / max(scale, LEAST_DEVIATION)
    months = test.months[told]
    for row in some:
        course = (months[known[row]], own[row][known[row]])
        yield Drift(test.bodies[row], float(scores[row]), test.key, test.parameter, *course)


def furthest(own: np.ndarray, results: np.ndarray, weight: float) -> np.ndarray:
    """Return how far the EWMA of each series gets from its level, in its own deviations, after the largest jump is off.

    Args:
        own: shape (…, months). results: how many results each value is of. weight: of the newest month.
    """
    deviation = np.maximum(moving_range_deviation(own), LEAST_DEVIATION)[..., None]
    left = without_step(own, results, own.shape[-1] // 6) / deviation
    return np.asarray(np.max(np.abs(ewma(left, weight)) / ewma_deviation(left.shape[-1], weight), axis=-1))


def _monthly(prepared: Prepared) -> Any:
    """Return by body and test the monthly sums of logarithms, in whole parts: engines add in another order."""
    cells = prepared.cells.filter((prepared.cells.value > 0) & prepared.cells.issued.notnull())
    parts = (cells.value.ln() * LOG_PARTS).round().cast("int64")
    marked = cells.mutate(parts=parts, month=cells.issued.year() * 12 + cells.issued.month())
    summed = marked.group_by(["body", *GROUP, "month"]).aggregate(results=_.count(), parts=_.parts.sum())
    return summed.filter(summed.results >= FEWEST_A_MONTH)


def _series(monthly: pa.Table) -> Iterator[Series]:
    """Yield the monthly means of logarithms of each test with bodies enough."""
    if not monthly.num_rows:
        return
    test, first = together([codes_of(monthly[name])[0] for name in GROUP])
    body, names = codes_of(monthly["body"])
    month = column(monthly, "month").astype(np.int64)
    results = column(monthly, "results").astype(float)
    means = column(monthly, "parts").astype(float) / results / LOG_PARTS
    order = np.argsort(test, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(test[order])) + 1):
        bodies, at = np.unique(body[rows], return_inverse=True)
        if len(bodies) < FEWEST_BODIES:
            continue
        months = np.arange(month[rows].min(), month[rows].max() + 1)
        held = np.full((2, len(bodies), len(months)), np.nan)
        held[:, at, month[rows] - months[0]] = means[rows], results[rows]
        key = tuple(monthly[name][int(first[test[rows[0]]])].as_py() for name in GROUP)
        yield Series(str(key), key[1], names.take(bodies).to_pylist(), months, *held)
