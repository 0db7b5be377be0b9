"""Assessors and experts: who may see them, how they stand, who may be called to review a body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Avg, Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from zhunsheng.foundation.lawbook import Lawbook
from zhunsheng.platform.accounts import policy
from zhunsheng.registry.bodies.models import (
    Body,
    Expert,
    ExpertAssignment,
    ExpertEmployment,
    ExpertEvaluation,
    ExpertMeasure,
    ExpertMeasureKind,
    ExpertSpeciality,
    ExpertTraining,
)
from zhunsheng.registry.bodies.permissions import AnyUser, Can
from zhunsheng.registry.bodies.selectors.versions import held_on

YEAR = timedelta(days=365)
_LAW = Path(__file__).parent.parent / "law"


@cache
def experts_law() -> Lawbook:
    """Return what the law says about assessors and experts."""
    return Lawbook.load(_LAW / "experts.yaml")


def experts_visible_to(user: AnyUser, on: date) -> QuerySet[Expert]:
    """Return the experts that somebody may see: officers the whole register, everybody else only their own entry."""
    if policy.allowed_somewhere(user, Can.SEE_EXPERTS, on):
        return Expert.objects.select_related("division")
    if user is None or user.pk is None:
        return Expert.objects.none()
    return Expert.objects.select_related("division").filter(user_id=user.pk)


def with_figures(experts: QuerySet[Expert], on: date) -> QuerySet[Expert]:
    """Annotate standing on a day, tasks of the last year, mean score and until when the longest training counts."""
    tasks = ExpertAssignment.objects.filter(expert_id=OuterRef("pk"), valid_from__gt=on - YEAR, valid_from__lte=on)
    scores = ExpertEvaluation.objects.filter(expert_id=OuterRef("pk"), evaluated_on__lte=on)
    trained = ExpertTraining.objects.filter(expert_id=OuterRef("pk")).order_by("-valid_to")
    fields = ExpertSpeciality.objects.filter(held_on(on), expert_id=OuterRef("pk")).order_by("domain")
    return experts.annotate(
        standing=_standing(on),
        tasks=Subquery(tasks.order_by().values("expert_id").annotate(total=Count("pk")).values("total")),
        mean_score=Subquery(scores.order_by().values("expert_id").annotate(mean=Avg("score")).values("mean")),
        trained_until=Subquery(trained.values("valid_to")[:1]),
        first_field=Subquery(fields.values("domain")[:1]),
    )


def _standing(on: date) -> Case:
    measures = ExpertMeasure.objects.filter(held_on(on), expert_id=OuterRef("pk"))
    trained = ExpertTraining.objects.filter(held_on(on), expert_id=OuterRef("pk"))
    return Case(
        When(Exists(measures.filter(kind=ExpertMeasureKind.REMOVED)), then=Value("removed")),
        When(Q(valid_from__gt=on) | Q(valid_to__lt=on), then=Value("out")),
        When(Exists(measures.filter(kind=ExpertMeasureKind.SUSPENDED)), then=Value("suspended")),
        When(~Exists(trained), then=Value("untrained")),
        When(Exists(measures.filter(kind=ExpertMeasureKind.WARNED)), then=Value("warned")),
        default=Value("available"),
        output_field=CharField(),
    )


@dataclass(frozen=True, slots=True)
class ExpertAsOf:
    """Everything dated about an expert, newest first."""

    expert: Any
    specialities: Sequence[ExpertSpeciality]
    trainings: Sequence[ExpertTraining]
    employments: Sequence[ExpertEmployment]
    assignments: Sequence[ExpertAssignment]
    evaluations: Sequence[ExpertEvaluation]
    measures: Sequence[ExpertMeasure]


def expert_on(expert: Expert, on: date) -> ExpertAsOf:
    """Return an expert as of a day with all that is on record: seven queries. Raises: Expert.DoesNotExist."""
    return ExpertAsOf(
        expert=with_figures(Expert.objects.select_related("division", "user"), on).get(pk=expert.pk),
        specialities=list(expert.specialities.order_by("domain")),
        trainings=list(expert.trainings.order_by("-valid_from")),
        employments=list(expert.employments.select_related("body").order_by("-valid_from")),
        assignments=list(expert.assignments.select_related("body").order_by("-valid_from")),
        evaluations=list(expert.evaluations.order_by("-evaluated_on")),
        measures=list(expert.measures.order_by("-valid_from")),
    )


def experts_for(body: Body, *, field: str, on: date | None = None) -> QuerySet[Expert]:
    """Return who may be called to review a body in a field on a day, the least busy first.

    Left out: who is removed, suspended, out of the register or without a training that counts, and who must avoid the
    body: employed there now or within the years that the law asks for, before or after a merger.
    """
    day = on or timezone.localdate()
    years = int(experts_law().on("experts.avoidance", day).values["years_after_employment"])
    kin = {body.pk, *body.events.exclude(other=None).values_list("other_id", flat=True)}
    kin |= set(body.events_of_others.values_list("body_id", flat=True))
    recently = Q(valid_to=None) | Q(valid_to__gte=day - years * YEAR)
    avoiding = ExpertEmployment.objects.filter(recently, expert_id=OuterRef("pk"), body_id__in=kin)
    able = ExpertSpeciality.objects.filter(held_on(day), expert_id=OuterRef("pk"), field=field)
    found: QuerySet[Any] = with_figures(Expert.objects.filter(Exists(able)).exclude(Exists(avoiding)), day)
    return found.filter(standing__in=["available", "warned"]).order_by("tasks", "code")
