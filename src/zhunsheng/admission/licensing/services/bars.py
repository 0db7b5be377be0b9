"""Bars of routes: set by a decision, with the condition of law they stand for, and lifted with a reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import Route
from zhunsheng.admission.licensing.models import Application, RouteBar
from zhunsheng.admission.licensing.rules.clocks import add_months, bar_end
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User


def end_of(condition: str, since: date, months: int | None = None) -> date | None:
    """Return the last day of a bar: by the term of law where there is one, else by months; None for no end."""
    clock = law_book.bar_clock(condition, since)
    if clock is not None:
        return bar_end(clock, since)
    return add_months(since, months) if months else None


@transaction.atomic
def set_bar(
    *,
    organisation_id: int,
    condition: str,
    law: Entry,
    since: date,
    reference: str,
    words: str,
    by: User | None,
    at: datetime,
    months: int | None = None,
) -> RouteBar:
    """Bar routes to an applicant from a day on; the same decision again changes nothing. The caller asks the policy.

    Args:
        condition: a kind of bar of law/facts.yaml, which conditions.yaml turns into barred routes.
        law: the entry the bar rests on; a term of law (clocks T8A to T8C) goes before `months`.
    Raises: ApplicationRefused for an unknown kind of bar or one without reference or words.
    """
    del at
    if condition not in law_book.facts()[1].values["bars"]:
        raise ApplicationRefused(
            "“%(condition)s” is no kind of bar.", params={"condition": condition}, field="condition",
            remedy="Choose one that the conditions of routes know.",
        )  # fmt: skip
    if not reference.strip() or not words.strip():
        raise ApplicationRefused("A bar names its decision and its reason.", field="reference", remedy="Enter both.")
    known = RouteBar.objects.filter(
        organisation_id=organisation_id, condition=condition, reference=reference.strip()
    ).first()
    if known is not None:
        return known
    clock = law_book.bar_clock(condition, since) or law
    with recorded(by, words):
        return RouteBar.objects.create(
            organisation_id=organisation_id, condition=condition, law=named(clock), since=since,
            until=end_of(condition, since, months), reference=reference.strip(), words=words.strip()[:300],
        )  # fmt: skip


@transaction.atomic
def lift_bar(*, bar_id: int, why: str, place: policy.Place, action: str, by: User, at: datetime, on: date) -> RouteBar:
    """Lift a bar before its end, for whoever may do `action` here. Raises: RouteBar.DoesNotExist, NotAllowed."""
    bar = RouteBar.objects.select_for_update().get(pk=bar_id)
    policy.require(by, action, place, on)
    bar.lifted_at = at
    with recorded(by, why):
        bar.save(update_fields=["lifted_at"])
    return bar


def after_withdrawal(application: Application, *, by: User, at: datetime) -> RouteBar | None:
    """Bar the route of commitment to who took a filed application by commitment back; None for all others.

    Source: Order 163, Art. 12: whoever withdraws a commitment and applies again takes the general procedure.
    """
    if application.route != Route.COMMITMENT or application.filed_at is None:
        return None
    today = timezone.localdate(at)
    law = law_book.ways().on("COND-COMMITMENT-WITHDRAWN", today)
    return set_bar(
        organisation_id=application.organisation_id, condition="commitment_withdrawn", law=law, since=today,
        reference=application.number, words=law.title["zh"], by=by, at=at,
    )  # fmt: skip


def named(entry: Entry) -> str:
    """Return id and version of an entry, as records keep them."""
    return f"{entry.id} {entry.version}.{entry.digest[:8]}"
