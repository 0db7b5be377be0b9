"""Equal and nearly equal results under different samples, scored by how surprising they are, not by their count."""

import math
import operator
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, Final

import ibis
import pyarrow as pa
from ibis import _

from zhunsheng.foundation.stats.screening import needed_bits
from zhunsheng.oversight.screening.detectors.base import Settings, Signal
from zhunsheng.oversight.screening.detectors.counting import signals_of_counts
from zhunsheng.oversight.screening.detectors.in_a_row import InARow
from zhunsheng.oversight.screening.detectors.side_by_side import PLACES, TEST, Prepared, near

BLOCKS: Final = ((0, 1, 2), (3, 4, 5), (1, 2, 3), (0, 4, 5))
"""Places whose coarse values are the same in two reports make them candidates; the next place orders them."""

NEIGHBOURS: Final = 3
SHIFTS: Final = (0.137, 0.637)
"""Two coarse grids: what a border of one parts stands together in the other. Off any round number on purpose."""

LEAST_PAIR_BITS: Final = 8.0
"""Pairs with fewer bits than this and the margin are of no use to any body, and needn't be weighed one by one."""

HOME_PAIRS: Final = 10.0
"""A client's own sameness counts by as many pairs as it has, its peers' by so many."""

Row = dict[str, Any]


def exact_copies(prepared: Prepared) -> list[Signal]:
    """Find reports of one body with the same numbers for different samples: the same vector of three cells or more."""
    rows = _twins(prepared)
    bits = _surprise(prepared, rows)
    return _counted("exact_copies", rows, bits, prepared)


def _twins(prepared: Prepared) -> list[Row]:
    keys = ["body", "object", "cells", "one", "two"]
    rows = [row for part in prepared.reports.parts for row in _twins_among(part, keys)]
    return sorted(rows, key=lambda row: (*(row[key] for key in keys), str(row["issued"]), row["report"]))


def _twins_among(reports: Any, keys: list[str]) -> list[Row]:
    groups = reports.group_by(keys).aggregate(
        reports=reports.leaf_index.nunique(), samples=ibis.coalesce(reports["sample"], reports.report).nunique()
    )
    groups = groups.filter((groups.reports > 1) & (groups.samples > 1))
    twins = reports.join(groups, keys).select("leaf_index", "report", *keys, "issued")
    rows: list[Row] = twins.to_pyarrow().to_pylist()
    return rows


def _surprise(prepared: Prepared, rows: Sequence[Row]) -> dict[str, float]:
    """Return for each of these reports the bits that its cells carry.

    A value's bits follow from how common it is among all bodies, or in the body itself, whichever makes it less
    surprising.
    """
    if not rows:
        return {}
    wanted = prepared.beside(pa.table({"leaf_index": sorted({row["leaf_index"] for row in rows})}))
    cells, seen = prepared.cells, prepared.values_seen
    mine = prepared.keep(
        cells.semi_join(wanted, "leaf_index").select("leaf_index", "report", "body", *TEST, "step", "cell")
    )
    totals = seen.group_by(list(TEST)).aggregate(total=seen.seen.sum())
    homely = cells.semi_join(mine, ["body", *TEST])
    home_totals = homely.group_by(["body", *TEST]).aggregate(home_total=homely.count())
    same = homely.semi_join(mine, ["body", *TEST, "cell"])
    home = same.group_by(["body", *TEST, "cell"]).aggregate(home=same.count())
    joined = (
        mine.join(seen, [*TEST, "step", "cell"])
        .join(totals, list(TEST))
        .join(home, ["body", *TEST, "cell"])
        .join(home_totals, ["body", *TEST])
    )
    found: dict[str, float] = defaultdict(float)
    columns = joined.select("report", "seen", "total", "home", "home_total").to_pyarrow().to_pylist()
    for row in columns:
        found[row["report"]] -= math.log2(max(row["seen"] / row["total"], row["home"] / row["home_total"]))
    return {key: round(value, 6) for key, value in found.items()}


