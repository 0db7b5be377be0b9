"""What calls for a visit and has none yet: accepted leads and open obligations of bodies of a plan's place."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhunsheng.oversight.inspections.lifecycle import CauseKind, TaskStage
from zhunsheng.oversight.inspections.models import Plan, TaskCause
from zhunsheng.oversight.leads.lifecycle import Stage as LeadStage
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.leads.selectors import leads_visible_to
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.credit.models import Obligation
from zhunsheng.registry.credit.selectors import obligations_visible_to

MOST = 50
CALLING: tuple[str, ...] = (LeadStage.NEW, LeadStage.ACCEPTED, LeadStage.WATCHED)
VISITED: tuple[str, ...] = ("verify", "rectify", "rectify_commitment")
"""Obligations that somebody goes and sees."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A cause as it would be added."""

    kind: str
    reference: str
    words: str
    body: Body
    since: date


def suggestions_for(plan: Plan, user: User, on: date) -> list[Suggestion]:
    """Return what this reader sees and may add to a plan, the newest lead first, then what is due first."""
    found = [
        Suggestion(CauseKind.LEAD, one.number, one.title, one.body, one.opened_at.date())
        for one in _leads(plan, user, on)
        if one.body is not None
    ]
    return found + [
        Suggestion(CauseKind.OBLIGATION, one.reference, one.words, one.body, one.due_on or one.asked_at.date())
        for one in _obligations(plan, user, on)
    ]


def _leads(plan: Plan, user: User, on: date) -> QuerySet[Lead]:
    seen = leads_visible_to(user, on).filter(_below(plan, "body__division_id"), stage__in=CALLING)
    taken = _taken(CauseKind.LEAD).filter(reference=OuterRef("number"))
    return seen.exclude(Exists(taken)).select_related("body").order_by("-opened_at", "-pk")[:MOST]


def _obligations(plan: Plan, user: User, on: date) -> QuerySet[Obligation]:
    seen = obligations_visible_to(user, on).filter(_below(plan, "body__division_id"), kind__in=VISITED)
    taken = _taken(CauseKind.OBLIGATION).filter(reference=OuterRef("reference"), task__body_id=OuterRef("body_id"))
    return seen.exclude(Exists(taken))[:MOST]


def _below(plan: Plan, name: str) -> Q:
    """Return the condition of lying at or below the plan's place: a range of codes."""
    prefix = plan.division.prefix
    return Q(**{f"{name}__gte": prefix.ljust(6, "0"), f"{name}__lte": prefix.ljust(6, "9")})


def _taken(kind: CauseKind) -> QuerySet[TaskCause]:
    return TaskCause.objects.filter(kind=kind).exclude(task__stage=TaskStage.CANCELLED)
