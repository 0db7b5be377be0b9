"""Last digits as written, against peers': weak by themselves, a sign beside others."""

from collections import defaultdict
from typing import Any, Final

import numpy as np

from zhunsheng.oversight.screening.detectors.base import Signal
from zhunsheng.oversight.screening.detectors.counting import signals_of_totals
from zhunsheng.oversight.screening.detectors.side_by_side import DIGITS, TEST, Prepared

FREE: Final = DIGITS - 1
ROWS_AT_ONCE: Final = 10_000


def odd_digits(prepared: Prepared) -> list[Signal]:
    """Find last digits that differ from peers' with the same tests and rounding, over all that the body tests.

    Only values of many steps count: their last digit says nothing of the level, so bodies may be compared.
    """
    settings = prepared.settings
    large = prepared.own_rounding.filter(prepared.own_rounding.cell.abs() >= int(settings["digit_least_steps"]))
    keys = [*TEST, "step"]
    digit = large.cell.abs() % DIGITS
    counted = large.group_by(["body", *keys]).aggregate(
        **{f"d{n}": (digit == n).cast("int64").sum() for n in range(DIGITS)}
    )
    tables: dict[tuple[Any, ...], dict[str, np.ndarray]] = defaultdict(dict)
    for batch in counted.to_pyarrow().to_batches(max_chunksize=ROWS_AT_ONCE):
        for row in batch.to_pylist():
            own = np.array([row[f"d{n}"] for n in range(DIGITS)], dtype=float)
            tables[tuple(row[key] for key in keys)][row["body"]] = own
    seen: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(DIGITS))
    expected: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(DIGITS))
    for key in sorted(tables):
        everyone = np.sum(list(tables[key].values()), axis=0)
        for body, own in tables[key].items():
            peers = everyone - own
            if peers.sum() >= own.sum():
                seen[body] += own
                expected[body] += own.sum() * (peers + 0.5) / (peers.sum() + 0.5 * DIGITS)
    bodies = sorted(body for body, own in seen.items() if own.sum() >= settings["fewest_digits"])
    if not bodies:
        return []
    total = np.array([_normal(float(((seen[one] - expected[one]) ** 2 / expected[one]).sum())) for one in bodies])
    facts = {
        one: {"digits": seen[one].astype(int).tolist(), "peers": expected[one].round(1).tolist()} for one in bodies
    }
    return signals_of_totals("odd_digits", bodies, total, [int(seen[one].sum()) for one in bodies], facts)


def _normal(chi2: float) -> float:
    """Return a chi-squared over nine degrees of freedom as a normal score (Wilson & Hilferty 1931)."""
    spread = 2 / (9 * FREE)
    return float(((chi2 / FREE) ** (1 / 3) - (1 - spread)) / np.sqrt(spread))
