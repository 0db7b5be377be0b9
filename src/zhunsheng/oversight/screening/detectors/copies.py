"""Equal and nearly equal results under different samples, scored by how surprising they are, not by their count."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from zhunsheng.foundation.stats.screening import excess_count_p, needed_bits
from zhunsheng.oversight.screening.detectors.base import (
    GROUP,
    MOST_REPORTS,
    Lines,
    Settings,
    Signal,
    numbers,
    reports_by_body,
)

PRIME: Final = 1_000_003
WEIGHT_BITS: Final = 31
WEIGHTS: Final = pa.schema(
    [("parameter", pa.string()), ("method", pa.string()), ("one_w", pa.int64()), ("two_w", pa.int64())]
)
Row = dict[str, Any]


def exact_copies(lines: Lines, settings: Settings) -> list[Signal]:
    """Find reports of one body with the same numbers for different samples: the same vector of three cells or more."""
    cells = numbers(lines)
    marked = _fingerprints(cells)
    keys = ("body", "object", "cells", "one", "two")
    groups = marked.group_by(keys).aggregate(
        reports=marked.report.nunique(), samples=ibis.coalesce(marked["sample"], marked.report).nunique()
    )
    groups = groups.filter((groups.reports > 1) & (groups.samples > 1))
    twins = marked.join(groups, list(keys)).select("report", "body", "object", "one", "two", "issued", "client")
    rows = twins.order_by(["body", "one", "two", "issued", "report"]).to_pyarrow().to_pylist()
    bits = _surprise(cells, twins)
    return _counted("exact_copies", rows, bits, reports_by_body(lines), settings, ("one", "two"))


def _fingerprints(cells: Lines) -> Lines:
    """Return one row a report with two sums over its cells that only equal vectors share, by plain whole numbers."""
    named = cells.select("parameter", "method").distinct().to_pyarrow().to_pylist()
    weights = [
        row | {"one_w": _weight("1", row), "two_w": _weight("2", row)}
        for row in sorted(named, key=lambda row: (row["parameter"], row["method"] or ""))
    ]
    table = ibis.memtable(pa.Table.from_pylist(weights, schema=WEIGHTS))
    joined = cells.join(table, ["parameter", "method"])
    small = (joined.cell % PRIME + PRIME) % PRIME
    joined = joined.mutate(one_t=(small + 1) * joined.one_w, two_t=(small + 7) * joined.two_w)
    summed = joined.group_by("report").aggregate(
        body=joined.body.min(), object=joined.object.min(), sample=joined["sample"].min(), client=joined.client.min(),
        issued=joined.issued.min(), cells=joined.count(), one=joined.one_t.sum(), two=joined.two_t.sum(),
    )  # fmt: skip
    return summed.filter(summed.cells >= 3)


def _weight(salt: str, row: Row) -> int:
    text = f"{salt}|{row['parameter']}|{row['method']}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:4]) >> (32 - WEIGHT_BITS) | 1


def _surprise(cells: Lines, twins: Lines) -> dict[str, float]:
    """Return for each of these reports the bits that its cells carry.

    A value's bits follow from how common it is among all bodies, or in the body itself, whichever makes it less
    surprising.
    """
    mine = cells.semi_join(twins, "report").select("report", "body", *GROUP, "cell")
    everywhere = cells.group_by([*GROUP, "cell"]).aggregate(seen=cells.count())
    totals = cells.group_by(list(GROUP)).aggregate(total=cells.count())
    at_home = cells.group_by(["body", *GROUP, "cell"]).aggregate(home=cells.count())
    at_home_totals = cells.group_by(["body", *GROUP]).aggregate(home_total=cells.count())
    joined = (
        mine.join(everywhere, [*GROUP, "cell"])
        .join(totals, list(GROUP))
        .join(at_home, ["body", *GROUP, "cell"])
        .join(at_home_totals, ["body", *GROUP])
    )
    rows = joined.select("report", "seen", "total", "home", "home_total").to_pyarrow().to_pylist()
    found: dict[str, float] = defaultdict(float)
    for row in rows:
        found[row["report"]] -= math.log2(max(row["seen"] / row["total"], row["home"] / row["home_total"]))
    return {key: round(value, 6) for key, value in found.items()}


def _counted(
    name: str, rows: Sequence[Row], bits: dict[str, float], reports: dict[str, int], settings: Settings,
    keys: tuple[str, ...],
) -> list[Signal]:  # fmt: skip
    """Return a signal for each body: how many reports repeat another one with more information than chance explains."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[(row["body"], row["object"], *(row[key] for key in keys))].append(row)
    count: dict[str, int] = defaultdict(int)
    named: dict[str, list[str]] = defaultdict(list)
    most: dict[str, float] = defaultdict(float)
    for (body, *_rest), members in sorted(groups.items(), key=lambda one: str(one[0])):
        carried = min(bits.get(row["report"], 0.0) for row in members)
        pairs = max(1.0, reports[body] * (reports[body] - 1) / 2)
        if carried >= needed_bits(pairs, settings["margin_bits"]):
            count[body] += len(members) - 1
            named[body] += [row["report"] for row in members]
            most[body] = max(most[body], carried)
    return signals_of_counts(name, count, reports, named, {body: {"bits": most[body]} for body in most})


