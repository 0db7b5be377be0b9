"""What can't have been: overlapping runs of one instrument, runs too short, dates in the wrong order, late arrivals."""

from collections import defaultdict
from typing import Any, Final

import ibis
import numpy as np
from ibis import _

from zhunsheng.oversight.screening.detectors.base import MOST_REPORTS, Lines, Settings, Signal
from zhunsheng.oversight.screening.detectors.copies import signals_of_counts
from zhunsheng.oversight.screening.detectors.values import _against_peers

Row = dict[str, Any]
SECONDS_A_MINUTE: Final = 60
AHEAD_OF_UTC: Final = 8
METHOD: Final = ["method", "parameter"]


def overlapping_runs(lines: Lines, settings: Settings) -> list[Signal]:
    """Find runs that begin on an instrument before its last one ended, against what is usual with the method."""
    runs = _runs(lines)
    order = ibis.window(group_by=["body", "instrument"], order_by=["started", "finished"])
    marked = runs.mutate(following=runs.started.lead().over(order))
    overlap = (marked.following.notnull() & (marked.following < marked.finished)).cast("int64")
    counted = (
        marked.mutate(overlap=overlap).group_by(["body", *METHOD]).aggregate(runs=_.count(), overlap=_.overlap.sum())
    )
    return _against_peers("overlapping_runs", counted.to_pyarrow().to_pylist(), METHOD, "overlap", "runs", settings)


def _runs(lines: Lines) -> Lines:
    """Return distinct runs: lines of one instrument with one interval are one run. What has no length has no record."""
    timed = lines.filter(
        lines.started.notnull()
        & lines.finished.notnull()
        & (lines.finished > lines.started)
        & lines.instrument.notnull()
    )
    return timed.group_by(["body", "instrument", "started", "finished"]).aggregate(
        method=timed.method.min(), parameter=timed.parameter.min(), report=timed.report.min()
    )


def short_runs(lines: Lines, settings: Settings) -> list[Signal]:
    """Find runs much shorter than nearly all of the peers' by the same method."""
    runs = _runs(lines)
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
    facts = {body: {"shortest": len(named[body])} for body in named}
    return signals_of_counts("short_runs", count, dict(exposure), named, facts)


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


def date_order(lines: Lines, settings: Settings) -> list[Signal]:
    """Find reports issued before a test ended, or received after one began."""
    timed = lines.finished.notnull() & lines.started.notnull() & (lines.finished > lines.started)
    began, ended = local_day(lines.started), local_day(lines.finished)
    wrong = timed & (
        (lines.issued.notnull() & (lines.issued < ended)) | (lines.received.notnull() & (began < lines.received))
    )
    return _odd_reports("date_order", lines.mutate(odd=wrong.cast("int64")), settings)


def local_day(moment: Any) -> Any:
    """Return the day in China's time of a moment in UTC."""
    return (moment + ibis.interval(hours=AHEAD_OF_UTC)).cast("date")


def _odd_reports(name: str, marked: Lines, settings: Settings) -> list[Signal]:
    """Return a signal a body: how many reports have a line that is odd, and which."""
    reports = marked.group_by(["body", "report"]).aggregate(odd=marked.odd.max())
    counted = reports.group_by("body").aggregate(reports=reports.count(), odd=reports.odd.sum())
    rows = counted.to_pyarrow().to_pylist()
    odd = reports.filter(reports.odd > 0).order_by(["body", "report"]).to_pyarrow().to_pylist()
    named: dict[str, list[str]] = defaultdict(list)
    for row in odd:
        if len(named[row["body"]]) < MOST_REPORTS:
            named[row["body"]].append(row["report"])
    count = {row["body"]: int(row["odd"] or 0) for row in rows}
    return signals_of_counts(name, count, {row["body"]: int(row["reports"]) for row in rows}, named, {})


def late_arrivals(lines: Lines, settings: Settings) -> list[Signal]:
    """Find reports that came in long after the day they bear, longer than nearly all of the peers'."""
    found = lines.filter(lines.issued.notnull())
    days = found.mutate(late=local_day(found.arrived).delta(found.issued, unit="day"))
    reports = days.group_by(["body", "report"]).aggregate(late=days.late.max())
    rows = reports.group_by(["body", "late"]).aggregate(reports=reports.count()).to_pyarrow().to_pylist()
    usual = _usual_lateness(rows, settings)
    marked = days.mutate(odd=(days.late > int(usual)).cast("int64"))
    return _odd_reports("late_arrivals", marked, settings)


def _usual_lateness(rows: list[Row], settings: Settings) -> float:
    """Return the median over bodies of the days within which nearly all of a body's reports come in, and two more."""
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        held[row["body"]].append((int(row["late"]), int(row["reports"])))
    late = []
    for times in held.values():
        values, weights = zip(*sorted(times), strict=True)
        place = int(np.searchsorted(np.cumsum(weights), settings["late_quantile"] * sum(weights)))
        late.append(values[min(place, len(values) - 1)])
    return float(np.median(late)) + 2 if late else 0.0


def days_off(lines: Lines, settings: Settings) -> list[Signal]:
    """Find reports issued on days on which nearly no peer issues any."""
    dated = lines.filter(lines.issued.notnull())
    reports = dated.group_by(["body", "report"]).aggregate(issued=dated.issued.min())
    by_day = reports.group_by("issued").aggregate(reports=reports.count()).to_pyarrow().to_pylist()
    usual = float(np.median([row["reports"] for row in by_day])) if by_day else 0.0
    quiet = [row["issued"] for row in by_day if row["reports"] < 0.15 * usual]
    if not quiet:
        return []
    marked = reports.mutate(odd=reports.issued.isin(quiet).cast("int64"))
    return _odd_reports("days_off", marked, settings)
