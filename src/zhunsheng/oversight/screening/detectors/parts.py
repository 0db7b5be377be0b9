"""A large lake in parts: ranges of leaves, days or bodies, so that what one step holds in memory stays bounded.

Every part is whole in itself: a report lies in one range of leaves, a run in one day, and what compares reports of one
body needs that body alone. A cluster divides its work itself and gets one part.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

import ibis
from ibis import _

LINES_AT_ONCE: Final = 6_000_000
REPORTS_AT_ONCE: Final = 1_000_000
ONE_DAY: Final = timedelta(days=1)
MOMENT: Final = "timestamp('UTC')"


class Leaves(NamedTuple):
    """How many lines there are, and their first and last leaf."""

    lines: int
    first: int
    last: int


def leaves_of(lines: Any) -> Leaves:
    """Return the extent of some lines; nought where there are none."""
    found = lines.aggregate(lines=_.count(), first=_.leaf_index.min(), last=_.leaf_index.max()).to_pyarrow()
    return Leaves(*(found[name][0].as_py() or 0 for name in ("lines", "first", "last")))


def by_leaf(lines: Any, most: int, leaves: Leaves) -> list[Any]:
    """Return lines within an extent in ranges of leaves of about as many lines each."""
    count = -(-leaves.lines // most)
    if count <= 1:
        return [lines]
    width = -(-(leaves.last - leaves.first + 1) // count)
    starts = range(leaves.first, leaves.last + 1, width)
    return [lines.filter((lines.leaf_index >= low) & (lines.leaf_index < low + width)) for low in starts]


def by_day(lines: Any, column: str, most: int) -> list[Any]:
    """Return the lines whose moment in a column is known, in ranges of whole days of about as many lines each."""
    known = lines.filter(lines[column].notnull())
    days = known.group_by(day=known[column].cast("date")).aggregate(lines=_.count()).to_pyarrow().to_pylist()
    ranges = list(_ranges({row["day"]: row["lines"] for row in days}, most))
    if len(ranges) <= 1:
        return [known]
    moment = known[column]  # compared as it stands, so that an engine skips the files of other days
    return [known.filter((moment >= _midnight(low)) & (moment < _midnight(high + ONE_DAY))) for low, high in ranges]


def by_key(table: Any, column: str, counts: Mapping[str, int], most: int) -> Iterator[Any]:
    """Yield the table in ranges of one column's keys that count about as much each; a key is never divided."""
    ranges = list(_ranges(counts, most))
    if len(ranges) <= 1:
        yield table
        return
    for low, high in ranges:
        yield table.filter((table[column] >= low) & (table[column] <= high))


def numbered(table: Any, column: str, counts: Mapping[str, int], most: int) -> tuple[Any, int]:
    """Return the table with `part`, the number of the range in which a key lies, and how many ranges there are."""
    last = [high for _low, high in _ranges(counts, most)]
    if len(last) <= 1:
        return table, 1
    within = [(table[column] <= high, number) for number, high in enumerate(last[:-1])]
    return table.mutate(part=ibis.cases(*within, else_=len(last) - 1)), len(last)


def _midnight(day: date) -> Any:
    return ibis.literal(datetime.combine(day, time.min, UTC), MOMENT)


def _ranges(counts: Mapping[Any, int], most: int) -> Iterator[tuple[Any, Any]]:
    """Yield the first and last key of neighbours whose counts add up to at most `most`, or of one key with more."""
    low = high = None
    total = 0
    for key in sorted(counts):
        if low is not None and total + counts[key] > most:
            yield low, high
            low, total = None, 0
        low, high, total = key if low is None else low, key, total + counts[key]
    if low is not None:
        yield low, high
