"""What can't have been: overlapping runs of one instrument, runs too short, dates in disorder, late arrivals."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, Final

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from zhunsheng.oversight.screening.detectors.base import MOST_REPORTS, Settings, Signal
from zhunsheng.oversight.screening.detectors.counting import against_peers, signals_of_counts
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

Row = dict[str, Any]
SECONDS_A_MINUTE: Final = 60
METHOD: Final = ("method", "parameter")
_LEAST: Final = pa.schema([*((key, pa.string()) for key in METHOD), ("least", pa.float64())])


def overlapping_runs(prepared: Prepared) -> list[Signal]:
    """Find runs that begin on an instrument before its last one ended, against what is usual with the method."""
    rows = [row for part in prepared.runs.parts for row in _overlaps(part)]
    return against_peers("overlapping_runs", rows, METHOD, "overlap", "runs")


def _overlaps(runs: Any) -> list[Row]:
    order = ibis.window(group_by=["body", "instrument"], order_by=["started", "finished"])
    marked = runs.mutate(following=runs.started.lead().over(order))
    overlap = (marked.following.notnull() & (marked.following < marked.finished)).cast("int64")
    counted = marked.mutate(overlap=overlap).group_by(["body", *METHOD])
    rows: list[Row] = counted.aggregate(runs=_.count(), overlap=_.overlap.sum()).to_pyarrow().to_pylist()
    return rows


def short_runs(prepared: Prepared) -> list[Signal]:
    """Find runs much shorter than nearly all of the peers' by the same method."""
    runs, settings = prepared.runs.whole, prepared.settings
    runs = runs.mutate(minutes=_minutes(runs), method=ibis.coalesce(runs.method, ""))
    lengths = prepared.keep(runs.group_by(["body", *METHOD, "minutes"]).aggregate(runs=_.count()))
    shortest = _shortest_by_peers(lengths, settings)
    least = [
        {"method": method, "parameter": parameter, "least": settings["short_share"] * limit}
        for (method, parameter), limit in sorted(shortest.items())
    ]
    limits = prepared.beside(pa.Table.from_pylist(least, schema=_LEAST))
    held = lengths.join(limits, list(METHOD))
    short = ibis.ifelse(held.minutes < held.least, held.runs, 0)
    counted = held.group_by("body").aggregate(runs=held.runs.sum(), short=short.sum()).to_pyarrow().to_pylist()
    exposure = {row["body"]: int(row["runs"]) for row in counted}
    count = {row["body"]: int(row["short"]) for row in counted if row["short"]}
    return signals_of_counts("short_runs", count, exposure, _reports_of_short_runs(runs, limits))


def _minutes(runs: Any) -> Any:
    return ((runs.finished.epoch_seconds() - runs.started.epoch_seconds()) / SECONDS_A_MINUTE).floor().cast("int64")


def _shortest_by_peers(lengths: Any, settings: Settings) -> dict[tuple[str, str], float]:
    """Return for each method the median over bodies of the time that nearly all of a body's runs take at least."""
    keys = ["body", *METHOD]
    upwards = ibis.cumulative_window(group_by=keys, order_by="minutes")
    ranked = lengths.mutate(
        so_far=lengths.runs.sum().over(upwards), total=lengths.runs.sum().over(ibis.window(group_by=keys))
    )
    share = ibis.literal(settings["short_quantile"], "float64")
    ranked = ranked.filter((ranked.total >= settings["fewest_runs"]) & (ranked.so_far >= ranked.total * share))
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in ranked.group_by(keys).aggregate(low=_.minutes.min()).to_pyarrow().to_pylist():
        held[(row["method"], row["parameter"])].append(row["low"])
    return {key: float(np.median(low)) for key, low in held.items()}


def _reports_of_short_runs(runs: Any, limits: Any) -> dict[str, list[str]]:
    """Return the first report of each length of a body's short runs, by method, from the shortest."""
    kind = ["body", *METHOD, "minutes"]
    short = runs.join(limits, list(METHOD)).filter(_.minutes < _.least)
    rows = short.group_by(kind).aggregate(report=_.report.min()).to_pyarrow().to_pylist()
    named: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: tuple(row[key] for key in kind)):
        named[row["body"]].append(row["report"])
    return named


def date_order(prepared: Prepared) -> list[Signal]:
    """Find reports issued before a test ended, or received after one began."""
    heads = prepared.heads.whole
    return _odd_reports("date_order", heads.filter(heads.timed > 0).mutate(odd=_.wrong))


def late_arrivals(prepared: Prepared) -> list[Signal]:
    """Find reports that came in long after the day they bear, longer than nearly all of the peers'."""
    heads = issued(prepared)
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
    heads, quiet = issued(prepared), quiet_days(prepared)
    if not quiet:
        return []
    return _odd_reports("days_off", heads.mutate(odd=heads.issued.isin(quiet).cast("int64")))


def issued(prepared: Prepared) -> Any:
    """Return the heads of reports that bear a day."""
    heads = prepared.heads.whole
    return heads.filter(heads.issued.notnull())


def quiet_days(prepared: Prepared) -> list[date]:
    """Return the days on which hardly a body issues any report, though they do in the weeks around."""
    heads = issued(prepared)
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
