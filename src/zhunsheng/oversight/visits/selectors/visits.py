"""Which visits, orders and results somebody sees."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from zhunsheng.oversight.visits.lifecycle import ResultStage, Stage
from zhunsheng.oversight.visits.models import Order, Result, Visit
from zhunsheng.oversight.visits.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User


def visits_visible_to(user: AnyUser, on: date) -> QuerySet[Visit]:
    """Return the visits in sight, newest first: officers their division's, inspectors their own.

    A body sees its visits from their beginning on: an inspection that is prepared is not announced by a list.
    """
    if not isinstance(user, User):
        return Visit.objects.none()
    reach = policy.reach_of(user, Can.SEE, on)
    seen: Any = policy.Reachable(reach.everywhere, reach.division_prefixes).as_q()
    if reach.organisation_ids:
        begun = ~Q(stage__in=[Stage.PREPARED, Stage.CANCELLED]) | Q(mode="remote", stage=Stage.PREPARED)
        seen = seen | (Q(organisation_id__in=reach.organisation_ids) & begun)
    if policy.allowed_somewhere(user, Can.CONDUCT, on):
        seen = seen | Q(leader_id=user.pk) | Q(second_id=user.pk)
    found = Visit.objects.filter(seen).select_related("body", "leader", "second", "task")
    return found.order_by("-first_day", "-pk")


def own_visits(user: User, on: date) -> QuerySet[Visit]:
    """Return the visits that somebody conducts and that are not decided yet, the next first."""
    mine = Q(leader_id=user.pk) | Q(second_id=user.pk)
    found = visits_visible_to(user, on).filter(mine, stage__in=[Stage.PREPARED, Stage.UNDER_WAY, Stage.SIGNED])
    return found.order_by("first_day", "pk")


def orders_visible_to(user: AnyUser, on: date) -> QuerySet[Order]:
    """Return the orders to correct in sight, newest first: a body its own."""
    if not isinstance(user, User):
        return Order.objects.none()
    seen: Any = policy.reach_of(user, Can.SEE, on).as_q()
    if policy.allowed_somewhere(user, Can.CONDUCT, on):
        seen = seen | Q(visit__leader_id=user.pk) | Q(visit__second_id=user.pk)
    found = Order.objects.filter(seen).select_related("visit", "visit__body", "issued_by")
    return found.order_by("-issued_at", "-pk")


def results_visible_to(user: AnyUser, on: date) -> QuerySet[Result]:
    """Return the results in sight of officers, those to be disclosed first by their day."""
    if not isinstance(user, User):
        return Result.objects.none()
    reach = policy.reach_of(user, Can.SEE, on)
    seen = policy.Reachable(reach.everywhere, reach.division_prefixes).as_q(organisation=None)
    found = Result.objects.filter(seen).select_related("visit", "visit__body", "visit__task", "disclosed_by")
    return found.order_by("-pk")


def results_disclosed() -> QuerySet[Result]:
    """Return the results that anyone may read, newest first; one that was withdrawn is not among them."""
    found = Result.objects.filter(stage=ResultStage.DISCLOSED).select_related("visit", "visit__body", "visit__task")
    return found.order_by("-disclosed_at", "-pk")
