"""Quality control as the lake shows it: a sample tested again, whose two results agree better than the method can."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import ibis
import numpy as np
from ibis import _

from zhunsheng.oversight.screening.detectors.base import Signal
from zhunsheng.oversight.screening.detectors.counting import signals_of_scores
from zhunsheng.oversight.screening.detectors.naming import with_reports
from zhunsheng.oversight.screening.detectors.side_by_side import HALF, PLACES, Prepared
from zhunsheng.oversight.screening.detectors.spread import LEAST_VARIANCE, against_usual

FEWEST_BODIES: Final = 5
LOG_PARTS: Final = 10_000
Row = dict[str, Any]


def alike_repeats(prepared: Prepared) -> list[Signal]:
    """Find duplicates, retests and control samples whose results agree better than at the peers.

    Results under one sample number are repeats, be they retests or the same control material again and again. Reports
    equal in everything are one test under two numbers, and no repeat.
    """
    by_test: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in (row for part in prepared.reports.parts for row in _repeated(part)):
        for place in range(PLACES):
            pairs = row[f"pairs_{place}"] or 0
            ruled = (row["body"], row["object"], place) in prepared.ruled_places
            if pairs >= prepared.settings["fewest_repeats"] and not ruled:
                mean = row[f"log_{place}"] / pairs / LOG_PARTS
                spread = max(row[f"square_{place}"] / pairs / LOG_PARTS**2 - mean**2, LEAST_VARIANCE)
                by_test[(row["object"], place)].append(
                    {"body": row["body"], "pairs": pairs, "mean": mean, "spread": spread}
                )
    scores: dict[str, list[float]] = defaultdict(list)
    for key in sorted(by_test):
        if len(by_test[key]) >= FEWEST_BODIES:
            means, spread, pairs = (np.array([row[one] for row in by_test[key]]) for one in ("mean", "spread", "pairs"))
            for row, z in zip(by_test[key], against_usual(means, spread, pairs), strict=True):
                scores[row["body"]].append(float(z))
    if len(scores) < FEWEST_BODIES:
        return []
    found = signals_of_scores("alike_repeats", scores)
    return with_reports(found, lambda bodies: _again(prepared, bodies), ["sample", "issued"])


def _again(prepared: Prepared, bodies: Sequence[str]) -> Any:
    """Return the reports on samples that were tested more than once."""
    reports = prepared.reports.whole
    some = reports.filter(reports["sample"].notnull() & reports.body.isin(list(bodies)))
    together = ibis.window(group_by=["body", "object", "sample"])
    return some.mutate(times=some.report.count().over(together)).filter(_.times > 1)


def _repeated(reports: Any) -> list[Row]:
    """Return by body and object how far a sample's results in a row differ, place by place, summed in whole parts."""
    names = [f"v{n}" for n in range(PLACES)]
    known = reports.filter(reports["sample"].notnull())
    keys = ["body", "object", "sample"]
    again = known.group_by(keys).aggregate(times=_.count()).filter(_.times > 1)
    some = known.semi_join(again, keys)
    order = ibis.window(group_by=keys, order_by=["issued", "leaf_index"])
    before = {f"b{n}": some[name].lag().over(order) for n, name in enumerate(names)}
    pairs = some.mutate(**before, one_before=some.one.lag().over(order), two_before=some.two.lag().over(order))
    pairs = pairs.filter(pairs.one_before.notnull())
    pairs = pairs.filter((pairs.one != pairs.one_before) | (pairs.two != pairs.two_before))
    sums: dict[str, Any] = {}
    for n, name in enumerate(names):
        one, two = pairs[name], pairs[f"b{n}"]
        both = one.notnull() & two.notnull()
        log = (ibis.greatest((one - two).abs(), HALF) / ibis.greatest((one.abs() + two.abs()) / 2, HALF)).ln()
        parts = ibis.ifelse(both, (log * LOG_PARTS).round().cast("int64"), ibis.null("int64"))
        sums |= {f"pairs_{n}": both.cast("int64").sum(), f"log_{n}": parts.sum(), f"square_{n}": (parts * parts).sum()}
    rows = pairs.group_by(["body", "object"]).aggregate(**sums).to_pyarrow().to_pylist()
    return sorted(rows, key=lambda row: (row["body"], row["object"]))
