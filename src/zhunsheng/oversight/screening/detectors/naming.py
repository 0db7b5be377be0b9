"""Which reports an officer reads first for a sign: asked of the engine only for the few bodies that show it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import ibis
from ibis import _

from zhunsheng.oversight.screening.detectors.base import MOST_REPORTS, Signal

MENTION: Final = 0.01
"""Reports are named of bodies whose sign is at least as rare as this."""


def month_name(month: int) -> str:
    """Return a month that is counted as year times twelve and its number."""
    return f"{(month - 1) // 12}-{(month - 1) % 12 + 1:02d}"


def with_reports(found: Sequence[Signal], odd: Callable[[list[str]], Any], order: Sequence[Any] = ()) -> list[Signal]:
    """Return the signals, those of telling bodies with their reports.

    Args:
        odd: gives for some bodies a table with body and report, a row for each report to look at.
        order: columns of that table by which the first are chosen, before the report's own digest.
    """
    telling = [one.body for one in found if one.p <= MENTION]
    if not telling:
        return list(found)
    table = odd(telling)
    table = table.filter(table.body.isin(telling))
    by_body = ibis.window(group_by="body", order_by=[*order, "report"])
    first = table.mutate(place=ibis.row_number().over(by_body)).filter(_.place < MOST_REPORTS)
    named: dict[str, list[str]] = defaultdict(list)
    for row in first.select("body", "place", "report").order_by(["body", "place"]).to_pyarrow().to_pylist():
        if row["report"] not in named[row["body"]]:
            named[row["body"]].append(row["report"])
    return [replace(one, reports=tuple(named[one.body])) if one.body in named else one for one in found]
