"""Whether a result meets a limit: decision rules of JCGM 106:2012 and ILAC-G8:09/2019.

The rule is part of the limit, and a report may state another:

`simple`: simple acceptance (JCGM 106, 8.2). The value itself decides; uncertainty plays no part. What standards in
    China mean unless they say otherwise.
`shared`: the same comparison, agreed between producer and user as a shared risk: only with a stated uncertainty, that
    both could judge; without one the outcome is undecided.
`guarded`: guard bands as wide as the expanded uncertainty (JCGM 106, 8.3; w = U, k = 2). Pass only inside the limits
    narrowed by U (guarded acceptance), fail only outside the limits widened by U (guarded rejection), undecided
    between them or without an uncertainty.

Limits belong to what they permit: a value equal to one meets it. A censored result stands for every value that it
leaves possible: the outcome is pass or fail only if all of them agree.
"""

from decimal import Decimal
from typing import Literal

from zhunsheng.foundation.quantities.values import Measured

Verdict = Literal["pass", "fail", "undecided"]
RULES = ("simple", "guarded", "shared")
_ZERO = Decimal(0)


def compare(
    measured: Measured,
    minimum: Decimal | None,
    maximum: Decimal | None,
    uncertainty: Decimal | None = None,
    rule: str = "simple",
) -> Verdict:
    """Return whether a result lies within its limits; all in one unit.

    Args:
        minimum, maximum: None where there is no such limit; without either nothing can be decided.
        uncertainty: expanded (k = 2), not negative; used by `guarded`, required by `shared`.
    Raises: ValueError for an unknown rule or a negative uncertainty.
    Source: JCGM 106:2012, 8.2 and 8.3.
    """
    if rule not in RULES:
        raise ValueError(f"unknown decision rule {rule!r}; use one of {', '.join(RULES)}")
    if uncertainty is not None and not (uncertainty.is_finite() and uncertainty >= 0):
        raise ValueError("an uncertainty is finite and not negative")
    if measured.ambiguous or (minimum is None and maximum is None) or (rule != "simple" and uncertainty is None):
        return "undecided"
    guard = uncertainty if rule == "guarded" and uncertainty is not None else _ZERO
    return _compare_kind(measured, minimum, maximum, guard)


def _compare_kind(measured: Measured, minimum: Decimal | None, maximum: Decimal | None, guard: Decimal) -> Verdict:
    kind, number = measured.kind, measured.number
    if kind == "number" and number is not None:
        return _interval(number, number, minimum, maximum, guard, open_low=False, open_high=False)
    if kind == "less_than" and number is not None:
        return _interval(None, number, minimum, maximum, guard, open_low=True, open_high=not measured.inclusive)
    if kind == "greater_than" and number is not None:
        return _interval(number, None, minimum, maximum, guard, open_low=not measured.inclusive, open_high=True)
    if kind == "not_detected" and number is not None:
        return _interval(None, number, minimum, maximum, guard, open_low=True, open_high=True)
    if kind == "not_detected" and minimum is None:
        return "pass"
    if kind == "detected" and minimum is None and maximum == 0:
        return "fail"
    return "undecided"


def _interval(
    low: Decimal | None,
    high: Decimal | None,
    minimum: Decimal | None,
    maximum: Decimal | None,
    guard: Decimal,
    *,
    open_low: bool,
    open_high: bool,
) -> Verdict:
    """Decide for every value between low and high (None: without bound; open: the end itself is not possible)."""
    below = maximum is None or (high is not None and high <= maximum - guard)
    above = minimum is None or (low is not None and low >= minimum + guard)
    if below and above:
        return "pass"
    if maximum is not None and low is not None and _beyond(low, maximum + guard, open_end=open_low):
        return "fail"
    if minimum is not None and high is not None and _beyond(-high, -(minimum - guard), open_end=open_high):
        return "fail"
    return "undecided"


def _beyond(end: Decimal, limit: Decimal, *, open_end: bool) -> bool:
    return end > limit or (open_end and end == limit)
