"""How often "not detected" is written: against peers with the same limit of quantification, and the body's own past."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from ibis import _

from zhunsheng.foundation.stats.screening import cauchy_combination, shared_rise, upper_tail
from zhunsheng.oversight.screening.detectors.base import GROUP, Signal
from zhunsheng.oversight.screening.detectors.counting import HONEST_TAIL, weighed_against_peers
from zhunsheng.oversight.screening.detectors.naming import MENTION, month_name
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

NAME: Final = "more_censored"
UNSAID: Final = -1.0
"""The limit of quantification where no line of a body's test states one."""

KEYS: Final = (*GROUP, "bound")
MIX_TAIL: Final = 4.0
"""Degrees of freedom of the tail of honest bodies: clients whose products lie near the limit make some far ones."""

FEWEST_MONTHS: Final = 3
FEWEST_LINES: Final = 20
Row = dict[str, Any]


def more_censored(prepared: Prepared) -> list[Signal]:
    """Find bodies that write "below the limit of quantification" more often than peers, or from some month on.

    A result nobody measured is most easily written as not detected. Bodies are held against those with the same test,
    method and limit of quantification, and against themselves: all tests of a body together, before and after.
    """
    whole: list[Row] = []
    rises: dict[str, Row] = {}
    for part in prepared.by_body(prepared.keep(_by_month(prepared))):
        rows = _with_one_bound(_in_order(part))
        whole += _summed(rows)
        rises |= _rises(rows)
    weighed = weighed_against_peers(NAME, _ever_censored(whole), KEYS, "censored", "lines", freedom=MIX_TAIL)
    against = {one.body: one for one in weighed}
    bodies = sorted(against)
    moved = [body for body in bodies if body in rises]
    sizes = np.array([rises[body]["size"] for body in moved])
    by_past = dict(zip(moved, upper_tail(sizes, freedom=HONEST_TAIL).tolist(), strict=True)) if moved else {}
    found = []
    for body in bodies:
        one = against[body]
        both = [one.p, by_past[body]] if body in by_past else [one.p]
        told = body in rises and rises[body]["since"]
        p = cauchy_combination(np.minimum(both, 0.5))
        named = ("since", "before", "after", *(("by_month",) if p <= MENTION else ()))
        facts = {key: rises[body][key] for key in named} if told else {}
        found.append(Signal(NAME, body, p, one.statistic, one.expected, one.n, facts=facts))
    return found


def _by_month(prepared: Prepared) -> Any:
    lines = prepared.lines
    told = lines.filter(lines.censor.isin(["", "<", "nd"]) & lines.issued.notnull())
    stated = told.loq.fill_null(UNSAID).round(9)
    bound = (told.loq.isnull() & (told.censor == "<") & told.value.notnull()).ifelse(told.value.round(9), stated)
    marked = told.mutate(
        bound=bound, censored=(told.censor != "").cast("int64"), month=told.issued.year() * 12 + told.issued.month()
    )
    return marked.group_by(["body", *KEYS, "month"]).aggregate(lines=_.count(), censored=_.censored.sum())


def _in_order(counted: Any) -> list[Row]:
    rows = counted.to_pyarrow().to_pylist()
    return sorted(rows, key=lambda row: (row["body"], *(str(row[key]) for key in KEYS), row["month"]))


def _with_one_bound(rows: Sequence[Row]) -> list[Row]:
    """Give lines that state no limit the only one that their body states in that test; leave out what stays unclear."""
    bounds: dict[tuple[Any, ...], set[float]] = defaultdict(set)
    for row in rows:
        if row["bound"] != UNSAID:
            bounds[_test(row)].add(row["bound"])
    found = []
    for row in rows:
        held = bounds.get(_test(row), set())
        if row["bound"] != UNSAID or not held:
            found.append(row)
        elif len(held) == 1:
            found.append(row | {"bound": next(iter(held))})
    return found


def _test(row: Row) -> tuple[Any, ...]:
    return (row["body"], *(row[key] for key in GROUP))


def _summed(rows: Sequence[Row]) -> list[Row]:
    """Return one row a body and test over all months."""
    sums: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(row[one] for one in KEYS)
        total = sums.setdefault((row["body"], *key), {"body": row["body"], **dict(zip(KEYS, key, strict=True))})
        total["lines"] = total.get("lines", 0) + row["lines"]
        total["censored"] = total.get("censored", 0) + int(row["censored"])
    return list(sums.values())


def _ever_censored(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of tests of which anybody ever censors anything."""
    ever = {tuple(row[one] for one in KEYS) for row in rows if row["censored"]}
    return [row for row in rows if tuple(row[one] for one in KEYS) in ever]


def _rises(rows: Sequence[Row]) -> dict[str, Row]:
    """Return for each body the moment from which its tests together are censored more than before."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        held[row["body"]].append(row)
    found = {}
    for body, mine in held.items():
        rise = _rise(mine)
        if rise:
            found[body] = rise
    return found


def _rise(rows: Sequence[Row]) -> Row | None:
    months = list(range(min(row["month"] for row in rows), max(row["month"] for row in rows) + 1))
    tests: dict[tuple[Any, ...], int] = {}
    for row in rows:
        tests.setdefault(tuple(row[key] for key in KEYS), len(tests))
    count, total = np.zeros((len(tests), len(months))), np.zeros((len(tests), len(months)))
    for row in rows:
        place = (tests[tuple(row[key] for key in KEYS)], row["month"] - months[0])
        count[place] += row["censored"]
        total[place] += row["lines"]
    ever = count.sum(axis=1) > 0
    if not ever.any():
        return None
    count, total = count[ever], total[ever]
    size, cut = shared_rise(count, total, FEWEST_MONTHS, FEWEST_LINES)
    if cut < 0:
        return {"size": 0.0, "since": "", "before": 0.0, "after": 0.0}
    shares = 100 * count.sum(axis=0) / np.maximum(total.sum(axis=0), 1)
    return {
        "size": size,
        "since": month_name(months[cut]),
        "before": round(float(count[:, :cut].sum() / total[:, :cut].sum()), 4),
        "after": round(float(count[:, cut:].sum() / total[:, cut:].sum()), 4),
        "by_month": {"months": [month_name(one) for one in months], "own": shares.round(1).tolist()},
    }
