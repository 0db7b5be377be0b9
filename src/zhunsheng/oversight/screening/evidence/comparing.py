"""Two reports cell by cell: which results are the same, which differ by a last digit or little."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

SAME, NEAR, APART, ALONE = "same", "near", "apart", "alone"
NEAR_SHARE: Final = Decimal("0.03")
"""As `near_share` of the detectors' settings: what the eye is shown as near."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One result as stated: texts verbatim; `key` tells which results of two reports belong together."""

    line: int
    key: str
    parameter: str
    value: str
    unit: str = ""
    instrument: str = ""
    analyst: str = ""
    started: str = ""
    finished: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """The results of two reports for one test; `mark` is same, near, apart, or alone where only one has it."""

    left: Cell | None
    right: Cell | None
    mark: str


def aligned(left: Sequence[Cell], right: Sequence[Cell]) -> list[Pair]:
    """Return the results of two reports test by test: those of the left one in order, then what only the right has."""
    waiting: dict[str, list[Cell]] = {}
    for cell in right:
        waiting.setdefault(cell.key, []).append(cell)
    rows = []
    for cell in left:
        beside = waiting.get(cell.key)
        other = beside.pop(0) if beside else None
        rows.append(Pair(cell, other, mark_of(cell, other)))
    taken = {id(row.right) for row in rows if row.right is not None}
    return rows + [Pair(None, cell, ALONE) for cell in right if id(cell) not in taken]


def mark_of(one: Cell, two: Cell | None) -> str:
    """Return how near two results of one test are."""
    if two is None:
        return ALONE
    return nearness(one.value, two.value) if one.unit == two.unit else APART


def nearness(one: str, two: str) -> str:
    """Return same for the same text, near for numbers within one last digit or 3 per cent, else apart."""
    if one.strip() == two.strip():
        return SAME if one.strip() else APART
    try:
        first, second = Decimal(one.strip()), Decimal(two.strip())
    except InvalidOperation:
        return APART
    if not (first.is_finite() and second.is_finite()):
        return APART
    if first == second:
        return SAME
    step = max(_step(first), _step(second))
    apart = abs(first - second)
    return NEAR if apart <= step or apart <= NEAR_SHARE * max(abs(first), abs(second)) else APART


def _step(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
