"""Reads of verifications: the tasks in sight, the law of each, the lines that a decision granted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.admission.certificates import selectors as certificates
from zhunsheng.admission.certificates.models import Measure
from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import Finding, LineAct, LineOutcome
from zhunsheng.admission.licensing.models import RouteBar, Step, Verification
from zhunsheng.admission.licensing.permissions import AnyUser, Can
from zhunsheng.admission.licensing.rules.clocks import Clock, Reading
from zhunsheng.admission.licensing.rules.sameness import FIELDS, what_of
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
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
    "closed": pgettext_lazy("verification", "Closed"),
}


def verifications_visible_to(user: AnyUser, on: date) -> QuerySet[Verification]:
    """Return the tasks in sight: of one's place for officers, one's own for a body; the first due first.

    `told` and `told_stage` are finding and stage as this reader is told them: a body learns that something is held
    against it by the notice, and until then the task reads as still to be verified.
    """
    reach = policy.reach_of(user, Can.SEE, on) if user is not None else policy.NOWHERE
    seen = reach.as_q(organisation="application__organisation_id") | _officially(user, on)
    before_notice = Q(stage="revoking") & ~_officially(user, on)
    rows = Verification.objects.filter(seen).select_related("application", "body", "found_by", "closed_by")
    told = Case(When(before_notice, then=Value(Finding.PENDING.value)), default=F("finding"))
    at = Case(When(before_notice, then=Value("open")), default=F("stage"))
    return rows.annotate(told=told, told_stage=at).order_by(F("due_on").asc(nulls_last=True), "-pk")


def stages_told(user: AnyUser, on: date) -> dict[str, Any]:
    """Return the stages that this reader can be told, in words: no body is told that a task is with who decides."""
    told = dict(STAGES)
    if not any(one.everywhere or one.division_prefixes for one in _offices(user, on)):
        del told["revoking"]
    return told


def read_officially(user: AnyUser, task: Verification, on: date) -> bool:
    """Tell whether somebody reads a task for an office, not for the body that it is about."""
    place = policy.Place.of(task.application)
    return any(policy.allowed(user, one, place, on) for one in (Can.READ_QUEUE, Can.VERIFY))


def _officially(user: AnyUser, on: date) -> Q:
    reading, verifying = _offices(user, on)
    return reading.as_q(organisation=None) | verifying.as_q(organisation=None)


def _offices(user: AnyUser, on: date) -> tuple[policy.Reachable, policy.Reachable]:
    if user is None:
        return policy.NOWHERE, policy.NOWHERE
    return policy.reach_of(user, Can.READ_QUEUE, on), policy.reach_of(user, Can.VERIFY, on)


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


def reading_of(task: Verification, on: date) -> Reading | None:
    """Return how the limit of verifying stands on a day; None before the application is decided."""
    decided = task.application.decided_at
    if decided is None:
        return None
    start = timezone.localdate(decided)
    return Clock(law_book.clock(law_of(task).values["clock"], start), start).read(on)


CONFIRMED: Final = "verification.revoke"
"""The step of the application's log by which something was decided to be untrue: number, then reasons."""


@dataclass(frozen=True, slots=True)
class Decided:
    """How it was decided that something was untrue, and what followed.

    Attributes:
        number: of the decision; empty where neither measure nor bar names it, then it begins the reasons.
    """

    number: str
    reasons: str
    at: datetime
    by: User | None
    measure: Measure | None
    bars: tuple[RouteBar, ...]


def decision_of(task: Verification) -> Decided | None:
    """Return the decision by which a closed task was found untrue, from log, measures and bars: three queries."""
    if task.stage != "closed" or task.finding != Finding.UNTRUE:
        return None
    steps = Step.objects.filter(application_id=task.application_id, action=CONFIRMED).select_related("by")
    step = steps.order_by("-at", "-pk").first()
    if step is None:
        return None
    measures = certificates.measures_of(task.body_id)
    measure = next((one for one in measures if step.words.startswith(f"{one.decision_no} ")), None)
    set_then = RouteBar.objects.filter(organisation_id=task.application.organisation_id).order_by("pk")
    bars = tuple(one for one in set_then if step.words.startswith(f"{one.reference} "))
    number = measure.decision_no if measure else next((one.reference for one in bars), "")
    return Decided(number, step.words.removeprefix(number).strip(), step.at, step.by, measure, bars)


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
