"""Reads from the lake what the page of an alert shows, and freezes it as plain data."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import ibis
from ibis import _

from zhunsheng.oversight.screening.combine import Lead
from zhunsheng.oversight.screening.detectors.base import GROUP, MOST_REPORTS, Lines, Settings, Signal, numbers
from zhunsheng.oversight.screening.evidence.pairing import nearest_pairs
from zhunsheng.oversight.screening.evidence.peers import distribution, speaks_low, standing

FORMAT: Final = "zhunsheng-alert-evidence/1"
MOST_RUNS: Final = 300
DIGITS: Final = 10
LIMIT_EDGES: Final = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2)
Row = dict[str, Any]
_CELLS = ("report", "number", "sample", "object", "issued", "line", "parameter", "method", "unit", "value_text")


def gather(
    lines: Lines, lead: Lead, signals: Sequence[Signal], leads: Sequence[Lead], scales: Mapping[str, str],
    settings: Settings,
) -> dict[str, Any]:  # fmt: skip
    """Return the evidence of one body for some of its signals: plain data, the same for the same lines.

    Args:
        lines: the lines that the run read.
        leads: all bodies of the run, for the peers' distribution.
        scales: how each detector's statistic is put on an axis (see `peers.standing`).
    """
    own = lines.filter(lines.body == lead.body)
    named = _named(own, signals, settings)
    rows = _cells(own, named)
    return {
        "format": FORMAT,
        "body": lead.body,
        "settings": settings.name,
        "p": lead.p,
        "q": lead.q,
        "rank": lead.rank,
        "bodies": len(leads),
        "signals": [_stated(one) for one in signals],
        "reports": _reports(rows),
        "pairs": nearest_pairs(rows),
        "peers": {one.detector: _among_peers(one, leads, scales[one.detector]) for one in signals},
        "runs": _runs(own, named),
        "digits": _digits(lines, lead.body),
        "limits": _limits(lines, lead.body),
    }


def _stated(signal: Signal) -> Row:
    return {
        "detector": signal.detector, "p": signal.p, "statistic": signal.statistic, "expected": signal.expected,
        "n": signal.n, "reports": list(signal.reports), "facts": signal.facts,
    }  # fmt: skip


def _among_peers(signal: Signal, leads: Sequence[Lead], scale: str) -> Row:
    others = (
        standing(other, scale)
        for lead in leads if lead.body != signal.body
        for other in lead.signals if other.detector == signal.detector
    )  # fmt: skip
    return {"scale": scale, **distribution(standing(signal, scale), others, low_side=speaks_low(signal, scale))}


def _named(own: Lines, signals: Sequence[Signal], settings: Settings) -> list[str]:
    """Return the reports to look at: those that the detectors name, else what their kind of sign is made of."""
    found: dict[str, None] = {}
    for signal in signals:
        names = signal.reports or _NAMING.get(signal.detector, _none)(own, settings)
        found |= dict.fromkeys(names)
    return list(found)[:MOST_REPORTS]


def _none(_own: Lines, _settings: Settings) -> list[str]:
    return []


def _overlapping(own: Lines, _settings: Settings) -> list[str]:
    """Return reports whose runs overlap on an instrument."""
    timed = own.filter(own.started.notnull() & own.finished.notnull() & own.instrument.notnull())
    runs = timed.group_by(["instrument", "started", "finished"]).aggregate(report=_.report.min(), issued=_.issued.min())
    order = ibis.window(group_by="instrument", order_by=["started", "finished"])
    marked = runs.mutate(after=runs.started.lead().over(order), before=runs.finished.lag().over(order))
    return _reports_of(marked.filter((marked.after < marked.finished) | (marked.before > marked.started)))


def _repeating(own: Lines, _settings: Settings) -> list[str]:
    """Return reports of one client in a row of which a result is that of the report before."""
    cells = numbers(own)
    order = ibis.window(group_by=["client", *GROUP], order_by=["issued", "report"])
    marked = cells.mutate(before=cells.cell.lag().over(order), after=cells.cell.lead().over(order))
    return _reports_of(marked.filter((marked.cell == marked.before) | (marked.cell == marked.after)))


def _reports_of(lines: Lines) -> list[str]:
    found = lines.group_by("report").aggregate(cells=_.count(), issued=_.issued.max())
    rows = found.order_by([ibis.desc("cells"), ibis.desc("issued"), "report"]).limit(MOST_REPORTS)
    return [row["report"] for row in rows.to_pyarrow().to_pylist()]


_NAMING: Final = {"overlapping_runs": _overlapping, "little_spread": _repeating}


def _cells(own: Lines, named: Sequence[str]) -> list[Row]:
    if not named:
        return []
    found = own.filter(own.report.isin(list(named))).select(*_CELLS)
    return list(found.order_by(["issued", "report", "line"]).to_pyarrow().to_pylist())


def _reports(rows: Sequence[Row]) -> dict[str, Row]:
    """Return what tells the reports apart: number, day, object, sample's number. No party is named."""
    return {
        row["report"]: {
            "number": row["number"], "issued": str(row["issued"] or ""), "object": row["object"] or "",
            "sample": row["sample"] or "",
        }
        for row in rows
    }  # fmt: skip


