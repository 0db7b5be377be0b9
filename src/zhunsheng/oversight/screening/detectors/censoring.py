"""How often "not detected" is written: against peers with the same limit of quantification, and the body's own past."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
from ibis import _

from zhunsheng.foundation.stats.screening import cauchy_combination, shared_rise, upper_tail
from zhunsheng.oversight.screening.detectors.base import GROUP, Signal
from zhunsheng.oversight.screening.detectors.coded import codes_of, column, together
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
    for part in prepared.keep_by_body(_by_month(prepared)).parts:
        counted = _counted(part.to_pyarrow())
        whole += counted.summed()
        rises |= counted.rises()
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


class Counts(NamedTuple):
    """Lines and censored ones by month, of some bodies: columns of one length, and the keys that they point to.

    `key` points to `keys` (body and test with its limit, in order), `body` to `bodies`.
    """

    keys: list[Row]
    bodies: list[str]
    key: np.ndarray
    body: np.ndarray
    month: np.ndarray
    lines: np.ndarray
    censored: np.ndarray

    def summed(self) -> list[Row]:
        """Return one row a body and test over all months."""
        lines = np.bincount(self.key, self.lines, len(self.keys))
        censored = np.bincount(self.key, self.censored, len(self.keys))
        rows = zip(self.keys, lines.tolist(), censored.tolist(), strict=True)
        return [key | {"lines": int(n), "censored": int(below)} for key, n, below in rows]

    def rises(self) -> dict[str, Row]:
        """Return for each body the moment from which its tests together are censored more than before."""
        found = {}
        order = np.argsort(self.body, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(self.body[order])) + 1):
            if len(rows) and (rise := self._rise(rows)):
                found[self.bodies[self.body[rows[0]]]] = rise
        return found

    def _rise(self, rows: np.ndarray) -> Row | None:
        first, last = int(self.month[rows].min()), int(self.month[rows].max())
        tests, at = np.unique(self.key[rows], return_inverse=True)
        held = np.zeros((2, len(tests), last - first + 1))
        for table, values in zip(held, (self.censored, self.lines), strict=True):
            np.add.at(table, (at, self.month[rows] - first), values[rows])
        count, total = held[:, held[0].sum(axis=1) > 0]
        return _shift(count, total, [month_name(month) for month in range(first, last + 1)]) if len(count) else None


def _counted(table: pa.Table) -> Counts:
    """Return the counts with lines that state no limit under the only one that their body states in that test.

    What stays unclear is left out.
    """
    body, bodies = codes_of(table["body"])
    test, _first = together([body, *(codes_of(table[name])[0] for name in GROUP)])
    bound = column(table, "bound").astype(float)
    stated = bound != UNSAID
    low, high = np.full(len(test), np.inf), np.full(len(test), -np.inf)
    np.minimum.at(low, test[stated], bound[stated])
    np.maximum.at(high, test[stated], bound[stated])
    one, none = low[test] == high[test], np.isinf(low[test])
    bound = np.where(~stated & one, low[test], bound)
    kept = np.flatnonzero(stated | one | none)
    key, first = together([test[kept], np.unique(bound[kept], return_inverse=True)[1]])
    firsts = table.select(["body", *GROUP]).take(kept[first]).to_pylist()
    keys = [row | {"bound": float(one)} for row, one in zip(firsts, bound[kept][first], strict=True)]
    numbers = {name: column(table, name)[kept].astype(np.int64) for name in ("month", "lines", "censored")}
    return Counts(keys, bodies.to_pylist(), key, body[kept], **numbers)


def _ever_censored(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of tests of which anybody ever censors anything."""
    ever = {tuple(row[one] for one in KEYS) for row in rows if row["censored"]}
    return [row for row in rows if tuple(row[one] for one in KEYS) in ever]


def _shift(count: np.ndarray, total: np.ndarray, months: Sequence[str]) -> Row:
    """Return how much more is censored from which month on, of tests that ever are; arrays of shape (tests, months)."""
    size, cut = shared_rise(count, total, FEWEST_MONTHS, FEWEST_LINES)
    if cut < 0:
        return {"size": 0.0, "since": "", "before": 0.0, "after": 0.0}
    shares = 100 * count.sum(axis=0) / np.maximum(total.sum(axis=0), 1)
    return {
        "size": size,
        "since": months[cut],
        "before": round(float(count[:, :cut].sum() / total[:, :cut].sum()), 4),
        "after": round(float(count[:, cut:].sum() / total[:, cut:].sum()), 4),
        "by_month": {"months": list(months), "own": shares.round(1).tolist()},
    }
