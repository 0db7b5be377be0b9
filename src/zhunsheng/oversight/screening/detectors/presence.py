"""Where people can't all have been: two jobs or two sites at once, more signatures than a day holds."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import ibis
import numpy as np
from ibis import _

from zhunsheng.foundation.stats.screening import cauchy_combination
from zhunsheng.oversight.screening.detectors.base import MOST_REPORTS, Signal
from zhunsheng.oversight.screening.detectors.clock import METHOD
from zhunsheng.oversight.screening.detectors.counting import signals_of_counts, weighed_against_peers
from zhunsheng.oversight.screening.detectors.naming import with_reports
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

SECONDS_A_MINUTE: Final = 60
NOTHING: Final = 0.5
Row = dict[str, Any]


def person_twice(prepared: Prepared) -> list[Signal]:
    """Find analysts who begin a run on one instrument before theirs on another has ended, against peers' by method.

    Much runs unattended: what counts is how much more of it a body has than peers with the same methods.
    """
    runs = prepared.runs.whole
    rows: list[Row] = []
    for part in prepared.runs.parts:
        counted = _twice(part).group_by(["body", *METHOD]).aggregate(runs=_.count(), twice=_.twice.sum())
        rows += counted.to_pyarrow().to_pylist()
    found = weighed_against_peers("person_twice", rows, METHOD, "twice", "runs")
    return with_reports(found, lambda some: _twice(runs.filter(runs.body.isin(some))).filter(_.twice > 0), ["started"])


def _twice(runs: Any) -> Any:
    runs = runs.filter(runs.analyst.notnull())
    order = ibis.window(group_by=["body", "analyst"], order_by=["started", "finished", "instrument"])
    marked = runs.mutate(following=runs.started.lead().over(order), other=runs.instrument.lead().over(order))
    twice = (marked.following < marked.finished) & (marked.other != marked.instrument)
    return marked.mutate(twice=twice.fill_null(False).cast("int64"))


def sites_apart(prepared: Prepared) -> list[Signal]:
    """Find people at two sites at once: analysts between whose runs no journey fits, signatories at both on one day.

    Only bodies that work at several sites are held against each other.
    """
    needed = int(prepared.settings["journey_minutes"]) * SECONDS_A_MINUTE
    journeys = [row for part in prepared.runs.parts for row in _journeys(part, needed)]
    parts = [journeys, [row for part in prepared.heads.parts for row in _signed_at_both(part)]]
    held = [{one.body: one for one in _counted(rows)} for rows in parts]
    found = []
    for body in sorted(set(held[0]) | set(held[1])):
        some = [one[body] for one in held if body in one]
        names = dict.fromkeys(name for one in some for name in one.reports)
        found.append(
            Signal(
                "sites_apart", body, cauchy_combination([min(one.p, NOTHING) for one in some]),
                sum(one.statistic for one in some), sum(one.expected for one in some), sum(one.n for one in some),
                reports=tuple(names)[:MOST_REPORTS],
                facts={"journeys": _of(held[0], body), "signatures": _of(held[1], body)},
            )
        )  # fmt: skip
    return found


def _of(held: Mapping[str, Signal], body: str) -> float:
    return held[body].statistic if body in held else 0.0


def _journeys(runs: Any, needed: int) -> list[Row]:
    """Return by body its analysts' runs at named sites, and how many began elsewhere too soon after the last."""
    runs = runs.filter(runs.analyst.notnull() & runs.site.notnull())
    order = ibis.window(group_by=["body", "analyst"], order_by=["started", "finished", "site"])
    marked = runs.mutate(ended=runs.finished.lag().over(order), place=runs.site.lag().over(order))
    gap = marked.started.epoch_seconds() - marked.ended.epoch_seconds()
    odd = ((marked.place != marked.site) & (gap < needed)).fill_null(False)
    marked = marked.mutate(odd=odd.cast("int64"), named=ibis.ifelse(odd, marked.report, ibis.null("string")))
    counted = marked.group_by("body").aggregate(
        all_of=_.count(), odd=_.odd.sum(), sites=_.site.nunique(), report=_.named.min()
    )
    rows: list[Row] = counted.to_pyarrow().to_pylist()
    return rows


