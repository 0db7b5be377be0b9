"""The queue and the producers, as somebody may see them."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from zhunsheng.platform.accounts import policy
from zhunsheng.registry.matching import lifecycle
from zhunsheng.registry.matching.models import Decision, Mention, Producer
from zhunsheng.registry.matching.permissions import AnyUser, Can


def mentions_visible_to(user: AnyUser, on: date) -> QuerySet[Mention]:
    """Return the mentions that somebody may see: those of their place, or those that their own papers alone make."""
    reach = policy.reach_of(user, Can.SEE, on)
    return Mention.objects.filter(reach.as_q()).select_related("division", "body", "producer")


def waiting_for(user: AnyUser, on: date) -> int:
    """Return how many mentions wait for a decision that somebody may take, counted up to a thousand."""
    reach = policy.reach_of(user, Can.DECIDE, on)
    if not reach:
        return 0
    return Mention.objects.filter(reach.as_q(), state=lifecycle.OPEN, best__isnull=False)[:1000].count()


def producers_visible_to(user: AnyUser, on: date) -> QuerySet[Producer]:
    """Return the producers with how many names link to them: all of them to those who see a place, else one's own."""
    reach = policy.reach_of(user, Can.SEE, on)
    counted = Producer.objects.annotate(written=Count("mentions")).select_related("division")
    if reach.everywhere or reach.division_prefixes:
        return counted
    return counted.filter(Q(mentions__organisation__in=reach.organisation_ids)).distinct()


def may_be_undone(mention: Mention) -> Decision | None:
    """Return the decision that an undo would take back: the latest that still stands, or None."""
    standing = mention.decisions.filter(undone_by=None).exclude(act=lifecycle.UNDO)
    return standing.select_related("by").order_by("-id").first()
