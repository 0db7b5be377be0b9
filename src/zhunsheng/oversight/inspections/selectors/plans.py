"""Which plans somebody sees, and how a plan stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from zhunsheng.oversight.inspections.lifecycle import OPEN_TASKS, Arm, PlanStage, Purpose, TaskStage
from zhunsheng.oversight.inspections.models import Plan, PlanDraw
from zhunsheng.oversight.inspections.permissions import AnyUser, Can, departments_of
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.draws.models import Draw

PUBLIC = (PlanStage.APPROVED, PlanStage.CLOSED)


def plans_visible_to(user: AnyUser, on: date) -> QuerySet[Plan]:
    """Return the plans in sight, newest first: officers their division's, a department also those it joins in."""
    seen = policy.reach_of(user, Can.SEE, on).as_q(organisation=None) | joined(departments_of(user, on), "pk")
    found = Plan.objects.filter(seen).select_related("division", "organisation")
    return found.order_by("-first_day", "-pk")


def waiting_for_approval(user: AnyUser, on: date) -> QuerySet[Plan]:
    """Return the submitted plans that somebody may approve, the first to begin at the head; never one's own."""
    reach = policy.reach_of(user, Can.APPROVE, on).as_q(organisation=None)
    own = Q(drafted_by=user.pk) | Q(submitted_by=user.pk) if isinstance(user, User) else Q()
    found = Plan.objects.filter(reach, stage=PlanStage.SUBMITTED).exclude(own).select_related("organisation")
    return found.order_by("first_day", "pk")


def joined(departments: Sequence[int], plan: str) -> Q:
    """Return the condition that a plan, named by a field, is one in which a department takes part."""
    if not departments:
        return Q(pk__in=[])
    return Q(**{f"{plan}__in": Plan.departments.through.objects.filter(organisation__in=departments).values("plan")})


def public_plans() -> QuerySet[Plan]:
    """Return the approved plans, which everybody may read, newest first."""
    found = Plan.objects.filter(stage__in=PUBLIC).select_related("division", "organisation")
    return found.order_by("-first_day", "-pk")


def with_figures(plans: QuerySet[Plan], on: date) -> QuerySet[Plan]:
    """Add to each plan how many tasks it has, how many are done and overdue."""
    live = ~Q(tasks__stage=TaskStage.CANCELLED)
    return plans.annotate(
        total=Count("tasks", filter=live & Q(tasks__isnull=False)),
        done=Count("tasks", filter=Q(tasks__stage=TaskStage.REPORTED)),
        overdue=Count("tasks", filter=Q(tasks__stage__in=OPEN_TASKS, tasks__last_day__lt=on)),
    )


def figures_of(plan: Plan, on: date) -> dict[str, int]:
    """Return how the tasks of a plan stand: one query."""
    live = ~Q(stage=TaskStage.CANCELLED)
    found: dict[str, int] = plan.tasks.aggregate(
        total=Count("pk", filter=live),
        random=Count("pk", filter=live & Q(arm=Arm.RANDOM)),
        cause=Count("pk", filter=live & Q(arm=Arm.CAUSE)),
        planned=Count("pk", filter=Q(stage=TaskStage.PLANNED)),
        assigned=Count("pk", filter=Q(stage=TaskStage.ASSIGNED)),
        done=Count("pk", filter=Q(stage=TaskStage.REPORTED)),
        violations=Count("pk", filter=Q(stage=TaskStage.REPORTED, violation=True)),
        overdue=Count("pk", filter=Q(stage__in=OPEN_TASKS, last_day__lt=on)),
    )
    return found


def draws_of(plan: Plan) -> list[PlanDraw]:
    """Return every draw of a plan, newest first, each with the draw that stands now as `newest`: two queries."""
    found = list(plan.draws.select_related("draw", "task", "leaving").order_by("-pk"))
    later = later_draws([one.draw_id for one in found])
    for one in found:
        one.newest = later.get(one.draw_id, one.draw)  # type: ignore[attr-defined]  # for the page alone
    return found


def later_draws(draw_ids: Sequence[int]) -> dict[int, Draw]:
    """Return for draws that were drawn again the last one that stands in their place."""
    last: dict[int, Draw] = {}
    waiting = {one: one for one in draw_ids}
    while waiting:
        found = {
            one.replaces_id: one for one in Draw.objects.filter(replaces__in=list(waiting)).defer("frame", "transcript")
        }
        last |= {waiting[old]: new for old, new in found.items() if old is not None}
        waiting = {new.pk: waiting[old] for old, new in found.items() if old is not None}
    return last


def newest_of(draw: Draw) -> Draw:
    """Return the draw that stands now: the last of those that each replaced the one before."""
    while (later := Draw.objects.filter(replaces=draw).first()) is not None:
        draw = later
    return draw


def open_draw(plan: Plan, *purposes: str) -> PlanDraw | None:
    """Return the sealed draw of these purposes whose result is not taken over yet."""
    found = plan.draws.filter(purpose__in=purposes, taken_at=None).select_related("draw", "task", "leaving")
    return found.order_by("pk").first()


def next_number(at: datetime) -> str:
    """Return the number that the next plan takes."""
    newest: Any = Plan.objects.aggregate(newest=Max("pk"))["newest"]
    return f"P-{timezone.localtime(at).year}-{(newest or 0) + 1:04d}"


def public_draws(plans: Sequence[Plan]) -> dict[int, list[PlanDraw]]:
    """Return the draws of plans, oldest first, substitutes left out: two queries."""
    found = PlanDraw.objects.filter(plan__in=plans).exclude(purpose=Purpose.SUBSTITUTE).select_related("draw")
    held: dict[int, list[PlanDraw]] = {}
    kept = list(found.defer("draw__frame", "draw__transcript", "draw__result").order_by("pk"))
    later = later_draws([one.draw_id for one in kept])
    for one in kept:
        one.newest = later.get(one.draw_id, one.draw)  # type: ignore[attr-defined]  # for the page alone
        held.setdefault(one.plan_id, []).append(one)
    return held
