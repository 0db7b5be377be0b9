"""What can't have been: overlapping runs of one instrument, runs too short, dates in disorder, late arrivals."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, Final

import ibis
import numpy as np
from ibis import _

from zhunsheng.oversight.screening.detectors.base import MOST_REPORTS, Settings, Signal
from zhunsheng.oversight.screening.detectors.counting import against_peers, signals_of_counts
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

Row = dict[str, Any]
SECONDS_A_MINUTE: Final = 60
METHOD: Final = ("method", "parameter")


def overlapping_runs(prepared: Prepared) -> list[Signal]:
    """Find runs that begin on an instrument before its last one ended, against what is usual with the method."""
    runs = prepared.runs
    order = ibis.window(group_by=["body", "instrument"], order_by=["started", "finished"])
    marked = runs.mutate(following=runs.started.lead().over(order))
    overlap = (marked.following.notnull() & (marked.following < marked.finished)).cast("int64")
    counted = (
        marked.mutate(overlap=overlap).group_by(["body", *METHOD]).aggregate(runs=_.count(), overlap=_.overlap.sum())
    )
    return against_peers("overlapping_runs", counted.to_pyarrow().to_pylist(), METHOD, "overlap", "runs")


def short_runs(prepared: Prepared) -> list[Signal]:
    """Find runs much shorter than nearly all of the peers' by the same method."""
    runs, settings = prepared.runs, prepared.settings
    minutes = ((runs.finished.epoch_seconds() - runs.started.epoch_seconds()) / SECONDS_A_MINUTE).floor().cast("int64")
    counted = (
        runs.mutate(minutes=minutes)
        .group_by(["body", *METHOD, "minutes"])
        .aggregate(runs=_.count(), report=_.report.min())
    )
    rows = counted.to_pyarrow().to_pylist()
    shortest = _shortest_by_peers(rows, settings)
    count: dict[str, int] = defaultdict(int)
    exposure: dict[str, int] = defaultdict(int)
    named: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["body"], str(row["method"]), row["parameter"], row["minutes"])):
        limit = shortest.get((row["method"], row["parameter"]))
        if limit is None:
            continue
        exposure[row["body"]] += row["runs"]
        if row["minutes"] < settings["short_share"] * limit:
            count[row["body"]] += row["runs"]
            named[row["body"]].append(row["report"])
    return signals_of_counts("short_runs", count, exposure, named)


def _shortest_by_peers(rows: list[Row], settings: Settings) -> dict[tuple[Any, Any], float]:
    """Return for each method the median over bodies of the time that nearly all of a body's runs take at least."""
    held: dict[tuple[Any, Any], dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        held[(row["method"], row["parameter"])][row["body"]].append((row["minutes"], row["runs"]))
    found = {}
    for key, bodies in held.items():
        low = []
        for times in bodies.values():
            total = sum(runs for _minutes, runs in times)
            if total >= settings["fewest_runs"]:
                values, weights = zip(*sorted(times), strict=True)
                place = int(np.searchsorted(np.cumsum(weights), settings["short_quantile"] * total))
                low.append(values[place])
        if low:
            found[key] = float(np.median(low))
    return found


def date_order(prepared: Prepared) -> list[Signal]:
    """Find reports issued before a test ended, or received after one began."""
    heads = prepared.heads
    return _odd_reports("date_order", heads.filter(heads.timed > 0).mutate(odd=_.wrong))


def late_arrivals(prepared: Prepared) -> list[Signal]:
    """Find reports that came in long after the day they bear, longer than nearly all of the peers'."""
    heads = prepared.heads.filter(prepared.heads.issued.notnull())
    rows = heads.group_by(["body", "late"]).aggregate(reports=heads.count()).to_pyarrow().to_pylist()
    usual = _usual_lateness(rows, prepared.settings)
    return _odd_reports("late_arrivals", heads.mutate(odd=(heads.late > int(usual)).cast("int64")))


def _usual_lateness(rows: list[Row], settings: Settings) -> float:
    """Return the median over bodies of the days within which nearly all of a body's reports come in, and some more."""
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        held[row["body"]].append((int(row["late"]), int(row["reports"])))
    late = []
    for times in held.values():
        values, weights = zip(*sorted(times), strict=True)
        place = int(np.searchsorted(np.cumsum(weights), settings["late_quantile"] * sum(weights)))
        late.append(values[min(place, len(values) - 1)])
    return float(np.median(late)) + settings["late_more_days"] if late else 0.0


def days_off(prepared: Prepared) -> list[Signal]:
    """Find reports issued on days on which hardly a peer issues any, though they do in the weeks around them."""
    heads, quiet = prepared.heads.filter(prepared.heads.issued.notnull()), quiet_days(prepared)
    if not quiet:
        return []
    return _odd_reports("days_off", heads.mutate(odd=heads.issued.isin(quiet).cast("int64")))


def quiet_days(prepared: Prepared) -> list[date]:
    """Return the days on which hardly a body issues any report, though they do in the weeks around."""
    heads = prepared.heads.filter(prepared.heads.issued.notnull())
    by_day = heads.group_by("issued").aggregate(reports=heads.count()).to_pyarrow().to_pylist()
    return _quiet_days({row["issued"]: row["reports"] for row in by_day}, prepared.settings)


def _quiet_days(reports: dict[date, int], settings: Settings) -> list[date]:
    """Return the days with few reports beside the days around them, where these have reports enough to tell."""
    around = int(settings["quiet_days_around"])
    found = []
    for day, count in sorted(reports.items()):
        near = [reports.get(day + timedelta(days=n), 0) for n in range(-around, around + 1)]
        usual = float(np.median(near))
        if usual >= settings["quiet_least_reports"] and count < settings["quiet_share"] * usual:
            found.append(day)
    return found


def _odd_reports(name: str, reports: Any) -> list[Signal]:
    """Return a signal a body: how many of its reports are odd, and which."""
    counted = reports.group_by("body").aggregate(reports=reports.count(), odd=reports.odd.sum())
    rows = counted.to_pyarrow().to_pylist()
    some = reports.filter(reports.odd > 0)
    order = ibis.window(group_by="body", order_by=["issued", "report"])
    first = some.mutate(place=ibis.row_number().over(order)).filter(_.place < MOST_REPORTS)
    named: dict[str, list[str]] = defaultdict(list)
    for row in first.select("body", "place", "report").order_by(["body", "place"]).to_pyarrow().to_pylist():
        named[row["body"]].append(row["report"])
    count = {row["body"]: int(row["odd"] or 0) for row in rows}
    return signals_of_counts(name, count, {row["body"]: int(row["reports"]) for row in rows}, named)
