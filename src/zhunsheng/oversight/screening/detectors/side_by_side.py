"""Every report as one row: its most telling results beside each other, made once for all detectors that compare.

Each test (object, parameter, canonical unit) has a place; the telling ones, those
whose values differ most among all bodies, come first. Values stand in steps of the usual last digit of their test.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from threading import RLock
from typing import Any, Final, NamedTuple, TypeVar

import ibis
import pyarrow as pa
from ibis import _

from zhunsheng.oversight.screening.detectors import parts
from zhunsheng.oversight.screening.detectors.base import Lines, Settings, numbers, reports_by_body
from zhunsheng.oversight.screening.detectors.in_a_row import InARow
from zhunsheng.platform.lake import engines

TEST: Final = ("object", "parameter", "unit")
PLACES: Final = 10
"""How many results of a report are laid side by side; of more, the most telling ones."""

PRIME: Final = 1_000_003
WEIGHT_BITS: Final = 31
FEWEST_CELLS: Final = 3
HALF: Final = 0.5
LOG_PARTS: Final = 10**8
"""Logarithms are summed in whole parts of this: in whatever order an engine adds, the sum is the same."""

DIGITS: Final = 10
AHEAD_OF_UTC: Final = 8
_PLACED: Final = pa.schema(
    [
        *((key, pa.string()) for key in TEST),
        ("place", pa.int64()), ("grid", pa.float64()), ("one_w", pa.int64()), ("two_w", pa.int64()),
    ]
)  # fmt: skip
Row = dict[str, Any]
T = TypeVar("T")


class once(cached_property[T]):  # noqa: N801 - read as a word before what it marks
    """A property that is computed once, by one thread, while others that ask for what is shared wait."""

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        """Return what the property of an instance holds, or itself."""
        if instance is None:
            return self
        with instance.alone:
            return super().__get__(instance, owner)


class Divided(NamedTuple):
    """Rows as one table, and in parts of whole bodies: what compares rows of one body reads one part at a time."""

    whole: Any
    parts: list[Any]


class Prepared:
    """The lines of one screening and what several detectors need of them, each made once, on the lines' own engine."""

    def __init__(self, lines: Lines, settings: Settings) -> None:
        self.lines, self.settings = lines, settings
        self.alone = RLock()
        self._forget: list[Callable[[], None]] = []
        self._divided = engines.streams(lines)

    def keep(self, *tables: Any) -> Any:
        """Return the rows of the tables as one, computed once, one table after the other, and held until `release`."""
        held, forget = engines.hold(*tables)
        self._forget.append(forget)
        return held

    def by_leaf(self, lines: Lines) -> list[Any]:
        """Return lines in parts of whole reports."""
        return parts.by_leaf(lines, parts.LINES_AT_ONCE, self._leaves) if self._divided else [lines]

    def by_parameter(self, table: Any) -> Iterator[Any]:
        """Yield a table in parts of whole parameters, so that all bodies' rows of a test come together."""
        if self._divided:
            rows = table.group_by("parameter").aggregate(rows=_.count()).to_pyarrow().to_pylist()
            counts = {row["parameter"]: row["rows"] for row in rows}
            yield from parts.by_key(table, "parameter", counts, parts.REPORTS_AT_ONCE)
        else:
            yield table

    def settle(self, table: Any) -> Any:
        """Return the table held, on an engine whose planner unfolds nested steps until it runs out of memory."""
        return table if engines.streams(table) else self.keep(table)

    def beside(self, rows: pa.Table) -> Any:
        """Return rows of this process as a table that the lines can be joined with."""
        return engines.small_table(ibis.get_backend(self.lines), rows)

    def release(self) -> None:
        """Let the engine forget what it held."""
        while self._forget:
            self._forget.pop()()

    @property
    def large(self) -> bool:
        """Whether the lines are taken in parts."""
        return self._divided and self._leaves.lines > parts.LINES_AT_ONCE

    @once
    def _leaves(self) -> parts.Leaves:
        return parts.leaves_of(self.lines)

    @once
    def cells(self) -> Lines:
        """The lines whose value is a plain number on a known grid; what a line doesn't say is ""."""
        found = numbers(self.lines)
        return found.mutate({key: ibis.coalesce(found[key], "") for key in ("object", "method", "unit")})

    @once
    def reports_of(self) -> dict[str, int]:
        """How many reports each body has."""
        return reports_by_body(self.lines)

    @once
    def values_seen(self) -> Lines:
        """How often each value of each test was seen, over all bodies."""
        return self.keep(self.cells.group_by([*TEST, "step", "cell"]).aggregate(seen=_.count()))

    @once
    def tests(self) -> list[Row]:
        """Each test with its place (-1 for those not laid side by side), usual step and weights, in a fixed order."""
        seen = self.values_seen
        told = seen.group_by(list(TEST)).aggregate(
            total=seen.seen.sum(), spread=(seen.seen * seen.seen.cast("float64").ln()).sum().round(3)
        )
        steps = seen.group_by([*TEST, "step"]).aggregate(seen=seen.seen.sum()).to_pyarrow().to_pylist()
        grid: dict[tuple[str, ...], tuple[int, float]] = {}
        for row in steps:
            key = tuple(row[name] for name in TEST)
            grid[key] = max(grid.get(key, (0, 0.0)), (row["seen"], row["step"]))
        by_object: dict[str, list[Row]] = defaultdict(list)
        for row in told.to_pyarrow().to_pylist():
            by_object[row["object"]].append(row)
        found = []
        for rows in by_object.values():
            rows.sort(key=lambda row: (-round(_information(row), 2), row["parameter"], row["unit"]))
            for place, row in enumerate(rows):
                key = tuple(row[name] for name in TEST)
                found.append(
                    dict(zip(TEST, key, strict=True))
                    | {
                        "place": place if place < PLACES else -1, "grid": grid[key][1],
                        "one_w": _weight("1", key), "two_w": _weight("2", key),
                    }
                )  # fmt: skip
        return sorted(found, key=lambda row: tuple(row[name] for name in TEST))

    def keep_by_body(self, *tables: Any) -> Divided:
        """Return the rows of the tables, computed once and held until `release`: as one, and in parts of bodies."""
        count = 1
        if self._divided:
            marked = [parts.numbered(one, "body", self.reports_of, parts.REPORTS_AT_ONCE) for one in tables]
            tables, count = tuple(table for table, _count in marked), marked[0][1]
        if count == 1:
            held = self.keep(*tables)
            return Divided(held, [held])
        held, divided, forget = engines.hold_divided(tables, "part", count)
        self._forget.append(forget)
        return Divided(held, divided)

    @once
    def reports(self) -> Divided:
        """One row a report: v0, v1 … in steps (null where not measured), two sums only equal vectors share.

        `cells` counts all numbers, placed or not. Only those with three or more.
        """
        return self.keep_by_body(*(self._side_by_side(part) for part in self.by_leaf(self.cells)))

    def _side_by_side(self, cells: Lines) -> Any:
        joined = cells.join(self.beside(pa.Table.from_pylist(self.tests, schema=_PLACED)), list(TEST))
        small = (joined.cell % PRIME + PRIME) % PRIME
        joined = joined.mutate(
            one_t=(small + 1) * joined.one_w, two_t=(small + 7) * joined.two_w, x=(joined.value / joined.grid).round(6)
        )
        columns: dict[str, Any] = {
            f"v{n}": ibis.ifelse(joined.place == n, joined.x, ibis.null("float64")).max() for n in range(PLACES)
        }
        columns |= {key: joined[key].arbitrary() for key in ("report", "body", "client", "issued")}
        columns |= {key: joined[key].min() for key in ("object", "sample")}
        columns |= {"cells": joined.count(), "one": joined.one_t.sum(), "two": joined.two_t.sum()}
        summed = joined.group_by("leaf_index").aggregate(**columns)
        return summed.filter(summed.cells >= FEWEST_CELLS)

    @once
    def in_a_row(self) -> InARow:
        """What two reports in a row of one client have in common. A sample tested again is no pair."""
        return InARow.of([self._chained(part).to_pyarrow() for part in self.reports.parts], PLACES, LOG_PARTS)

    def _chained(self, reports: Lines) -> Any:
        names = [f"v{n}" for n in range(PLACES)]
        order = ibis.window(group_by=["body", "client", "object"], order_by=["issued", "leaf_index"])
        before = {f"b{n}": reports[name].lag().over(order) for n, name in enumerate(names)}
        chained = reports.mutate(sample_before=reports["sample"].lag().over(order), **before)
        chained = chained.filter((chained["sample"] != chained.sample_before).fill_null(True))
        sums: dict[str, Any] = {}
        for n, name in enumerate(names):
            one, two = chained[name], chained[f"b{n}"]
            both = one.notnull() & two.notnull()
            log = (ibis.greatest((one - two).abs(), HALF) / ibis.greatest((one.abs() + two.abs()) / 2, HALF)).ln()
            whole = ibis.ifelse(both, (log * LOG_PARTS).round().cast("int64"), ibis.null("int64"))
            square = ibis.ifelse(both, (log * log * LOG_PARTS).round().cast("int64"), ibis.null("int64"))
            sums[f"pairs_{n}"] = both.cast("int64").sum()
            sums[f"near_{n}"] = (both & near(one, two, self.settings)).cast("int64").sum()
            sums[f"log_{n}"] = whole.sum()
            sums[f"square_{n}"] = square.sum()
        return chained.group_by(["body", "client", "object"]).aggregate(**sums)

    @once
    def heads(self) -> Divided:
        """One row a report: body, signatory, day of issue, days until it came in, whether its dates are in disorder."""
        return self.keep_by_body(*(_heads(part) for part in self.by_leaf(self.lines)))

    @once
    def runs(self) -> Divided:
        """Distinct runs: lines of one instrument with one interval are one run; what has no length has no record."""
        lines = self.lines
        timed = lines.filter(
            lines.started.notnull()
            & lines.finished.notnull()
            & (lines.finished > lines.started)
            & lines.instrument.notnull()
        )
        divided = parts.by_day(timed, "started", parts.LINES_AT_ONCE) if self._divided else [timed]
        first = {name: _[name].min() for name in ("method", "parameter", "report", "analyst", "site")}
        keys = ["body", "instrument", "started", "finished"]
        return self.keep_by_body(*(part.group_by(keys).aggregate(**first) for part in divided))

    @once
    def of_the_house(self) -> Any:
        """For each body and object the quartiles of each place: low, mid, top, and of how many values (n)."""
        return self._quartiles(["body", "object"])

    @once
    def of_the_client(self) -> Any:
        """The same for each body, object and client that is named."""
        return self._quartiles(["body", "object", "client"])

    def _quartiles(self, keys: list[str]) -> Any:
        found = []
        for part in self.reports.parts:
            named = part.filter(part.client.notnull()) if "client" in keys else part
            sums: dict[str, Any] = {}
            for n in range(PLACES):
                sums[f"n{n}"] = named[f"v{n}"].count()
                sums[f"all{n}"] = named[f"v{n}"].quantile([0.25, 0.5, 0.75])
            grouped = named.group_by(keys).aggregate(**sums)
            columns = {
                f"{name}{n}": grouped[f"all{n}"][place].round(6)
                for n in range(PLACES)
                for place, name in enumerate(("low", "mid", "top"))
            }
            found.append(grouped.select(*keys, *(f"n{n}" for n in range(PLACES)), **columns))
        return self.keep(*found)

    @once
    def house_rules(self) -> set[tuple[str, str, str, str]]:
        """Body and test where nearly all last digits are 0 or 5, not so at the peers: rounding to halves or tens."""
        digit = self.cells.cell.abs() % DIGITS
        even = ((digit == 0) | (digit == DIGITS // 2)).cast("int64")
        counted = self.cells.mutate(even=even).group_by(["body", *TEST]).aggregate(cells=_.count(), even=_.even.sum())
        rows = counted.to_pyarrow().to_pylist()
        sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
        for row in rows:
            total = sums[tuple(row[key] for key in TEST)]
            total[0] += row["even"]
            total[1] += row["cells"]
        most = self.settings["round_digits_share"]
        found = set()
        for row in rows:
            even_all, cells_all = sums[tuple(row[key] for key in TEST)]
            peers = cells_all - row["cells"]
            if row["even"] >= most * row["cells"] and (not peers or (even_all - row["even"]) < most * peers):
                found.add((row["body"], *(row[key] for key in TEST)))
        return found

    @once
    def own_rounding(self) -> Lines:
        """The cells without those that a body rounds by a rule of its own."""
        if not self.house_rules:
            return self.cells
        rows = [dict(zip(("body", *TEST), one, strict=True)) for one in sorted(self.house_rules)]
        ruled = pa.Table.from_pylist(rows, schema=pa.schema([(key, pa.string()) for key in ("body", *TEST)]))
        return self.cells.anti_join(self.beside(ruled), ["body", *TEST])

    @once
    def ruled_places(self) -> set[tuple[str, str, int]]:
        """The same as body, object and place."""
        place = {tuple(row[key] for key in TEST): row["place"] for row in self.tests}
        return {(body, test[0], place[test]) for body, *test_ in self.house_rules for test in [tuple(test_)]}


def _heads(lines: Lines) -> Any:
    began, ended = local_day(lines.started), local_day(lines.finished)
    timed = lines.finished.notnull() & lines.started.notnull() & (lines.finished > lines.started)
    wrong = timed & ((lines.issued < ended) | (lines.received > began)).fill_null(False)
    late = local_day(lines.arrived).delta(lines.issued, unit="day")
    marked = lines.mutate(wrong=wrong.cast("int64"), timed=timed.cast("int64"), late=late.cast("int64"))
    return marked.group_by("leaf_index").aggregate(
        report=_.report.arbitrary(), body=_.body.arbitrary(), signatory=_.signatory.arbitrary(),
        issued=_.issued.arbitrary(), wrong=_.wrong.max(), timed=_.timed.max(), late=_.late.max(),
        site=_.site.arbitrary(),
    )  # fmt: skip


def local_day(moment: Any) -> Any:
    """Return the day in China's time of a moment in UTC."""
    return (moment + ibis.interval(hours=AHEAD_OF_UTC)).cast("date")


def near(one: Any, two: Any, settings: Settings) -> Any:
    """Return whether two values in steps lie within the steps or the share of each other that count as near."""
    share = ibis.greatest(one.abs(), two.abs()) * settings["near_share"]
    return (one - two).abs() <= ibis.greatest(share, ibis.literal(settings["near_steps"], "float64")) + 1e-6


def _information(row: Mapping[str, Any]) -> float:
    """Return a test's worth for telling reports apart: the entropy of its values, by how many there are."""
    total = float(row["total"])
    return total * math.log(total) - float(row["spread"])


def _weight(salt: str, key: Iterable[str]) -> int:
    text = "|".join([salt, *key]).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:4]) >> (32 - WEIGHT_BITS) | 1
