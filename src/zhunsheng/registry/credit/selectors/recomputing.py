"""Compute a stored grade again from the file as it was known then, and compare with what was stored and sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.registry.credit import scorecard_book
from zhunsheng.registry.credit.models import Scoring
from zhunsheng.registry.credit.rules.scoring import score
from zhunsheng.registry.credit.rules.telling import inputs_read, result_told
from zhunsheng.registry.credit.selectors.inputs import events_known, overdue_known, with_rates


@dataclass(frozen=True)
class Recomputed:
    """What a second computing found; each check by itself, so that a difference shows where it lies."""

    result: Mapping[str, Any]
    version: str
    same_version: bool
    same_events: bool
    same_obligations: bool
    same_inputs: bool
    same_result: bool
    sealed: bool

    @property
    def agrees(self) -> bool:
        """Tell whether everything agrees with what was stored and sealed."""
        checks = (self.same_version, self.same_events, self.same_obligations, self.same_inputs, self.same_result)
        return all(checks) and self.sealed


def recompute(scoring: Scoring) -> Recomputed:
    """Compute a stored grade again.

    Events and obligations are read anew, as they were known at the moment of the computing; the register's other
    numbers (certificate, signatories, quarters) are those that were stored and whose digest is sealed.
    """
    card = with_rates(scorecard_book.scorecard(scoring.on), scoring.rates)
    stored = inputs_read(scoring.inputs)
    inside = Q(body_id=scoring.body_id)
    events = tuple(sorted(events_known(inside, scoring.on, scoring.made_at).get(scoring.body_id, ())))
    overdue = overdue_known(inside, scoring.on, scoring.made_at)[scoring.body_id]
    result = result_told(score(card, stored, scoring.on, scoring.before))
    return Recomputed(
        result=result,
        version=card.version,
        same_version=card.version == scoring.version,
        same_events=events == stored.events,
        same_obligations=overdue == stored.facts.get("overdue", 0),
        same_inputs=canonical_digest(scoring.inputs) == scoring.inputs_sha256,
        same_result=result == scoring.result,
        sealed=Entry.objects.filter(kind="credit.grade", subject=scoring.sha256, body=scoring.body.slug).exists(),
    )
