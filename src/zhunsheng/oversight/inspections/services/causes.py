"""Visits for a cause: under an approved plan, apart from the lot, and merged into a visit that is to be made anyway."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhunsheng.oversight.inspections import lawbook, permissions, selectors
from zhunsheng.oversight.inspections.lifecycle import OPEN_TASKS, PLAN, TASK, Arm, CauseKind
from zhunsheng.oversight.inspections.models import Plan, Task, TaskCause
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.services.steps import (
    InspectionRefused,
    checklist_for,
    day_of,
    locked_plan,
    refuse_past,
)
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.registry.bodies.models import Body


@keeps_refused
@transaction.atomic
def add_cause(
    *,
    plan_id: int,
    body_id: int,
    kind: str,
    reference: str,
    words: str,
    by: User,
    at: datetime,
    matters: Sequence[str] = (),
) -> Task:
    """Let a body be visited for a cause; if a visit to it is to be made anyway, the cause joins that one.

    The yearly cap does not hold for causes; merging keeps visits few.
    Raises: Plan.DoesNotExist, Body.DoesNotExist, NotAllowed, IllegalMove, InspectionRefused.
    """
    plan = locked_plan(plan_id)
    on = day_of(at)
    permissions.require(by, Can.PLAN, plan, on)
    PLAN.target(plan.stage, "add_cause")
    body = Body.objects.get(pk=body_id)
    wanted = list(dict.fromkeys(matters or plan.matters))
    _refuse(plan, body, kind, reference, words, wanted, at)
    with exclusive("inspection-tasks"), recorded(by, f"{kind} {reference}: {words}"[:500]):
        task = _open_visit(body, plan, at)
        if task is None:
            task = _made(plan, body, wanted, by, at)
        else:
            task.stage = TASK.target(task.stage, "merge")
            task.matters = [*task.matters, *(one for one in wanted if one not in task.matters)]
            task.save(update_fields=["stage", "matters"])
        TaskCause.objects.create(
            task=task, kind=kind, reference=reference.strip()[:120], words=words.strip()[:1000], added_by=by,
            added_at=at,
        )  # fmt: skip
    return task


def _made(plan: Plan, body: Body, matters: list[str], by: User, at: datetime) -> Task:
    """Make a task of its own for a cause."""
    fields = selectors.fields_of([body.pk])
    return Task.objects.create(
        number=selectors.task_number(selectors.next_task_key(), at), plan=plan, body=body,
        division_id=body.division_id or plan.division_id, arm=Arm.CAUSE, matters=matters,
        fields=list(fields.get(body.pk, ())), checklist=checklist_for(fields, body.pk),
        first_day=max(plan.first_day, day_of(at)), last_day=plan.last_day, created_by=by, created_at=at,
    )  # fmt: skip


def _open_visit(body: Body, plan: Plan, at: datetime) -> Task | None:
    """Return a visit to the body that is still to be made within the plan's window, whatever plan it belongs to."""
    found = Task.objects.select_for_update(of=("self",)).filter(
        body=body, stage__in=OPEN_TASKS, last_day__gte=day_of(at), first_day__lte=plan.last_day
    )
    return found.order_by("last_day", "pk").first()


def _refuse(
    plan: Plan, body: Body, kind: str, reference: str, words: str, matters: Sequence[str], at: datetime
) -> None:
    on = day_of(at)
    refuse_past(plan, on)
    if kind not in CauseKind.values or not reference.strip() or not words.strip():
        raise InspectionRefused("A cause has a kind, a reference and words.", field="reference", remedy="Fill them in.")
    if not set(matters) <= set(lawbook.matters(on)):
        raise InspectionRefused("A plan names the matters.", field="matters", remedy="Choose among those offered.")
    if not (body.division_id or "").startswith(plan.division.prefix):
        raise InspectionRefused(
            "The body lies outside the plan's place.", field="body", remedy="Choose a plan of the place, or refer it."
        )
    known = TaskCause.objects.filter(kind=kind, reference=reference.strip(), task__body=body)
    if known.filter(task__stage__in=OPEN_TASKS).exists():
        raise InspectionRefused(
            "A visit for this cause is to be made already.", field="reference", remedy="Open that task."
        )
