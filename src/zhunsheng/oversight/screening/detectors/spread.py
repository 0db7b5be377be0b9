"""Too little spread, and too many reports in which all is as usual: what a hand writes that knows what is usual."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import add
from typing import Any, Final

import ibis
import numpy as np
from ibis import _

from zhunsheng.oversight.screening.detectors.base import Signal
from zhunsheng.oversight.screening.detectors.counting import signals_of_totals, weighed_against_peers
from zhunsheng.oversight.screening.detectors.in_a_row import InARow
from zhunsheng.oversight.screening.detectors.side_by_side import FEWEST_CELLS, PLACES, Prepared

Row = dict[str, Any]
CHI2_1_MEDIAN: Final = 0.4549
LEAST_VARIANCE: Final = 1e-6
FEWEST_CLIENTS: Final = 3
IN_PARTS: Final = 1000
FURTHEST: Final = 4 * IN_PARTS


def little_spread(prepared: Prepared) -> list[Signal]:
    """Find results of one client in a row that differ less than peers' do, over all that the body tests."""
    known = prepared.in_a_row
    scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    named = known.client != None  # noqa: E711 - nobody knows whose results the others are: their spread says nothing
    for tested in sorted(set(known.object)):
        rows = np.flatnonzero(named & (known.object == tested))
        for place in range(PLACES):
            enough = rows[known.pairs[rows, place] >= prepared.settings["fewest_pairs"]]
            ruled = [(body, tested, place) in prepared.ruled_places for body in known.body[enough]]
            enough = enough[~np.array(ruled, dtype=bool)]
            if len(enough):
                for row, z in zip(enough, _of_clients(known, enough, place), strict=True):
                    scores[known.body[row]][known.client[row]].append(float(z))
    bodies = sorted(scores)
    if not bodies:
        return []
    found = [_without_one_client(scores[body]) for body in bodies]
    total = np.array([sum(one) / np.sqrt(len(one)) for one in found])
    return signals_of_totals("little_spread", bodies, total, [len(one) for one in found])


def _of_clients(known: InARow, rows: np.ndarray, place: int) -> np.ndarray:
    pairs = known.pairs[rows, place].astype(float)
    means = known.log[rows, place] / pairs
    return against_usual(means, known.square[rows, place] / pairs - means**2, pairs)