def _counted(name: str, rows: Sequence[Row], bits: dict[str, float], prepared: Prepared) -> list[Signal]:
    """Return a signal for each body: how many reports repeat another one with more information than chance explains."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[(row["body"], row["object"], row["one"], row["two"])].append(row)
    reports = prepared.reports_of
    count: dict[str, int] = defaultdict(int)
    named: dict[str, list[str]] = defaultdict(list)
    most: dict[str, float] = defaultdict(float)
    for (body, *_rest), members in sorted(groups.items(), key=lambda one: str(one[0])):
        carried = min(bits.get(row["report"], 0.0) for row in members)
        if carried >= _needed(reports[body], prepared.settings["margin_bits"]):
            count[body] += len(members) - 1
            named[body] += [row["report"] for row in members]
            most[body] = max(most[body], carried)
    return signals_of_counts(name, count, reports, named, {body: {"bits": most[body]} for body in most})


def _needed(reports: int, margin: float) -> float:
    return needed_bits(max(1.0, reports * (reports - 1) / 2), margin)


def near_copies(prepared: Prepared) -> list[Signal]:
    """Find reports of a body whose numbers nearly all lie within a step or a few per cent of another's."""
    settings, reports = prepared.settings, prepared.reports_of
    known = prepared.in_a_row
    usual, home = _usual_nearness(known), known.places_of()
    pairs = []
    for row in (row for part in prepared.reports.parts for row in _compared(prepared, part, usual)):
        at_home = home.get((row["body"], row["object"], row["client"]))
        bits = _bits(row, usual[row["object"]], known, at_home)
        if bits >= _needed(reports[row["body"]], settings["near_margin_bits"]):
            pairs.append((row["body"], -bits, row["first"], row["second"]))
    count: dict[str, int] = defaultdict(int)
    named: dict[str, list[str]] = defaultdict(list)
    most: dict[str, float] = {}
    later: set[str] = set()
    for body, minus_bits, first, second in sorted(pairs):
        named[body] += [first, second]
        most.setdefault(body, -minus_bits)
        if second not in later:
            later.add(second)
            count[body] += 1
    return signals_of_counts("near_copies", count, reports, named, {body: {"bits": most[body]} for body in most})


def _usual_nearness(known: InARow) -> dict[str, list[float]]:
    """Return for each object and place how often two reports in a row of one client are near each other, at all bodies.

    What honest sameness of a client's product looks like; between 1/(n+1) and 1.
    """
    found = {}
    for tested in sorted(set(known.object)):
        rows = known.object == tested
        near_by, pairs = known.near[rows].sum(axis=0), known.pairs[rows].sum(axis=0)
        found[str(tested)] = [float(share) for share in (near_by + 1.0) / (pairs + 1.0)]
    return found


def _candidates(reports: Any, settings: Settings) -> Any:
    """Return pairs of one body's reports that share three coarse values on one of two grids, neighbours by a fourth.

    Each report is held against the few before it in that order: the work grows as the number of reports, however
    many of them are alike.
    """
    width = 2.2 * settings["near_share"]
    parts = []
    for block in BLOCKS:
        some = reports.filter([reports[f"v{place}"] > 0 for place in block])
        others = [f"v{place}" for place in range(PLACES) if place not in block]
        logs = {f"l{n}": some[f"v{place}"].ln() / width for n, place in enumerate(block)}
        some = some.select("body", "object", "leaf_index", by=ibis.coalesce(*(some[name] for name in others)), **logs)
        for shift in SHIFTS:
            bins = {f"bin{n}": (some[f"l{n}"] + shift).floor().cast("int64") for n in range(len(block))}
            binned = some.select("body", "object", "leaf_index", "by", **bins)
            order = ibis.window(group_by=["body", "object", *bins], order_by=["by", "leaf_index"])
            before = {f"before_{back}": binned.leaf_index.lag(back).over(order) for back in range(1, NEIGHBOURS + 1)}
            linked = binned.mutate(**before).filter(_.before_1.notnull())
            parts += [
                linked.filter(linked[back].notnull()).select(one=linked[back], two=linked.leaf_index) for back in before
            ]
    pairs = ibis.union(*parts, distinct=False)
    return pairs.select(one=ibis.least(pairs.one, pairs.two), two=ibis.greatest(pairs.one, pairs.two)).distinct()


