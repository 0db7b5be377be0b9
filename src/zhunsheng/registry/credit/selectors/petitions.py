"""Reads of objections and repairs."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Case, F, Q, QuerySet, Value, When

from zhunsheng.platform.accounts import policy
from zhunsheng.registry.credit.lifecycle import Stage
from zhunsheng.registry.credit.models import Petition
from zhunsheng.registry.credit.permissions import AnyUser, Can

DUE = F("due_on").asc(nulls_last=True)


def petitions_visible_to(user: AnyUser, on: date) -> QuerySet[Petition]:
    """Return the requests in sight: those that wait first, by the day on which they are due."""
    reach = policy.reach_of(user, Can.SEE, on)
    seen = Petition.objects.filter(reach.as_q(division="body__division_id", organisation="body__organisation_id"))
    waits = Case(When(stage=Stage.FILED, then=Value(0)), default=Value(1))
    return seen.select_related("body", "event").order_by(waits, DUE, "-pk")


def petitions_waiting(user: AnyUser, on: date) -> QuerySet[Petition]:
    """Return the requests that this person may decide and that wait, the first due first; not about own records."""
    reach = policy.reach_of(user, Can.DECIDE, on)
    seen = Petition.objects.filter(reach.as_q(division="body__division_id", organisation="body__organisation_id"))
    own = user.pk if user else None
    others = seen.filter(stage=Stage.FILED).exclude(event__recorded_by=own).exclude(event__decided_by=own)
    return others.select_related("body", "event").order_by(DUE, "pk")


def petitions_due(days: Mapping[str, int], on: date) -> QuerySet[Petition]:
    """Return the requests that wait and must be decided within so many days, by their kind, or should have been."""
    soon = Q(pk__in=[])
    for sort, ahead in days.items():
        soon |= Q(sort=sort, due_on__lte=on + timedelta(days=ahead))
    return Petition.objects.filter(soon, stage=Stage.FILED).select_related("body").order_by("due_on", "pk")


def petitions_without_day() -> QuerySet[Petition]:
    """Return the requests that wait and have no last day, since the holidays of its year were not announced."""
    return Petition.objects.filter(stage=Stage.FILED, due_on=None).order_by("pk")


def petitions_about(events: list[int]) -> dict[int, list[Petition]]:
    """Return the requests about events, by event, newest first."""
    found: dict[int, list[Petition]] = {}
    for one in Petition.objects.filter(event_id__in=events).order_by("-filed_at", "-pk"):
        found.setdefault(one.event_id, []).append(one)
    return found
