"""Which handling the yardstick's consequences call for, and which result codes agree with what was decided."""

from collections.abc import Collection, Iterable
from typing import Final

ADVICE, ORDER, CASE = "advice", "order", "case"
PENALTIES: Final = frozenset(
    {"warning", "confiscate", "fine", "qualification", "application_bar", "occupation_ban", "police"}
)
NO_PROBLEM, TO_BE_FOLLOWED, CORRECTED = "1", "A", "E"


def handling_of(kinds: Iterable[str]) -> str:
    """Return what becomes of a finding whose consequences are of these kinds.

    A penalty needs a case; an order to correct is none; what is left is a reminder.
    """
    held = set(kinds)
    if held & PENALTIES:
        return CASE
    return ORDER if "order_to_correct" in held else ADVICE


def suggested_code(*, upheld: int, open_orders: int, cases: int) -> str:
    """Return the result code that agrees with what was found and what has become of it."""
    if not upheld:
        return NO_PROBLEM
    return TO_BE_FOLLOWED if open_orders or cases else CORRECTED


def contradiction(codes: Collection[str], *, upheld: int, open_orders: int, cases: int) -> str:
    """Return which rule result codes break: "nothing_found", "found" or "not_corrected"; empty where they agree."""
    if NO_PROBLEM in codes and upheld:
        return "found"
    if not upheld and set(codes) & {TO_BE_FOLLOWED, CORRECTED}:
        return "nothing_found"
    if CORRECTED in codes and (open_orders or cases):
        return "not_corrected"
    return ""
