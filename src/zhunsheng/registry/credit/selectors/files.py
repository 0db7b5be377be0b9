"""Reads of credit files: events and obligations, as of any day."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, QuerySet

from zhunsheng.platform.accounts import policy
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.credit import law_book
from zhunsheng.registry.credit.models import CreditEvent, Obligation
from zhunsheng.registry.credit.permissions import AnyUser, Can


def events_between(
    body_id: int, first: date, last: date, kinds: Collection[str] | None = None
) -> QuerySet[CreditEvent]:
    """Return a body's events from one day to another, both inclusive, newest first; withdrawn ones are left out."""
    found = CreditEvent.objects.filter(body_id=body_id, on__gte=first, on__lte=last, withdrawn_at=None)
    if kinds is not None:
        found = found.filter(kind__in=list(kinds))
    return found.order_by("-on", "-pk")


def events_of(body_id: int) -> QuerySet[CreditEvent]:
    """Return every event of a body, withdrawn and repaired ones too, newest first."""
    return CreditEvent.objects.filter(body_id=body_id).select_related("body").order_by("-on", "-pk")


def events_by_key(keys: Iterable[int]) -> dict[int, CreditEvent]:
    """Return events by their keys, in one query."""
    return CreditEvent.objects.in_bulk(keys)


def breaches_between(body_id: int, first: date, last: date) -> int:
    """Return how many decided breaches of law a body has from one day to another."""
    return events_between(body_id, first, last, law_book.breaches()).count()


def events_visible_to(user: AnyUser, on: date) -> QuerySet[CreditEvent]:
    """Return the events in sight, newest first."""
    reach = policy.reach_of(user, Can.SEE, on)
    seen = CreditEvent.objects.filter(reach.as_q(division="body__division_id", organisation="body__organisation_id"))
    return seen.select_related("body").order_by("-on", "-pk")


def obligations_visible_to(user: AnyUser, on: date, *, ended: bool = False) -> QuerySet[Obligation]:
    """Return the obligations in sight that are open, the first due first; one without a day comes last.

    Args:
        ended: return those that ended, too.
    """
    reach = policy.reach_of(user, Can.SEE, on)
    wanted = reach.as_q(division="body__division_id", organisation="body__organisation_id")
    seen = Obligation.objects.filter(wanted) if ended else Obligation.objects.filter(wanted, discharged_at=None)
    return seen.select_related("body").order_by(F("due_on").asc(nulls_last=True), "pk")


def obligations_open(body_id: int, kind: str, reference: str) -> QuerySet[Obligation]:
    """Return the open obligations of a body of a kind with this reference."""
    return Obligation.objects.filter(body_id=body_id, kind=kind, reference=reference, discharged_at=None)


def obligations_of(body_id: int) -> QuerySet[Obligation]:
    """Return every obligation of a body: the open ones first, then by day."""
    found = Obligation.objects.filter(body_id=body_id)
    return found.order_by(F("discharged_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")


def own_body(user: AnyUser, on: date) -> Body | None:
    """Return the body, the first by key, whose file somebody sees as one of its people; None for an officer."""
    reach = policy.reach_of(user, Can.SEE, on)
    return Body.objects.filter(organisation_id__in=reach.organisation_ids).order_by("pk").first()
