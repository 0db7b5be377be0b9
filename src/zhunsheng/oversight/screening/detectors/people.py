"""Who signs: one person's share of the signatures that rises and stays high."""

from collections import defaultdict
from typing import Any, Final, NamedTuple

import numpy as np
from ibis import _

from zhunsheng.oversight.screening.detectors.base import Signal
from zhunsheng.oversight.screening.detectors.counting import signals_of_totals
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

FEWEST_MONTHS: Final = 2
Row = dict[str, Any]


def one_signatory(prepared: Prepared) -> list[Signal]:
    """Find a body where from some month on one signatory signs a greater share of the reports than before."""
    rises: dict[str, Rise] = {}
    looked_at: dict[str, int] = {}
    for part in prepared.heads.parts:
        counted = signed_by_month(part).group_by(["body", "signatory", "month"]).aggregate(reports=_.count())
        held: dict[str, list[Row]] = defaultdict(list)
        for row in counted.to_pyarrow().to_pylist():
            held[row["body"]].append(row)
        for body in sorted(held):
            if (rise := _largest_rise(held[body])) is not None:
                rises[body], looked_at[body] = rise, sum(row["reports"] for row in held[body])
    if not rises:
        return []
    total = np.array([rise.size for rise in rises.values()])
    facts = {body: {"signatory": rise.signatory, "month": rise.month} for body, rise in rises.items()}
    return signals_of_totals("one_signatory", list(rises), total, list(looked_at.values()), facts)


def signed_by_month(heads: Any) -> Any:
    """Return the heads that bear a day and a name, with the month counted as year times twelve and its number."""
    signed = heads.filter(heads.issued.notnull() & heads.signatory.notnull())
    return signed.mutate(month=signed.issued.year() * 12 + signed.issued.month())


class Rise(NamedTuple):
    """The root of the largest likelihood ratio of a rise, whose share rose, and from which month on."""

    size: float
    signatory: str
    month: str


def _largest_rise(rows: list[Row]) -> Rise | None:
    """Return the largest rise of one signatory's share between two parts of the time; None where only one signs."""
    names = sorted({row["signatory"] for row in rows})
    months = sorted({row["month"] for row in rows})
    if len(names) < 2 or len(months) < 2 * FEWEST_MONTHS:
        return None
    table = np.zeros((len(names), len(months)))
    for row in rows:
        table[names.index(row["signatory"]), months.index(row["month"])] += row["reports"]
    before = table.cumsum(axis=1)[:, FEWEST_MONTHS - 1 : -FEWEST_MONTHS]
    n_before = before.sum(axis=0)
    after, n_after = table.sum(axis=1, keepdims=True) - before, table.sum() - n_before
    whole = table.sum(axis=1, keepdims=True)
    ratio = 2 * (_likelihood(before, n_before) + _likelihood(after, n_after) - _likelihood(whole, table.sum()))
    rises = np.where(after / n_after > before / n_before, np.maximum(ratio, 0), 0.0)
    who, when = np.unravel_index(int(np.argmax(rises.round(9))), rises.shape)
    month = months[FEWEST_MONTHS + int(when)]
    return Rise(float(np.sqrt(rises[who, when])), names[int(who)], f"{(month - 1) // 12}-{(month - 1) % 12 + 1:02d}")


def _likelihood(k: np.ndarray, n: Any) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = k / n
        found = np.where(k > 0, k * np.log(share), 0.0) + np.where(n - k > 0, (n - k) * np.log1p(-share), 0.0)
    return np.asarray(found)