def _signed_at_both(heads: Any) -> list[Row]:
    """Return by body how many days its signatories signed at named sites, and on how many at more than one."""
    told = heads.filter(heads.site.notnull() & heads.signatory.notnull() & heads.issued.notnull())
    days = told.group_by(["body", "signatory", "issued"]).aggregate(
        sites=_.site.nunique(), one=_.site.min(), two=_.site.max(), report=_.report.min()
    )
    odd = days.sites > 1
    days = days.mutate(odd=odd.cast("int64"), named=ibis.ifelse(odd, days.report, ibis.null("string")))
    counted = days.group_by("body").aggregate(
        all_of=_.count(), odd=_.odd.sum(), low=_.one.min(), high=_.two.max(), report=_.named.min()
    )
    return [row | {"sites": 1 + (row["low"] != row["high"])} for row in counted.to_pyarrow().to_pylist()]


def _counted(rows: list[Row]) -> list[Signal]:
    some = [row for row in rows if row["sites"] > 1]
    if not some:
        return []
    return signals_of_counts(
        "sites_apart", {row["body"]: int(row["odd"]) for row in some}, {row["body"]: row["all_of"] for row in some},
        {row["body"]: [row["report"]] for row in some if row["report"]},
    )  # fmt: skip


def many_signatures(prepared: Prepared) -> list[Signal]:
    """Find days on which one person signs more than can be read in the hours of a day, or far more than any peer does.

    The most is the setting of signatures an hour; where the busiest peers' busiest days stay far below it, a margin
    above those.
    """
    settings = prepared.settings
    rows = [row for part in prepared.heads.parts for row in _a_day(part)]
    most = capacity(rows, settings["signatures_an_hour"] * settings["hours_a_day"], settings["signatures_margin"])
    count: dict[str, int] = defaultdict(int)
    days: dict[str, int] = defaultdict(int)
    named: dict[str, list[str]] = defaultdict(list)
    busiest: dict[str, int] = defaultdict(int)
    for row in rows:
        days[row["body"]] += row["days"]
        busiest[row["body"]] = max(busiest[row["body"]], row["signed"])
        if row["signed"] > most:
            count[row["body"]] += row["days"]
            named[row["body"]].append(row["report"])
    facts = {body: {"busiest_day": busiest[body], "most": round(most, 1)} for body in days}
    return signals_of_counts("many_signatures", count, days, named, facts)


def _a_day(heads: Any) -> list[Row]:
    """Return on how many days each person signed how many reports."""
    heads = heads.filter(heads.issued.notnull() & heads.signatory.notnull())
    by_day = heads.group_by(["body", "signatory", "issued"]).aggregate(signed=_.count(), report=_.report.min())
    counted = by_day.group_by(["body", "signatory", "signed"]).aggregate(days=_.count(), report=_.report.min())
    rows = counted.to_pyarrow().to_pylist()
    return sorted(rows, key=lambda row: (row["body"], row["signatory"], -row["signed"]))


def capacity(rows: list[Row], most: float, margin: float) -> float:
    """Return how many signatures a day are too many: the least of the setting and a margin above the busiest peers.

    The busiest peers: the second greatest over bodies of what a body's busiest person signs on hardly any day more
    than, so that no body sets its own measure.
    """
    usual: dict[str, float] = {}
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        held[(row["body"], row["signatory"])].append(row)
    for (body, _person), some in held.items():
        counts = np.repeat([row["signed"] for row in some], [row["days"] for row in some])
        usual[body] = max(usual.get(body, 0.0), float(np.quantile(counts, 0.99)))
    ranked = sorted(usual.values(), reverse=True)
    return min(most, margin * ranked[1]) if len(ranked) > 1 else most