def signals_of_counts(
    name: str,
    count: dict[str, int],
    exposure: dict[str, int] | dict[str, float],
    named: dict[str, list[str]],
    facts: dict[str, dict[str, Any]],
) -> list[Signal]:
    """Return one signal a body from counts of odd things and the exposure to them."""
    bodies = sorted(exposure)
    x = np.array([count.get(body, 0) for body in bodies], dtype=float)
    e = np.array([exposure[body] for body in bodies], dtype=float)
    p = excess_count_p(x, e)
    rate = float(np.sum(np.minimum(x, e)) / max(1.0, float(np.sum(e))))
    return [
        Signal(
            name, body, float(p[place]), float(x[place]), rate * float(e[place]), int(e[place]),
            reports=tuple(_first(named.get(body, ()))), facts=facts.get(body, {}),
        )
        for place, body in enumerate(bodies)
    ]  # fmt: skip


def _first(reports: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(reports))[:MOST_REPORTS]


def near_copies(lines: Lines, settings: Settings) -> list[Signal]:
    """Find reports of a body whose numbers all lie within a step or a few per cent of another's, for other samples."""
    cells = numbers(lines).select("report", "body", "client", "sample", "issued", *GROUP, "cell")
    nearness = _near_by_chance(cells, settings)
    pairs = _candidates(cells, settings)
    compared = _compared(cells, pairs, nearness, settings)
    rows = compared.to_pyarrow().to_pylist()
    reports = reports_by_body(lines)
    count: dict[str, int] = defaultdict(int)
    named: dict[str, list[str]] = defaultdict(list)
    later: set[str] = set()
    for row in sorted(rows, key=lambda row: (row["body"], -round(row["bits"], 6), row["first"], row["second"])):
        body = row["body"]
        pairs_of_body = max(1.0, reports[body] * (reports[body] - 1) / 2)
        if row["bits"] < needed_bits(pairs_of_body, settings["near_margin_bits"]):
            continue
        named[body] += [row["first"], row["second"]]
        if row["second"] not in later:
            later.add(row["second"])
            count[body] += 1
    return signals_of_counts("near_copies", count, reports, named, {})


def _tolerance(cell: Any, settings: Settings) -> Any:
    share = (cell.abs().cast("float64") * settings["near_share"]).floor().cast("int64")
    return ibis.greatest(share, ibis.literal(int(settings["near_steps"]), "int64"))


def _near_by_chance(cells: Lines, settings: Settings) -> Lines:
    """Return for each group of cells how often two reports in a row of one client are near each other.

    Over all bodies: what honest sameness of a client's product looks like. Between 1/(n+1) and 1.
    """
    order = ibis.window(group_by=["body", "client", *GROUP], order_by=["issued", "report"])
    chained = cells.mutate(before=cells.cell.lag().over(order))
    chained = chained.filter(chained.before.notnull())
    near = ((chained.cell - chained.before).abs() <= _tolerance(chained.cell, settings)).cast("int64")
    counted = chained.mutate(near=near).group_by(list(GROUP)).aggregate(pairs=_.count(), near=_.near.sum())
    return counted.mutate(chance=(counted.near + 1.0) / (counted.pairs + 1.0)).select(*GROUP, "chance")


def _candidates(cells: Lines, settings: Settings) -> Lines:
    """Return pairs of one body's reports that share two neighbouring cells on one of two coarse grids."""
    order = ibis.window(group_by=["report"], order_by=["parameter", "method"])
    plain = cells.filter(cells.cell > 0)
    log = plain.cell.cast("float64").ln() / (2.2 * settings["near_share"] + 1e-9)
    parts = []
    for shift in (0.0, 0.5):
        binned = plain.mutate(bin=(log + shift).floor().cast("int64"))
        linked = binned.mutate(
            next_parameter=binned.parameter.lead().over(order), next_bin=binned.bin.lead().over(order)
        )
        linked = linked.filter(linked.next_bin.notnull())
        keys = ["body", "object", "parameter", "bin", "next_parameter", "next_bin"]
        left = linked.select(*keys, first="report", first_sample="sample")
        right = linked.select(*keys, second="report", second_sample="sample")
        joined = left.join(right, keys)
        other = joined.first_sample.isnull() | joined.second_sample.isnull()
        joined = joined.filter((joined.first < joined.second) & (other | (joined.first_sample != joined.second_sample)))
        parts.append(joined.select("body", "first", "second"))
    return ibis.union(*parts, distinct=True)


def _compared(cells: Lines, pairs: Lines, nearness: Lines, settings: Settings) -> Lines:
    """Return the pairs whose every shared cell is near, with the bits that this carries."""
    left = cells.select("report", *GROUP, "cell").rename(first="report", one="cell")
    right = cells.select("report", *GROUP, "cell").rename(second="report", two="cell")
    joined = pairs.join(left, "first").join(right, ["second", *GROUP]).join(nearness, list(GROUP))
    apart = (joined.one - joined.two).abs()
    near = (apart <= _tolerance(ibis.greatest(joined.one, joined.two), settings)).cast("int64")
    joined = joined.mutate(near=near, carried=-joined.chance.log2())
    summed = joined.group_by(["body", "first", "second"]).aggregate(
        cells=joined.count(), near=joined.near.sum(), bits=(joined.carried * joined.near).sum()
    )
    return summed.filter((summed.cells >= int(settings["fewest_near_cells"])) & (summed.near == summed.cells))
