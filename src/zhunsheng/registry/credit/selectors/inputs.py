"""What a grade is computed from: the register's numbers and the events of many bodies, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from zhunsheng.foundation.stats.grading import Prior
from zhunsheng.registry.bodies.models import Accreditation, Body, Signatory
from zhunsheng.registry.bodies.selectors.versions import held_on
from zhunsheng.registry.bodies.standing import with_standing
from zhunsheng.registry.credit import scorecard_book
from zhunsheng.registry.credit.models import CreditEvent, Obligation, Rates
from zhunsheng.registry.credit.rules.scorecard import Scorecard
from zhunsheng.registry.credit.rules.scoring import BodyFacts, EventFact, back

MONTHS_A_QUARTER = 3


@dataclass
class Known:
    """A body with the facts of a day as they were known at a moment."""

    body: Body
    facts: BodyFacts = field(default_factory=lambda: BodyFacts("", {}, ()))


def graded(on: date, ids: Collection[int] | None = None) -> QuerySet[Body]:
    """Return the bodies that are graded on a day: those that hold or held a certificate and still exist."""
    held = Accreditation.objects.filter(body_id=OuterRef("pk"), valid_from__lte=on)
    found = Body.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), Exists(held))
    return found if ids is None else found.filter(pk__in=ids)


def facts_of(bodies: QuerySet[Body], on: date, at: datetime) -> list[Known]:
    """Return the facts of bodies on a day, with the events and obligations known at a moment: four queries."""
    rows = with_standing(bodies, on).annotate(begun=Min("accreditations__valid_from")).order_by("pk")
    known = {one.pk: Known(one) for one in rows}
    inside = _condition(known)
    events = events_known(inside, on, at)
    overdue = overdue_known(inside, on, at)
    signatories = _signatories(inside, on)
    for pk, one in known.items():
        facts = {
            "certificates": int(one.body.standing == "active"),  # type: ignore[attr-defined]  # annotated
            "suspended": int(one.body.standing == "suspended"),  # type: ignore[attr-defined]  # annotated
            "quarters": _quarters(one.body.begun, on),  # type: ignore[attr-defined]  # annotated
            "signatories": signatories[pk],
            "overdue": overdue[pk],
        }
        one.facts = BodyFacts(_field(one.body), facts, tuple(sorted(events.get(pk, ()))))
    return list(known.values())


def events_known(inside: Q, on: date, at: datetime) -> dict[int, list[EventFact]]:
    """Return the events that stood at a moment, of the longest window that a scorecard looks at."""
    longest = scorecard_book.scorecard(on).longest
    rows = CreditEvent.objects.filter(inside, on__gt=back(on, longest), on__lte=on, recorded_at__lte=at)
    standing = (Q(withdrawn_at=None) | Q(withdrawn_at__gt=at)) & (Q(repaired_at=None) | Q(repaired_at__gt=at))
    found: dict[int, list[EventFact]] = defaultdict(list)
    for pk, body_id, kind, day in rows.filter(standing).values_list("pk", "body_id", "kind", "on"):
        found[body_id].append(EventFact(day, pk, kind))
    return found


def overdue_known(inside: Q, on: date, at: datetime) -> Counter[int]:
    """Return how many obligations of each body were overdue on a day, as known at a moment."""
    rows = Obligation.objects.filter(inside, due_on__lt=on, asked_at__lte=at)
    still = rows.filter(Q(discharged_at=None) | Q(discharged_at__gt=at)).order_by()
    return Counter(dict(still.values_list("body_id").annotate(number=Count("pk"))))


def with_rates(card: Scorecard, rates: Rates | None) -> Scorecard:
    """Return the scorecard with what was usual among bodies; without an estimate law's own priors hold."""
    if rates is None:
        return card
    priors = {(one, where): Prior(*pair) for one, by in rates.values.items() for where, pair in by.items()}
    return replace(card, priors=priors)


def rates_on(on: date) -> Rates | None:
    """Return the usual rates in force on a day."""
    return Rates.objects.filter(since__lte=on).order_by("-since").first()


def _condition(known: dict[int, Any]) -> Q:
    """Return a range where the bodies lie close together, since a list of thousands of keys is slow and limited."""
    if len(known) > 500:
        return Q(body_id__gte=min(known), body_id__lte=max(known))
    return Q(body_id__in=list(known))


def _signatories(inside: Q, on: date) -> Counter[int]:
    renamed = Q(*[(f"person__{name}", value) for name, value in _leaves(inside)])
    rows = Signatory.objects.filter(renamed).filter(held_on(on)).order_by()
    return Counter(dict(rows.values_list("person__body_id").annotate(number=Count("person_id", distinct=True))))


def _leaves(condition: Q) -> Iterable[tuple[str, Any]]:
    return [one for one in condition.children if isinstance(one, tuple)]


def _field(body: Body) -> str:
    """Return the field that a body's CMA number names (digits 5 and 6), among whose bodies it is compared."""
    return body.cma[4:6] if len(body.cma) == 12 else ""


def _quarters(begun: date | None, on: date) -> int:
    """Return the whole quarters under certificate, at most those that the scorecard looks at."""
    most = int(scorecard_book.classes_on(on).values["quarters"])
    if begun is None or begun > on:
        return 0
    months = (on.year - begun.year) * 12 + on.month - begun.month - (on.day < begun.day)
    return min(most, months // MONTHS_A_QUARTER)