def _runs(own: Lines, named: Sequence[str]) -> list[Row]:
    """Return when instruments and analysts were at work: for the reports to look at, and the body's last ones."""
    timed = own.filter(own.started.notnull() & own.finished.notnull())
    keys = ["instrument", "analyst", "started", "finished", "report"]
    runs = timed.group_by(keys).aggregate(lines=_.count())
    marked = runs.mutate(flagged=runs.report.isin(list(named)).cast("int64") if named else ibis.literal(0))
    first = marked.order_by([ibis.desc("flagged"), ibis.desc("started"), "instrument", "report"]).limit(MOST_RUNS)
    rows = [
        {
            "report": row["report"], "instrument": row["instrument"] or "", "analyst": row["analyst"] or "",
            "started": _moment(row["started"]), "finished": _moment(row["finished"]), "flagged": bool(row["flagged"]),
        }
        for row in first.to_pyarrow().to_pylist()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["started"], row["instrument"], row["report"]))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="minutes")


def _digits(lines: Lines, body: str) -> Row:
    """Return how often each last digit stands in the body's results and in peers' with the same tests and rounding."""
    cells = numbers(lines)
    keys = [*GROUP, "decimals"]
    groups = cells.filter(cells.body == body).select(*keys).distinct()
    shared = cells.semi_join(groups, keys)
    marked = shared.mutate(digit=shared.cell.abs() % DIGITS, own=(shared.body == body).cast("int64"))
    counted = marked.group_by(["own", "digit"]).aggregate(seen=_.count()).to_pyarrow().to_pylist()
    return _two(counted, "digit", DIGITS)


def _limits(lines: Lines, body: str) -> Row:
    """Return how results lie to their upper limits, in the body and among peers with the same tests."""
    cells = numbers(lines)
    limited = cells.filter(cells.limit_max.notnull() & (cells.limit_max > 0))
    groups = limited.filter(limited.body == body).select(*GROUP).distinct()
    shared = limited.semi_join(groups, list(GROUP))
    ratio = shared.value / shared.limit_max
    place = sum(((ratio > edge).cast("int64") for edge in LIMIT_EDGES[1:]), ibis.literal(0))
    marked = shared.mutate(place=place, own=(shared.body == body).cast("int64"))
    counted = marked.group_by(["own", "place"]).aggregate(seen=_.count()).to_pyarrow().to_pylist()
    return {"edges": list(LIMIT_EDGES), **_two(counted, "place", len(LIMIT_EDGES))}


def _two(counted: Sequence[Row], key: str, length: int) -> Row:
    found = {1: [0] * length, 0: [0] * length}
    for row in counted:
        found[row["own"]][int(row[key])] += row["seen"]
    return {"own": found[1], "peers": found[0]}
