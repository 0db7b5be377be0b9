"""Which cases somebody sees, and what stands on a case's page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Avg, Count, Max, Min, Q, QuerySet

from zhunsheng.oversight.enforcement.lifecycle import RUNNING, TOLD, QualificationState, Stage
from zhunsheng.oversight.enforcement.models import (
    Case,
    CaseEvent,
    CaseParticipant,
    Decision,
    Penalty,
    QualificationMatter,
)
from zhunsheng.oversight.enforcement.permissions import AnyUser, Can
from zhunsheng.oversight.leads.selectors.leads import bodies_named
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User

SHOWN = 30
MEANINGS = {
    Stage.DECIDING: "attention",
    Stage.CLOSED: "good",
    Stage.DROPPED: "neutral",
    Stage.TRANSFERRED: "attention",
}
TABS = {
    "open": (*RUNNING, Stage.DECIDED, Stage.SERVED, Stage.TRANSFERRED),
    "examine": (Stage.REVIEWING, Stage.HEARING),
    "decide": (Stage.DECIDING,),
    "carry-out": (Stage.DECIDED, Stage.SERVED),
    "ended": (Stage.CLOSED, Stage.DROPPED),
}


def cases_visible_to(user: AnyUser, on: date) -> QuerySet[Case]:
    """Return the cases that somebody sees: officers those of their place or joined, a party its own once told."""
    officers = policy.reach_of(user, Can.SEE, on).as_q(organisation=None)
    asked = policy.reach_of(user, Can.JOIN, on).organisation_ids
    if asked:
        seats = CaseParticipant.objects.filter(organisation__in=asked, left_at=None)
        officers |= Q(pk__in=seats.values("case"))
    own = policy.reach_of(user, Can.SEE_OWN, on)
    if not own:
        return Case.objects.filter(officers)
    return Case.objects.filter(officers | (own.as_q(division=None) & Q(stage__in=TOLD)))


def in_tab(rows: QuerySet[Case], tab: str, user: AnyUser, on: date) -> QuerySet[Case]:
    """Return the cases of a tab."""
    if tab == "mine" and isinstance(user, User):
        return rows.filter(Q(investigator=user) | Q(second=user)).exclude(stage__in=TABS["ended"])
    if tab == "late":
        return rows.filter(next_due_on__lt=on)
    if tab == "soon":
        return rows.filter(warn_on__lte=on, next_due_on__gte=on)
    return rows.filter(stage__in=TABS[tab]) if tab in TABS else rows


def found_by(rows: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Return the cases of a number or a body, or, where no body is called so, those whose title or party holds it."""
    text = words.strip()
    if text.upper().startswith("AJ-"):
        return rows.filter(number__startswith=text.upper())
    named = bodies_named(text)
    if named:
        return rows.filter(Q(body_id__in=named) | Q(body=None, subject__icontains=text))
    return rows.filter(Q(title__icontains=text) | Q(subject__icontains=text))


def meaning_of(stage: str) -> str:
    """Return the colour of a stage."""
    return MEANINGS.get(Stage(stage), "waiting")


def due_meaning(case: Case, on: date) -> str:
    """Return the colour of a case's day: late, near, or nothing to worry about."""
    if case.next_due_on is None:
        return "neutral"
    if case.next_due_on < on:
        return "bad"
    return "attention" if case.warn_on is not None and case.warn_on <= on else "neutral"


def events_of(case: Case) -> Sequence[CaseEvent]:
    """Return the newest records of a case."""
    return list(case.events.select_related("by").order_by("-at", "-pk")[:SHOWN])


def like_cases(consequences: Sequence[str], but: Case) -> dict[str, dict[str, Any]]:
    """Return how decided cases applied these consequences: how many, the least, the mean and the most."""
    rows = Penalty.objects.filter(
        consequence__in=consequences, amount__isnull=False, withdrawn_at=None, case__decided_on__isnull=False
    ).exclude(case=but)
    told = rows.values("consequence").annotate(
        number=Count("pk"), least=Min("amount"), mean=Avg("amount"), most=Max("amount")
    )
    return {one["consequence"]: dict(one) for one in told}


def published(on: date) -> QuerySet[Decision]:
    """Return the decisions that everybody may read on a day."""
    rows = Decision.objects.filter(published_at__isnull=False, hidden_at=None, published_until__gte=on)
    return rows.select_related("case", "case__division", "case__authority").order_by("-published_at", "-pk")


def qualifications_visible_to(user: AnyUser, on: date) -> QuerySet[QualificationMatter]:
    """Return the recommendations on qualifications of cases that somebody sees."""
    rows = QualificationMatter.objects.filter(case__in=cases_visible_to(user, on))
    return rows.select_related("case", "penalty").order_by("-recommended_at", "-pk")


def waiting_qualifications(rows: QuerySet[QualificationMatter]) -> QuerySet[QualificationMatter]:
    """Return those that wait for the grantor."""
    return rows.filter(state=QualificationState.RECOMMENDED)
