"""A name that is lent: one person's signatures when they can't well have been given, by several signs at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
from ibis import _
from scipy import stats

from zhunsheng.foundation.stats.screening import excess_count_p, fisher_combination, shared_rise, upper_tail
from zhunsheng.oversight.screening.detectors.base import Signal
from zhunsheng.oversight.screening.detectors.clock import quiet_days
from zhunsheng.oversight.screening.detectors.counting import HONEST_TAIL
from zhunsheng.oversight.screening.detectors.naming import with_reports
from zhunsheng.oversight.screening.detectors.people import signed_by_month
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

FEWEST_MONTHS: Final = 2
Row = dict[str, Any]


class Look(NamedTuple):
    """What one body's signatures show: days off and all, one name's part of them, how its share and days off rise."""

    off: float
    signed: float
    name: str
    by_name: float
    concentrated: float
    share_rise: float
    off_rise: float


def lent_name(prepared: Prepared) -> list[Signal]:
    """Find one name under reports of days off more than its part, its share rising, days off beginning at some month.

    Each of these has an ordinary cause: a lawful weekend shift, one person on duty, a colleague who left. So none
    weighs more than a bound, and only several together make a sign.
    """
    quiet = quiet_days(prepared)
    looks = _looks(prepared, quiet)
    bodies = sorted(looks)
    if not bodies:
        return []
    off = np.array([looks[body].off for body in bodies])
    signed = np.array([looks[body].signed for body in bodies])
    table = np.column_stack(
        [
            excess_count_p(off, signed),
            [looks[body].concentrated for body in bodies],
            upper_tail([looks[body].share_rise for body in bodies], freedom=HONEST_TAIL),
            stats.norm.sf([looks[body].off_rise for body in bodies]),
        ]
    )
    bounded = np.clip(table, prepared.settings["lent_name_bound"], 1.0)
    rate = float(off.sum() / signed.sum())
    found = [
        Signal(
            "lent_name", body, fisher_combination(bounded[n]), float(off[n]), rate * float(signed[n]), int(signed[n]),
            facts={"signatory": looks[body].name, "days_off_by_name": looks[body].by_name},
        )
        for n, body in enumerate(bodies)
    ]  # fmt: skip
    heads, days = prepared.heads.whole, list(quiet)
    return with_reports(found, lambda some: heads.filter(heads.body.isin(some) & heads.issued.isin(days)), ["issued"])


def _looks(prepared: Prepared, quiet: Sequence[date]) -> dict[str, Look]:
    found: dict[str, Look] = {}
    for part in prepared.heads.parts:
        heads = signed_by_month(part)
        off = heads.issued.isin(list(quiet)).cast("int64") if quiet else heads.issued.isnull().cast("int64")
        counted = (
            heads.mutate(off=off).group_by(["body", "signatory", "month"]).aggregate(signed=_.count(), off=_.off.sum())
        )
        held: dict[str, list[Row]] = defaultdict(list)
        for row in counted.to_pyarrow().to_pylist():
            held[row["body"]].append(row)
        found |= {body: look for body in sorted(held) if (look := _look(held[body])) is not None}
    return found


def _look(rows: list[Row]) -> Look | None:
    """Return what the signatures of one body show; None where only one person signs, or hardly a month long."""
    names = sorted({row["signatory"] for row in rows})
    months = sorted({row["month"] for row in rows})
    if len(names) < 2 or len(months) < 2 * FEWEST_MONTHS:
        return None
    signed, off = np.zeros((len(names), len(months))), np.zeros((len(names), len(months)))
    for row in rows:
        place = (names.index(row["signatory"]), months.index(row["month"]))
        signed[place], off[place] = row["signed"], row["off"]
    by_month, off_by_month = signed.sum(axis=0), off.sum(axis=0)
    expected = (off_by_month * signed / by_month).sum(axis=1)
    all_off = float(off_by_month.sum())
    tails = [
        float(stats.binom.sf(off[n].sum() - 1, int(all_off), min(1.0, expected[n] / all_off))) if all_off else 1.0
        for n in range(len(names))
    ]
    rises = [shared_rise(signed[n][None], by_month[None], FEWEST_MONTHS).size for n in range(len(names))]
    who = int(np.argmin(tails)) if all_off else int(np.argmax(rises))
    rise = shared_rise(off_by_month[None], by_month[None], FEWEST_MONTHS).size
    return Look(
        all_off, float(by_month.sum()), names[who], float(off[who].sum()),
        min(1.0, tails[who] * len(names)), rises[who], max(0.0, rise - 1.0),
    )  # fmt: skip
