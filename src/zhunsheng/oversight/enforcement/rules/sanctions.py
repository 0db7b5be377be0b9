"""Check a penalty against the yardstick: never beyond the law, outside the benchmark only with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from zhunsheng.oversight.enforcement.rules.yardstick import Consequence, Proposal, Step

OURS: Final = frozenset({"market", "grantor"})
"""Who decides: other departments decide their own consequences, and the matter is referred to them."""


@dataclass(frozen=True, slots=True)
class Sanction:
    """What somebody wants to impose for one finding.

    `amount` in yuan; `why` the reason for leaving the benchmark; `measure` and `lines` touch a qualification.
    """

    consequence: str
    amount: Decimal | None = None
    why: str = ""
    person: str = ""
    measure: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a sanction can't stand: a code, the consequence, and what the sentence about it needs."""

    code: str
    consequence: str
    limit: Decimal | None = None


def problems(sanction: Sanction, proposal: Proposal) -> Iterator[Problem]:
    """Yield everything that forbids a sanction; nothing for one that may be proposed."""
    found = next((one for one in proposal.consequences if one.id == sanction.consequence), None)
    if found is None:
        yield Problem("not_open", sanction.consequence)
        return
    if not found.applicable:
        yield Problem("unverified", found.id)
    if found.by not in OURS:
        yield Problem("other_department", found.id)
    if found.kind in ("fine", "confiscate"):
        yield from _sum_problems(sanction, found, proposal)
    if found.kind == "qualification" and sanction.measure not in found.measures:
        yield Problem("measure", found.id)
    if found.target == "person" and found.kind == "fine" and not sanction.person.strip():
        yield Problem("person", found.id)


def _sum_problems(sanction: Sanction, found: Consequence, proposal: Proposal) -> Iterator[Problem]:
    if found.limits is None:
        yield Problem("fact_missing", found.id)
        return
    if sanction.amount is None or sanction.amount < 0:
        yield Problem("amount", found.id)
        return
    if sanction.amount > found.limits.most:
        yield Problem("above_law", found.id, found.limits.most)
    elif sanction.amount < found.limits.least and not (proposal.may_mitigate or proposal.step is Step.WAIVED):
        yield Problem("below_law", found.id, found.limits.least)
    elif departs(sanction, found) and not sanction.why.strip():
        yield Problem("reason", found.id)


def departs(sanction: Sanction, found: Consequence) -> bool:
    """Tell whether an amount lies outside what the benchmark opens."""
    if sanction.amount is None or found.band is None:
        return False
    return sanction.amount not in found.band


def hearing_due(chosen: Sequence[tuple[Consequence, Sanction]], amounts: dict[str, int], kinds: Sequence[str]) -> bool:
    """Tell whether the party must be told of its right to a hearing.

    Args:
        amounts: from which sum on, in yuan, by target.
        kinds: consequences that always give the right.
    Source: administrative penalty law, Art. 63.
    """
    return any(
        found.kind in kinds
        or (found.kind in ("fine", "confiscate") and (one.amount or 0) >= amounts.get(found.target, 0))
        for found, one in chosen
    )
