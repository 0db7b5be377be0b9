"""Many short reports, each of which tells nothing: more pairs near each other than those a little apart foretell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import product
from operator import add
from typing import Any, Final, NamedTuple

import ibis
import pyarrow as pa
from ibis import _

from zhunsheng.foundation.stats.screening import cauchy_combination
from zhunsheng.oversight.screening.detectors.base import MOST_REPORTS, Signal
from zhunsheng.oversight.screening.detectors.counting import weighed_against_peers
from zhunsheng.oversight.screening.detectors.side_by_side import PLACES, Prepared

SHIFTS: Final = (0.137, 0.637)
"""Grids of the bins, off any round number; what a border of one parts stands together in the other."""

WIDTHS: Final = ("narrow_bin", "wide_bin")
NAME: Final = "close_pairs"
PRIME: Final = 1_000_003
WEIGHTS: Final = tuple((0x9E3779B1 * (2 * place + 1) * (place + 3)) % 0x7FFFFFFF | 1 for place in range(PLACES))
"""Odd numbers below 2³¹: sums of ten bins stay below 2⁵⁵, and hardly two vectors of bins share one."""

ALIKE: Final = ("body", "object", "known")
UNKNOWN: Final = -7
FEWEST_CLIENTS: Final = 3
MENTION: Final = 0.01
NOTHING: Final = 0.5
Row = dict[str, Any]


class Ruler(NamedTuple):
    """How near two values are: in steps, or where that is more in a share of the value (0: in steps alone)."""

    name: str
    share: float


def close_pairs(prepared: Prepared) -> list[Signal]:
    """Find bodies with more pairs of reports near each other in every result than those twice as far apart foretell.

    How many pairs of a body fall into one narrow bin, out of those in one wide bin, depends on neither its size nor
    how its clients differ, only on how smooth results are: that is held against peers with the same tests. Copies and
    templates that change every number a little make pairs that are near and not a little apart. Pairs within one
    client and across clients are counted by themselves, the client that speaks most for the sign left out.
    """
    binned = [prepared.keep(_binned(prepared, part)) for part in prepared.reports.parts]
    parts: list[tuple[str, list[Row]]] = []
    for ruler in _rulers(prepared):
        narrow, wide = narrow_and_wide(binned, ruler)
        parts += [(f"{ruler.name}_{kind}", rows) for kind, rows in _beside(narrow, wide).items()]
    found: dict[str, dict[str, Signal]] = defaultdict(dict)
    for name, rows in parts:
        least = prepared.settings["closeness_differs"]
        keys = ("object", "known")
        for one in weighed_against_peers(NAME, rows, keys, "near", "pairs", least_between=least, lone=True):
            found[one.body][name] = one
    named = _reports(prepared, binned, [body for body in sorted(found) if _p(found[body]) <= MENTION])
    return [_signal(body, found[body], named.get(body, ())) for body in sorted(found)]


def _p(parts: Mapping[str, Signal]) -> float:
    return cauchy_combination([min(parts[name].p, NOTHING) for name in sorted(parts)])


def _signal(body: str, parts: Mapping[str, Signal], named: Iterable[str]) -> Signal:
    first = min(sorted(parts), key=lambda name: float(f"{parts[name].p:.9g}"))
    one = parts[first]
    facts = {"pairs": first, "ruler": first.split("_", 1)[0]}
    return Signal(NAME, body, _p(parts), one.statistic, one.expected, one.n, reports=tuple(named), facts=facts)


def _rulers(prepared: Prepared) -> tuple[Ruler, ...]:
    return Ruler("steps", 0.0), Ruler("share", prepared.settings["near_share"])


def _binned(prepared: Prepared, reports: Any) -> Any:
    """Return the reports with numbers, one for each ruler, width and grid: those share it who share all bins.

    `known` counts the results that are compared: without those of a place that the body rounds by a rule of its own,
    which would make pairs by itself, and without values of hardly a step.
    """
    reports = _without_house_rules(prepared, reports)
    least = prepared.settings["narrow_bin"]  # nearer to nought values are alike by their nature
    found = [reports[f"v{place}"] for place in range(PLACES)]
    values = [ibis.ifelse(one.abs() >= least, one, ibis.null("float64")) for one in found]
    columns: dict[str, Any] = {}
    for ruler in _rulers(prepared):
        along = [_along(one, ruler) for one in values]
        for width in WIDTHS:
            for number, shift in enumerate(SHIFTS):
                bins = [(one / prepared.settings[width] + shift).floor().cast("int64") % PRIME for one in along]
                told = [one.fill_null(UNKNOWN) * WEIGHTS[place] for place, one in enumerate(bins)]
                columns[f"{ruler.name}_{width}_{number}"] = reduce(add, told)
    known = reduce(add, [one.notnull().cast("int64") for one in values])
    client = ibis.coalesce(reports.client, "")
    chosen = reports.select("body", "object", "report", client=client, known=known, **columns)
    return chosen.filter(chosen.known > 1)


def _along(value: Any, ruler: Ruler) -> Any:
    """Return where a value lies on a ruler whose unit is a step, or the share of the value where that is more."""
    if not ruler.share:
        return value
    at = value.abs() * ruler.share
    return ibis.ifelse(at <= 1, value.abs(), (1 + ibis.greatest(at, 1.0).ln()) / ruler.share)


def _without_house_rules(prepared: Prepared, reports: Any) -> Any:
    if not prepared.ruled_places:
        return reports
    ruled: dict[tuple[str, str], set[int]] = defaultdict(set)
    for body, what, place in prepared.ruled_places:
        ruled[(body, what)].add(place)
    rows = [
        {"body": body, "object": what} | {f"r{n}": n in places for n in range(PLACES)}
        for (body, what), places in sorted(ruled.items())
    ]
    beside = prepared.beside(pa.Table.from_pylist(rows)).rename({"ruled_body": "body", "ruled_object": "object"})
    joined = reports.left_join(beside, [reports.body == beside.ruled_body, reports.object == beside.ruled_object])
    nothing = ibis.null("float64")
    kept = {f"v{n}": ibis.ifelse(joined[f"r{n}"].fill_null(False), nothing, joined[f"v{n}"]) for n in range(PLACES)}
    return joined.select("body", "object", "report", "client", **kept)


def narrow_and_wide(binned: Sequence[Any], ruler: Ruler) -> tuple[dict[Any, float], dict[Any, float]]:
    """Return the pairs that share narrow bins, and for all that have any those that share wide ones.

    A pair may share a narrow bin across the border of two wide ones: then there are near ones among none.
    """
    narrow, wide = (_pairs(binned, f"{ruler.name}_{width}") for width in WIDTHS)
    return narrow, dict.fromkeys(narrow, 0.0) | wide


def _pairs(binned: Sequence[Any], column: str) -> dict[tuple[str, str, int, Any], float]:
    """Return by body, object, results and client (None: across clients) how many pairs share all bins."""
    found: dict[Any, float] = defaultdict(float)
    for part, number in product(binned, range(len(SHIFTS))):
        for row in _alike(part, f"{column}_{number}").to_pyarrow().to_pylist():
            found[(*(row[key] for key in ALIKE), row["client"])] += row["pairs"] / 2 / len(SHIFTS)
    return found


def _alike(binned: Any, bins: str) -> Any:
    """Return twice the pairs that share the bins of one column, within each client and across them (client: null).

    Most reports are alone in their bins, and are left out first.
    """
    shared = binned.group_by(["body", bins]).aggregate(n=_.count()).filter(_.n > 1)
    some = binned.semi_join(shared, ["body", bins])
    alike = some.group_by([*ALIKE, "client", bins]).aggregate(n=_.count())
    within = alike.group_by([*ALIKE, "client"]).aggregate(pairs=(_.n * (_.n - 1)).sum())
    apart = alike.group_by([*ALIKE, bins]).aggregate(n=_.n.sum(), own=(_.n * _.n).sum())
    across = apart.group_by(list(ALIKE)).aggregate(pairs=(_.n * _.n - _.own).sum())
    both = ibis.union(within, across.mutate(client=ibis.null("string")).select(within.columns))
    return both.filter(both.pairs > 0)


def _beside(narrow: Mapping[Any, float], wide: Mapping[Any, float]) -> dict[str, list[Row]]:
    """Return rows of near pairs and pairs for within clients, without the one that has most, and across them."""
    left_out = _speaking_most(narrow, wide)
    sums: dict[str, dict[Any, list[float]]] = {
        "within": defaultdict(lambda: [0.0, 0.0]),
        "across": defaultdict(lambda: [0.0, 0.0]),
    }
    for (body, what, known, client), pairs in wide.items():
        if client is not None and left_out.get(body) == client:
            continue
        total = sums["across" if client is None else "within"][(body, what, known)]
        total[0] += narrow.get((body, what, known, client), 0.0)
        total[1] += pairs
    return {
        kind: [
            {"body": body, "object": what, "known": known, "near": near, "pairs": pairs}
            for (body, what, known), (near, pairs) in sorted(rows.items())
            if pairs
        ]
        for kind, rows in sums.items()
    }


def _speaking_most(narrow: Mapping[Any, float], wide: Mapping[Any, float]) -> dict[str, str]:
    """Return of each body with several clients the one whose near pairs exceed most what all clients' would be."""
    usual: dict[tuple[str, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (_body, what, known, client), pairs in wide.items():
        if client is not None:
            usual[(what, known)][0] += narrow.get((_body, what, known, client), 0.0)
            usual[(what, known)][1] += pairs
    excess: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (body, what, known, client), pairs in wide.items():
        if client is not None and pairs:
            near, all_of = usual[(what, known)]
            excess[body][client] += narrow.get((body, what, known, client), 0.0) - pairs * near / all_of
    return {
        body: max(sorted(clients), key=lambda one: round(clients[one], 6))
        for body, clients in excess.items()
        if len(clients) >= FEWEST_CLIENTS
    }


def _reports(prepared: Prepared, binned: Sequence[Any], bodies: Sequence[str]) -> dict[str, list[str]]:
    """Return of each body the reports that share a narrow bin with few others, those with most results first."""
    if not bodies:
        return {}
    named: dict[str, list[str]] = defaultdict(list)
    for ruler, part in product(_rulers(prepared), binned):
        bins = f"{ruler.name}_{WIDTHS[0]}_0"
        some = part.filter(part.body.isin(list(bodies)))
        together = ibis.window(group_by=["body", "object", "known", bins])
        marked = some.mutate(n=some.report.count().over(together)).filter(_.n > 1)
        order = ibis.window(group_by="body", order_by=[ibis.desc("known"), "n", bins, "report"])
        first = marked.mutate(place=ibis.row_number().over(order)).filter(_.place < MOST_REPORTS // 2)
        for row in first.select("body", "place", "report").order_by(["body", "place"]).to_pyarrow().to_pylist():
            if row["report"] not in named[row["body"]]:
                named[row["body"]].append(row["report"])
    return named
