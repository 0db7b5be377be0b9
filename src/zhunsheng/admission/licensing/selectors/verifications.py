"""Reads of verifications: the tasks in sight, the law of each, the lines that a decision granted."""

from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import Finding, LineAct, LineOutcome
from zhunsheng.admission.licensing.models import Verification
from zhunsheng.admission.licensing.permissions import AnyUser, Can
from zhunsheng.admission.licensing.rules.sameness import FIELDS, what_of
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.platform.accounts import policy
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.selectors import scope_on

STAGES: dict[str, Any] = {
    "waiting": _("Waiting for the lot"),
    "open": _("To be verified"),
    "rectifying": _("Being rectified"),
    "revoking": _("With who decides"),
    "hearing": _("The body is being heard"),
    "heard": _("Heard, with the legal officer"),
    "examined": _("Examined, to be decided"),
    "closed": _("Closed"),
}


def verifications_visible_to(user: AnyUser, on: date) -> QuerySet[Verification]:
    """Return the tasks in sight: of one's place for officers, one's own for a body; the first due first.

    `told` is the finding as this reader is told it: a body learns that something is held against it by the notice.
    """
    reach = policy.reach_of(user, Can.SEE, on) if user is not None else policy.NOWHERE
    seen = reach.as_q(organisation="application__organisation_id") | _officially(user, on)
    before_notice = Q(stage="revoking") & ~_officially(user, on)
    rows = Verification.objects.filter(seen).select_related("application", "body", "found_by", "closed_by")
    told = Case(When(before_notice, then=Value(Finding.PENDING.value)), default=F("finding"))
    return rows.annotate(told=told).order_by(F("due_on").asc(nulls_last=True), "-pk")


def read_officially(user: AnyUser, task: Verification, on: date) -> bool:
    """Tell whether somebody reads a task for an office, not for the body that it is about."""
    place = policy.Place.of(task.application)
    return any(policy.allowed(user, one, place, on) for one in (Can.READ_QUEUE, Can.VERIFY))


def _officially(user: AnyUser, on: date) -> Q:
    if user is None:
        return policy.NOWHERE.as_q()
    reading, verifying = (policy.reach_of(user, one, on) for one in (Can.READ_QUEUE, Can.VERIFY))
    return reading.as_q(organisation=None) | verifying.as_q(organisation=None)


def law_of(verification: Verification) -> Entry:
    """Return the very entry by which a task was opened, even where the law has changed since."""
    name, _space, version = verification.law.partition(" ")
    book = law_book.verifications()
    for one in book:
        if one.id == name and book.version_of(one) == version:
            return one
    return law_book.verification_for(verification.application.route, timezone.localdate(verification.opened_at))


def measure_for(verification: Verification) -> str:
    """Return what is done to the certificate where a task finds untruth: revoke, reduce or none."""
    return str(law_of(verification).values["measures"].get(verification.application.kind, "none"))


def granted_lines(verification: Verification, on: date) -> QuerySet[ScopeLine]:
    """Return the lines of the register in force on a day that the verified decision granted.

    A line is one of them where it says the same as a granted line of the application (`rules/sameness.py`) and began on
    the day of the decision or later.
    """
    application = verification.application
    asked = application.lines.filter(outcome=LineOutcome.GRANTED, act__in=[LineAct.ADD, LineAct.REPLACE, LineAct.KEEP])
    wanted = {what_of(*row) for row in asked.values_list(*FIELDS)}
    since = timezone.localdate(verification.opened_at)
    begun = scope_on(verification.body, on).filter(valid_from__gte=since)
    same = [key for key, *row in begun.order_by().values_list("pk", *FIELDS) if what_of(*row) in wanted]
    return begun.filter(pk__in=same)
