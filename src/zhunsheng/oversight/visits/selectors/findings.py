"""What the yardstick says of a finding, and what was decided about like findings before."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from zhunsheng.oversight.enforcement.rules.yardstick import Consequence, Facts
from zhunsheng.oversight.enforcement.selectors import propose
from zhunsheng.oversight.visits.lifecycle import Handling, OrderStage
from zhunsheng.oversight.visits.models import Finding, Visit
from zhunsheng.oversight.visits.rules.outcomes import handling_of

MOST_LIKE = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """A finding beside the yardstick: its consequences with articles, the handling that follows, like cases."""

    finding: Finding
    proposal: dict[str, Any]
    like: list[tuple[str, int]]

    @property
    def suggested(self) -> str:
        """Return the handling that the yardstick calls for."""
        return str(self.proposal.get("handling", ""))


@dataclass(frozen=True, slots=True)
class Tally:
    """How the findings of a visit stand."""

    upheld: int
    undecided: int
    unordered: int
    open_orders: int
    cases: int


def proposal_for(violation: str, on: date) -> dict[str, Any]:
    """Return what the yardstick says of a violation on a day, as a finding keeps it; empty for none named."""
    if not violation:
        return {}
    made = propose(violation, Facts(), on)
    applicable = [one for one in made.consequences if one.applicable]
    return {
        "violation": violation,
        "title": dict(made.title),
        "basis": made.basis,
        "version": made.version,
        "handling": handling_of(one.kind for one in applicable or made.consequences),
        "consequences": [_plain(one) for one in made.consequences],
        "open": [_plain(one) for one in made.open],
    }


def _plain(one: Consequence) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "title": dict(one.title),
        "basis": one.basis,
        "name": one.name,
        "applicable": one.applicable,
        "least": str(one.band.least) if one.band else "",
        "most": str(one.band.most) if one.band else "",
    }


def measured(visit: Visit) -> list[Measured]:
    """Return each upheld finding beside the yardstick of the visit's day: three queries."""
    on = timezone.localdate(visit.started_at or visit.opened_at)
    found = list(visit.findings.filter(stands=True).select_related("proposed_by", "decided_by").order_by("number"))
    like = _like_cases({one.violation for one in found}, visit)
    return [
        Measured(one, one.proposal or proposal_for(one.violation, on), like.get(one.violation, [])) for one in found
    ]


def _like_cases(violations: set[str], visit: Visit) -> dict[str, list[tuple[str, int]]]:
    """Return how like findings of others were handled, the most frequent first."""
    named = violations - {""}
    if not named:
        return {}
    decided = Finding.objects.filter(violation__in=named, decided_at__isnull=False).exclude(visit=visit)
    counted: dict[str, Counter[str]] = {}
    for violation, handling in decided.order_by("-decided_at").values_list("violation", "handling")[:MOST_LIKE]:
        counted.setdefault(violation, Counter())[handling] += 1
    return {
        name: [(str(Handling(key).label), number) for key, number in counter.most_common()]
        for name, counter in counted.items()
    }


def tally_of(visit: Visit) -> Tally:
    """Return how the findings of a visit stand: two queries."""
    rows = list(visit.findings.filter(stands=True).values_list("handling", "decided_at", "orders__stage", "case"))
    upheld = [row for row in rows if row[0] != Handling.NONE]
    return Tally(
        upheld=len(upheld),
        undecided=sum(1 for row in rows if row[1] is None),
        unordered=sum(1 for row in upheld if row[0] == Handling.ORDER and row[1] is not None and row[2] is None),
        open_orders=sum(1 for row in upheld if row[2] is not None and row[2] != OrderStage.MET),
        cases=sum(1 for row in upheld if row[3]),
    )
