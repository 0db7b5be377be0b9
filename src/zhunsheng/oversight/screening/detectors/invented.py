"""Reports that know the house and not the client: how much likelier a guess wrote them than a sample."""

from functools import reduce
from operator import add
from typing import Any, Final

import ibis
from ibis import _

from zhunsheng.oversight.screening.detectors.base import Signal
from zhunsheng.oversight.screening.detectors.counting import weighed_against_peers
from zhunsheng.oversight.screening.detectors.naming import with_reports
from zhunsheng.oversight.screening.detectors.side_by_side import FEWEST_CELLS, PLACES, Prepared

QUARTILE: Final = 0.6745
FURTHEST: Final = 4.0
PARTS: Final = 1000


def guessed_values(prepared: Prepared) -> list[Signal]:
    """Find reports that a guess at what is usual in the house explains far better than their client's others do.

    Each result's likelihood under a guess (the middle of the house's results) is held against that under its
    client's own results; far ones count only so far. What peers' reports hardly ever show counts as odd.
    """
    weighed = prepared.keep(*(_weighed(prepared, part) for part in prepared.reports.parts))
    usual = weighed.group_by(["object", "known"]).aggregate(
        furthest=weighed.odds.quantile(1 - prepared.settings["guessed_share"]).round(3)
    )
    marked = weighed.join(usual, ["object", "known"])
    marked = marked.mutate(guessed=((marked.odds > marked.furthest) & (marked.odds > 0)).cast("int64"))
    counted = marked.group_by(["body", "object", "known"]).aggregate(reports=_.count(), guessed=_.guessed.sum())
    rows = counted.to_pyarrow().to_pylist()
    found = weighed_against_peers("guessed_values", rows, ("object", "known"), "guessed", "reports")
    odd = marked.filter(marked.guessed > 0)
    return with_reports(found, lambda bodies: odd.filter(odd.body.isin(bodies)), [ibis.desc("odds")])


def _weighed(prepared: Prepared, reports: Any) -> Any:
    """Return the reports with `odds`: a thousandth of the log odds of a guess, over the results that can tell."""
    house = _named(prepared.of_the_house, "h", int(prepared.settings["fewest_reports"]))
    client = _named(prepared.of_the_client, "c", int(prepared.settings["fewest_of_a_client"]))
    reports = reports.filter(reports.client.notnull())
    joined = reports.join(house, ["body", "object"]).join(client, ["body", "object", "client"])
    spread = prepared.settings["guessed_spread"]
    odds, known = [], []
    for n in range(PLACES):
        value = joined[f"v{n}"]
        wide = (joined[f"h_top{n}"] - joined[f"h_low{n}"]) / 2 / QUARTILE
        own = ibis.greatest((joined[f"c_top{n}"] - joined[f"c_low{n}"]) / 2 / QUARTILE, 0.5)
        usable = value.notnull() & (joined[f"h_n{n}"] > 0) & (joined[f"c_n{n}"] > 0) & (wide > 1)
        guess = ((value - joined[f"h_mid{n}"]) / (wide * spread)).abs().clip(upper=FURTHEST)
        sample = ((value - joined[f"c_mid{n}"]) / own).abs().clip(upper=FURTHEST)
        one = (sample * sample - guess * guess) / 2 + (own / (wide * spread)).ln()
        odds.append(ibis.ifelse(usable, (one * PARTS).round().cast("int64"), 0))
        known.append(usable.cast("int64").fill_null(0))
    both = joined.select("leaf_index", "report", "body", "object", known=reduce(add, known), odds=reduce(add, odds))
    return both.filter(both.known >= FEWEST_CELLS)


def _named(quartiles: Any, letter: str, least: int) -> Any:
    """Return quartiles with their columns named by a letter, and how many values they are of (0 where too few)."""
    counts = {f"n{n}": ibis.ifelse(quartiles[f"n{n}"] >= least, quartiles[f"n{n}"], 0) for n in range(PLACES)}
    names = [f"{name}{n}" for name in ("n", "low", "mid", "top") for n in range(PLACES)]
    return quartiles.mutate(**counts).rename({f"{letter}_{name}": name for name in names})