def _compared(prepared: Prepared, reports: Any, usual: Mapping[str, Sequence[float]]) -> list[Row]:
    """Return the pairs nearly all of whose results are near, if by peers' sameness alone they carry bits enough."""
    settings, places = prepared.settings, range(PLACES)
    side = reports.select("body", "object", "client", "leaf_index", "sample", "report", *_names("v"))
    left = side.rename({"one": "leaf_index", "sample_one": "sample", "first": "report"} | _renamed("a"))
    right = side.select("leaf_index", "sample", "report", "client", *_names("v"))
    right = right.rename({"two": "leaf_index", "sample_two": "sample", "second": "report"} | _renamed("b"))
    joined = prepared.settle(_candidates(reports, settings)).join(left.drop("client"), "one").join(right, "two")
    joined = prepared.settle(joined.filter((joined.sample_one != joined.sample_two).fill_null(True)))
    marks = {f"n{n}": near(joined[f"a{n}"], joined[f"b{n}"], settings).fill_null(False).cast("int64") for n in places}
    known = {f"k{n}": (joined[f"a{n}"].notnull() | joined[f"b{n}"].notnull()).cast("int64") for n in places}
    kept = ("body", "object", "client", "first", "second", "one", "two")
    marked = prepared.settle(joined.select(*kept, **marks, **known))
    marked = prepared.settle(marked.select(*kept, *marks, near=_sum(marked, marks), known=_sum(marked, known)))
    apart = marked.known - marked.near
    marked = marked.filter(
        (marked.near >= int(settings["fewest_near_cells"])) & (apart <= int(settings["most_apart_cells"]))
    )
    weighed = marked.join(prepared.beside(_bits_by_peers(usual)), "object")
    carried = [weighed[f"n{n}"].cast("float64") * weighed[f"bits_{n}"] for n in places]
    weighed = weighed.mutate(bits=reduce(operator.add, carried))
    weighed = weighed.filter(weighed.bits >= settings["near_margin_bits"] + LEAST_PAIR_BITS)
    rows: list[Row] = (
        weighed.select("body", "object", "client", "first", "second", "one", "two", "near", "known", *marks)
        .to_pyarrow()
        .to_pylist()
    )
    return rows


def _names(letter: str) -> list[str]:
    return [f"{letter}{place}" for place in range(PLACES)]


def _renamed(letter: str) -> dict[str, str]:
    return dict(zip(_names(letter), _names("v"), strict=True))


def _sum(table: Any, names: Iterable[str]) -> Any:
    return reduce(operator.add, (table[name] for name in names))


def _bits_by_peers(usual: Mapping[str, Sequence[float]]) -> pa.Table:
    """Return for each object the bits that each place's nearness carries by all bodies' sameness."""
    rows = [
        {"object": key} | {f"bits_{place}": round(-math.log2(chance), 6) for place, chance in enumerate(chances)}
        for key, chances in sorted(usual.items())
    ]
    fields = [("object", pa.string()), *((name, pa.float64()) for name in _names("bits_"))]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def _bits(row: Row, usual: Sequence[float], known: InARow, at_home: int | None) -> float:
    """Return the bits of a pair: by the client's own sameness where it is greater than its peers', less the choice.

    Which results may be apart is a choice, and costs as many bits as there were ways to choose.
    """
    bits = -math.log2(math.comb(row["known"], row["known"] - row["near"]))
    for place, chance in enumerate(usual):
        if row[f"n{place}"]:
            alike, pairs = (0, 0) if at_home is None else (known.near[at_home, place], known.pairs[at_home, place])
            own = float((alike + HOME_PAIRS * chance) / (pairs + HOME_PAIRS))
            bits -= math.log2(max(chance, own))
    return round(bits, 6)
