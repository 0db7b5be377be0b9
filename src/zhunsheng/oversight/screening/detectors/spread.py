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
from zhunsheng.oversight.screening.detectors.side_by_side import FEWEST_CELLS, PLACES, Prepared

Row = dict[str, Any]
CHI2_1_MEDIAN: Final = 0.4549
LEAST_VARIANCE: Final = 1e-6
FEWEST_CLIENTS: Final = 3
IN_PARTS: Final = 1000
FURTHEST: Final = 4 * IN_PARTS


def little_spread(prepared: Prepared) -> list[Signal]:
    """Find results of one client in a row that differ less than peers' do, over all that the body tests."""
    by_test: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in prepared.in_a_row:
        if row["client"] is None:  # nobody knows whose results these are: their spread says nothing
            continue
        for place in range(PLACES):
            pairs = row[f"pairs_{place}"] or 0
            ruled = (row["body"], row["object"], place) in prepared.ruled_places
            if pairs >= prepared.settings["fewest_pairs"] and not ruled:
                mean = row[f"log_{place}"] / pairs
                spread = max(row[f"square_{place}"] / pairs - mean**2, LEAST_VARIANCE)
                one = {"body": row["body"], "client": row["client"], "pairs": pairs}
                by_test[(row["object"], place)].append(one | {"mean": mean, "spread": spread})
    scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for key in sorted(by_test):
        for row, z in zip(by_test[key], against_usual(by_test[key]), strict=True):
            scores[row["body"]][row["client"]].append(z)
    bodies = sorted(scores)
    if not bodies:
        return []
    found = [_without_one_client(scores[body]) for body in bodies]
    total = np.array([sum(one) / np.sqrt(len(one)) for one in found])
    return signals_of_totals("little_spread", bodies, total, [len(one) for one in found])


def against_usual(rows: list[Row]) -> np.ndarray:
    """Return how far below the usual each client's mean log difference lies, in its own standard deviations."""
    means = np.array([row["mean"] for row in rows])
    pairs = np.array([row["pairs"] for row in rows], dtype=float)
    typical, within = float(np.median(means)), float(np.median([row["spread"] for row in rows]))
    seen = float(np.median((means - typical) ** 2)) / CHI2_1_MEDIAN
    between = max(0.0, seen - within / float(np.median(pairs)))
    return (typical - means) / np.sqrt(within / pairs + between)


def _without_one_client(scores: Mapping[str, Iterable[float]]) -> list[float]:
    """Return a score a client, without the one that speaks most for the sign: one good product is no sign."""
    by_client = sorted(float(np.sum(one := list(found)) / np.sqrt(len(one))) for found in scores.values())
    return by_client[:-1] if len(by_client) >= FEWEST_CLIENTS else by_client


def too_typical(prepared: Prepared) -> list[Signal]:
    """Find reports whose every result lies in the middle of the body's own distribution.

    The middle is narrower the fewer results a report has, so that by chance the same share of reports would lie in it.
    """
    settings = prepared.settings
    scaled, names = in_quartiles(prepared)
    known = [scaled[name].notnull().cast("int64") for name in names]
    scaled = scaled.mutate(known=reduce(add, known))
    scaled = scaled.filter(scaled.known >= FEWEST_CELLS)
    width = 2 * IN_PARTS * (ibis.literal(settings["typical_share"]).ln() / scaled.known).exp()
    furthest = ibis.greatest(*(ibis.coalesce(scaled[name].abs(), 0) for name in names))
    marked = scaled.mutate(typical=(furthest <= width).cast("int64"))
    counted = marked.group_by(["body", "client", "object", "known"]).aggregate(
        reports=_.count(), typical=_.typical.sum()
    )
    rows = _but_the_most_typical_client(counted.to_pyarrow().to_pylist())
    return weighed_against_peers("too_typical", rows, ("object", "known"), "typical", "reports")


def unlike_client(prepared: Prepared) -> list[Signal]:
    """Find reports that are unlike their client's others in most results, and like what is usual in the house.

    What is invented, or taken from elsewhere, knows the house and not the client.
    """
    scaled, names = in_quartiles(prepared, ("body", "object"))
    own, _names = in_quartiles(prepared, ("body", "object", "client"))
    own = own.select("leaf_index", **{f"c{n}": own[name] for n, name in enumerate(names)})
    both = scaled.join(own, "leaf_index")
    kept, apart = [], []
    for n, name in enumerate(names):
        known = both[name].notnull() & both[f"c{n}"].notnull()
        kept.append(known.cast("int64"))
        difference = both[f"c{n}"].abs().clip(upper=FURTHEST) - both[name].abs().clip(upper=FURTHEST)
        apart.append(ibis.ifelse(known, difference, 0))
    both = both.mutate(known=reduce(add, kept), apart=reduce(add, apart))
    both = prepared.keep(both.filter(both.known >= FEWEST_CELLS))
    usual = both.group_by(["object", "known"]).aggregate(
        furthest=both.apart.quantile(1 - prepared.settings["strange_share"]).round(3)
    )
    marked = both.join(usual, ["object", "known"])
    marked = marked.mutate(strange=((marked.apart > marked.furthest) & (marked.apart > 0)).cast("int64"))
    counted = marked.group_by(["body", "object", "known"]).aggregate(reports=_.count(), strange=_.strange.sum())
    return weighed_against_peers(
        "unlike_client", counted.to_pyarrow().to_pylist(), ("object", "known"), "strange", "reports"
    )


def in_quartiles(prepared: Prepared, keys: tuple[str, ...] = ("body", "object")) -> tuple[Any, list[str]]:
    """Return the reports with u0, u1 …: how far each result lies from the median of its group, in quartiles.

    In whole thousandths, whose sums are the same in whatever order an engine adds. Null where the group has few
    results of the test, or where a quarter of them are the median.
    """
    reports = prepared.reports
    if "client" in keys:
        reports = reports.filter(reports.client.notnull())
    fewest = int(prepared.settings["fewest_of_a_client" if "client" in keys else "fewest_reports"])
    sums: dict[str, Any] = {}
    for n in range(PLACES):
        value = reports[f"v{n}"]
        sums[f"n{n}"] = value.count()
        for name, level in (("low", 0.25), ("mid", 0.5), ("top", 0.75)):
            sums[f"{name}{n}"] = value.quantile(level).round(6)
    joined = reports.join(reports.group_by(list(keys)).aggregate(**sums), list(keys))
    scaled = {}
    for n in range(PLACES):
        value, low, mid, top = joined[f"v{n}"], joined[f"low{n}"], joined[f"mid{n}"], joined[f"top{n}"]
        usable = (joined[f"n{n}"] >= fewest) & (top > mid) & (mid > low)
        u = ibis.ifelse(value >= mid, (value - mid) / (top - mid), (value - mid) / (mid - low))
        scaled[f"u{n}"] = ibis.ifelse(usable, (u * IN_PARTS).round().cast("int64"), ibis.null("int64"))
    return joined.select("leaf_index", "report", "body", "client", "object", **scaled), list(scaled)


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