def against_usual(means: np.ndarray, spread: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Return how far below the usual each mean log difference lies, in its own standard deviations.

    Args:
        means, spread: of the log differences of each client's or body's pairs, and their variance. pairs: how many.
    """
    typical, within = float(np.median(means)), float(np.median(np.maximum(spread, LEAST_VARIANCE)))
    seen = float(np.median((means - typical) ** 2)) / CHI2_1_MEDIAN
    between = max(0.0, seen - within / float(np.median(pairs)))
    return np.asarray((typical - means) / np.sqrt(within / pairs + between))


def _without_one_client(scores: Mapping[str, Iterable[float]]) -> list[float]:
    """Return a score a client, without the one that speaks most for the sign: one good product is no sign."""
    by_client = sorted(float(np.sum(one := list(found)) / np.sqrt(len(one))) for found in scores.values())
    return by_client[:-1] if len(by_client) >= FEWEST_CLIENTS else by_client


def too_typical(prepared: Prepared) -> list[Signal]:
    """Find reports whose every result lies in the middle of the body's own distribution.

    The middle is narrower the fewer results a report has, so that by chance the same share of reports would lie in it.
    """
    rows: list[Row] = []
    for part in prepared.reports.parts:
        rows += _but_the_most_typical_client(_typical_of(prepared, part))
    return weighed_against_peers("too_typical", rows, ("object", "known"), "typical", "reports")


def _typical_of(prepared: Prepared, reports: Any) -> list[Row]:
    """Return how many reports of each body, client and object have all results in the middle, by how many they have."""
    scaled, names = in_quartiles(prepared, reports)
    known = [scaled[name].notnull().cast("int64") for name in names]
    scaled = scaled.mutate(known=reduce(add, known))
    scaled = scaled.filter(scaled.known >= FEWEST_CELLS)
    width = 2 * IN_PARTS * (ibis.literal(prepared.settings["typical_share"]).ln() / scaled.known).exp()
    furthest = ibis.greatest(*(ibis.coalesce(scaled[name].abs(), 0) for name in names))
    marked = scaled.mutate(typical=(furthest <= width).cast("int64"))
    counted = marked.group_by(["body", "client", "object", "known"]).aggregate(
        reports=_.count(), typical=_.typical.sum()
    )
    rows: list[Row] = counted.to_pyarrow().to_pylist()
    return rows


def unlike_client(prepared: Prepared) -> list[Signal]:
    """Find reports that are unlike their client's others in most results, and like what is usual in the house.

    What is invented, or taken from elsewhere, knows the house and not the client.
    """
    both = prepared.keep(*(_apart(prepared, part) for part in prepared.reports.parts))
    usual = both.group_by(["object", "known"]).aggregate(
        furthest=both.apart.quantile(1 - prepared.settings["strange_share"]).round(3)
    )
    marked = both.join(usual, ["object", "known"])
    marked = marked.mutate(strange=((marked.apart > marked.furthest) & (marked.apart > 0)).cast("int64"))
    counted = marked.group_by(["body", "object", "known"]).aggregate(reports=_.count(), strange=_.strange.sum())
    return weighed_against_peers(
        "unlike_client", counted.to_pyarrow().to_pylist(), ("object", "known"), "strange", "reports"
    )


def _apart(prepared: Prepared, reports: Any) -> Any:
    """Return each report's distance from its client's others beyond that from the house's, over its `known` results."""
    house, names = in_quartiles(prepared, reports)
    named = house.filter(house.client.notnull())
    scaled, own_names = in_quartiles(prepared, named, ("body", "object", "client"), letter="c")
    kept, apart = [], []
    for house_name, own_name in zip(names, own_names, strict=True):
        in_house, own = scaled[house_name], scaled[own_name]
        known = in_house.notnull() & own.notnull()
        kept.append(known.cast("int64"))
        difference = own.abs().clip(upper=FURTHEST) - in_house.abs().clip(upper=FURTHEST)
        apart.append(ibis.ifelse(known, difference, 0))
    both = scaled.select("body", "object", known=reduce(add, kept), apart=reduce(add, apart))
    return both.filter(both.known >= FEWEST_CELLS)


def in_quartiles(
    prepared: Prepared, reports: Any, keys: tuple[str, ...] = ("body", "object"), *, letter: str = "u"
) -> tuple[Any, list[str]]:
    """Return the reports with u0, u1 …: how far each result lies from the median of its group, in quartiles.

    In whole thousandths, whose sums are the same in whatever order an engine adds. Null where the group has few
    results of the test, or where a quarter of them are the median.
    """
    of_client = "client" in keys
    fewest = int(prepared.settings["fewest_of_a_client" if of_client else "fewest_reports"])
    joined = reports.join(prepared.of_the_client if of_client else prepared.of_the_house, list(keys))
    scaled = {}
    for n in range(PLACES):
        value, low, mid, top = joined[f"v{n}"], joined[f"low{n}"], joined[f"mid{n}"], joined[f"top{n}"]
        usable = (joined[f"n{n}"] >= fewest) & (top > mid) & (mid > low)
        u = ibis.ifelse(value >= mid, (value - mid) / (top - mid), (value - mid) / (mid - low))
        scaled[f"{letter}{n}"] = ibis.ifelse(usable, (u * IN_PARTS).round().cast("int64"), ibis.null("int64"))
    return joined.select(*reports.columns, **scaled), list(scaled)


def _but_the_most_typical_client(rows: list[Row]) -> list[Row]:
    """Leave out of each body with several clients the one with most typical reports, and add up the others."""
    typical: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        typical[row["body"]][row["client"] or ""] += row["typical"]
    most = {
        body: max(sorted(clients), key=lambda client: clients[client])
        for body, clients in typical.items()
        if len(clients) >= FEWEST_CLIENTS
    }
    sums: dict[tuple[str, str, int], Row] = {}
    for row in rows:
        if most.get(row["body"]) == (row["client"] or ""):
            continue
        key = (row["body"], row["object"], row["known"])
        total = sums.setdefault(key, {"body": key[0], "object": key[1], "known": key[2], "reports": 0, "typical": 0})
        total["reports"] += row["reports"]
        total["typical"] += row["typical"]
    return [sums[key] for key in sorted(sums)]
