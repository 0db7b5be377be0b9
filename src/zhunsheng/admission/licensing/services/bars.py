"""Bars of routes: set by a decision, with the condition of law they stand for, and lifted with a reason."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import Route
from zhunsheng.admission.licensing.models import Application, RouteBar
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.clocks import bar_end
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.foundation.workdays import add_months
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Organisation, User


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
    since: date,
    reference: str,
    words: str,
    by: User,
    at: datetime,
    law: Entry | None = None,
    months: int | None = None,
) -> RouteBar:
    """Bar routes to an applicant from a day on; the same decision again changes nothing.

    Args:
        condition: a kind of bar of law/facts.yaml, which conditions.yaml turns into barred routes.
        law: the entry the bar rests on, else that of the condition; a term of law (clocks T8A to T8C) goes before
            `months`.
    Raises: Organisation.DoesNotExist, NotAllowed; ApplicationRefused for an unknown kind of bar, one without reference
        or words, or one that begins in the future.
    """
    today = timezone.localdate(at)
    house = Organisation.objects.get(pk=organisation_id)
    policy.require(by, Can.BAR, _place_of(house), today)
    if since > today:
        raise ApplicationRefused("A bar begins on the day of its decision.", field="since", remedy="Enter that day.")
    return _set(house.pk, condition, law or law_of(condition, since), since, reference, words, by, months)


def law_of(condition: str, day: date) -> Entry:
    """Return the condition of law that a kind of bar stands for on a day. Raises: ApplicationRefused."""
    for entry in law_book.held(law_book.ways(), day):
        if entry.values.get("effect") == "bars" and any(condition in _named_bars(one) for one in entry.values["when"]):
            return entry
    raise _unknown(condition)


def _named_bars(tests: Mapping[str, Mapping[str, Any]]) -> Collection[str]:
    found = tests.get("bars", {}).get("any_of", ())
    return [str(one) for one in found]


def _unknown(condition: str) -> ApplicationRefused:
    return ApplicationRefused(
        "“%(condition)s” is no kind of bar.", params={"condition": condition}, field="condition",
        remedy="Choose one that the conditions of routes know.",
    )  # fmt: skip


def _place_of(house: Organisation) -> policy.Place:
    return policy.Place(division_code=house.division_id, organisation_id=house.pk)


def _set(
    organisation_id: int,
    condition: str,
    law: Entry,
    since: date,
    reference: str,
    words: str,
    by: User,
    months: int | None = None,
) -> RouteBar:
    if condition not in law_book.facts()[1].values["bars"]:
        raise _unknown(condition)
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
            organisation_id=organisation_id, condition=condition, law=clock.named, since=since,
            until=end_of(condition, since, months), reference=reference.strip(), words=words.strip()[:300],
        )  # fmt: skip


@transaction.atomic
def lift_bar(*, bar_id: int, why: str, by: User, at: datetime) -> RouteBar:
    """Lift a bar before its end, with the reason.

    Raises: RouteBar.DoesNotExist, NotAllowed; ApplicationRefused for one that is over, or without a reason.
    """
    bar = RouteBar.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=bar_id)
    today = timezone.localdate(at)
    policy.require(by, Can.BAR, _place_of(bar.organisation), today)
    if not why.strip():
        raise ApplicationRefused("Lifting a bar needs its reason.", field="why", remedy="Name document and fact.")
    if bar.lifted_at is not None or (bar.until is not None and bar.until < today):
        raise ApplicationRefused("This bar is over already.", field="why", remedy="Nothing is to be lifted.")
    bar.lifted_at, bar.lifted_why = at, why.strip()[:300]
    with recorded(by, why):
        bar.save(update_fields=["lifted_at", "lifted_why"])
    return bar


def after_withdrawal(application: Application, *, by: User, at: datetime) -> RouteBar | None:
    """Bar the route of commitment to who took a filed application by commitment back; None for all others.

    Source: Order 163, Art. 12: whoever withdraws a commitment and applies again takes the general procedure.
    """
    if application.route != Route.COMMITMENT or application.filed_at is None:
        return None
    today = timezone.localdate(at)
    law = law_book.ways().on("COND-COMMITMENT-WITHDRAWN", today)
    return _set(
        application.organisation_id, "commitment_withdrawn", law, today, application.number, law.title["zh"], by
    )
