"""Authorities that rely on test results: they subscribe to bodies, and send their doubts back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from zhunsheng.oversight.leads import permissions
from zhunsheng.oversight.leads.lifecycle import ReferralKind
from zhunsheng.oversight.leads.models import Referral, Subscription
from zhunsheng.oversight.leads.permissions import Can
from zhunsheng.oversight.leads.services.opening import Evidence, LeadRefused, open_lead, province_division
from zhunsheng.oversight.leads.services.referring import Matter, manifest_of, send
from zhunsheng.oversight.leads.services.steps import day_of, demand
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.selectors import authorities_up
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.notices import services as notices
from zhunsheng.registry.bodies.models import Body

NOTICE_KIND = "leads.subscription"


@keeps_refused
@transaction.atomic
def subscribe(*, body_id: int, purpose: str, by: User, at: datetime) -> Subscription:
    """Let one's authority hear of what befalls a body; twice is once.

    Raises: Body.DoesNotExist, NotAllowed, LeadRefused.
    """
    own = permissions.sending_organisation(by, Can.SUBSCRIBE, day_of(at))
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    known = Subscription.objects.filter(organisation=own, body=body, ended_at=None).first()
    if known is not None:
        return known
    with recorded(by, demand("purpose", purpose)):
        return Subscription.objects.create(organisation=own, body=body, purpose=purpose.strip()[:300], by=by, since=at)


@keeps_refused
@transaction.atomic
def unsubscribe(*, subscription_id: int, why: str, by: User, at: datetime) -> Subscription:
    """End a subscription of one's own authority. Raises: Subscription.DoesNotExist, NotAllowed, LeadRefused."""
    own = permissions.sending_organisation(by, Can.SUBSCRIBE, day_of(at))
    found = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription_id, organisation=own)
    if found.ended_at is None:
        found.ended_at = at
        with recorded(by, demand("why", why)):
            found.save(update_fields=["ended_at"])
    return found


def tell_subscribers(*, body: Body, subject: str, words: str, at: datetime) -> int:
    """Tell every authority that relies on a body what befell it, in the caller's transaction; return how many."""
    told = list(Subscription.objects.filter(body=body, ended_at=None).values_list("organisation_id", flat=True))
    if told:
        notices.notify(
            organisation_ids=told, subject=subject[:200], body=words, href=reverse("bodies:body", args=[body.slug]),
            kind=NOTICE_KIND, at=at, by=None, origin=f"body:{body.pk}",
        )  # fmt: skip
    return len(told)


@keeps_refused
@transaction.atomic
def doubt(
    *, body_id: int, reference: str, words: str, evidence: Sequence[Evidence], by: User, at: datetime
) -> Referral:
    """Send a doubt about a report back to the authority that oversees its body; the answer comes to the same inbox.

    Args:
        reference: the report's number or the number of a certificate.
    Raises: Body.DoesNotExist, NotAllowed, LeadRefused.
    """
    own = permissions.sending_organisation(by, Can.SUBSCRIBE, day_of(at))
    body = Body.objects.get(pk=body_id)
    lead = open_lead(
        source="department", reference=f"{own.pk}:{body.slug}:{demand('reference', reference)}"[:120],
        matter="result_doubted", title=f"{own.name}对报告 {reference.strip()} 存疑", words=words, body_id=body.pk,
        evidence=evidence, by=None, at=at,
    )  # fmt: skip
    return send(
        matter=Matter("lead", lead.number, lead.title, body.slug, tuple(manifest_of(lead))), sender=own,
        receiver_id=_overseer(body), kind=ReferralKind.DOUBT, words=words, by=by, at=at, lead=lead,
    )  # fmt: skip


def _overseer(body: Body) -> int:
    """Return the key of the nearest market supervision authority of a body's place. Raises: LeadRefused."""
    code = body.division_id or province_division()
    near = authorities_up([code])[code]
    if not near:
        raise LeadRefused(
            "There is no authority that could handle this.", field="division", remedy="Set the province up first."
        )
    return near[0]
