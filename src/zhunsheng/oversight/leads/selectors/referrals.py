"""Which referrals somebody sees: those of their place or their organisation, sent or received."""

from datetime import date

from django.db.models import Q, QuerySet

from zhunsheng.oversight.leads.lifecycle import WAITING, ReferralStage
from zhunsheng.oversight.leads.models import Referral, Subscription
from zhunsheng.oversight.leads.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Organisation, User

MEANINGS = {
    ReferralStage.SENT: "attention",
    ReferralStage.RECEIVED: "waiting",
    ReferralStage.ANSWERED: "good",
    ReferralStage.RETURNED: "bad",
}


def referrals_visible_to(user: AnyUser, on: date) -> QuerySet[Referral]:
    """Return the referrals that somebody sees."""
    reach = policy.reach_of(user, Can.SEE_REFERRALS, on)
    return Referral.objects.filter(
        reach.as_q(division="division_id", organisation="receiver_id")
        | reach.as_q(division="sender_division_id", organisation="sender_id")
        | reach.as_q(division=None, organisation="escalated_to_id")
    )


def in_tab(rows: QuerySet[Referral], tab: str, user: User, on: date) -> QuerySet[Referral]:
    """Return the referrals of a tab: inbox, sent, late or all."""
    own = [one.organisation_id for one in user.memberships_on(on)]
    if tab == "inbox":
        return rows.filter(Q(receiver__in=own) | Q(escalated_to__in=own), stage__in=WAITING)
    if tab == "sent":
        return rows.filter(sender__in=own)
    return rows.filter(stage__in=WAITING, due_on__lt=on) if tab == "late" else rows


def meaning_of(referral: Referral, on: date) -> str:
    """Return the colour of a referral: late is bad whatever its stage."""
    if referral.stage in WAITING and referral.due_on is not None and referral.due_on < on:
        return "bad"
    return MEANINGS.get(ReferralStage(referral.stage), "neutral")


def receivers(sender_id: int | None = None) -> QuerySet[Organisation]:
    """Return every authority and department that a referral can go to."""
    rows = Organisation.objects.filter(kind__in=policy.PUBLIC_KINDS).select_related("division")
    return rows.exclude(pk=sender_id or 0).order_by("division_id", "kind", "name")


def subscriptions_of(user: User, on: date) -> QuerySet[Subscription]:
    """Return the running subscriptions of somebody's own authority."""
    own = policy.reach_of(user, Can.SUBSCRIBE, on)
    rows = Subscription.objects.filter(own.as_q(division=None), ended_at=None)
    return rows.select_related("body").order_by("-since")
