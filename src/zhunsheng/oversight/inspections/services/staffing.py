"""Two inspectors for every visit by lot, and a substitute by a new sealed draw among those who may come."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhunsheng.oversight.inspections import permissions, selectors
from zhunsheng.oversight.inspections.lifecycle import PLAN, TASK, Purpose, TaskStage
from zhunsheng.oversight.inspections.models import Inspector, Plan, PlanDraw, Task
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.services.drawing import result_of
from zhunsheng.oversight.inspections.services.steps import InspectionRefused, day_of, locked_plan, locked_task
from zhunsheng.platform.accounts.history import recorded, update_recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.draws import services as draws

KIND = "inspectors"


@keeps_refused
@transaction.atomic
def seal_inspectors_draw(
    *, plan_id: int, source: str, reference: str, known_at: datetime | None = None, by: User, at: datetime
) -> PlanDraw:
    """Freeze and seal who may be drawn for the visits of a plan that have no inspectors yet.

    Raises: Plan.DoesNotExist, NotAllowed, IllegalMove, InspectionRefused, DrawImpossible naming the visits that can't
        be staffed and what bars whom, NotCommittable, SourceRefused.
    """
    plan = locked_plan(plan_id)
    permissions.require(by, Can.PLAN, plan, day_of(at))
    PLAN.target(plan.stage, "draw")
    if selectors.open_draw(plan, Purpose.INSPECTORS) is not None:
        raise InspectionRefused("A draw of this plan is sealed already.", remedy="Carry that one out first.")
    tasks = list(plan.tasks.filter(stage=TaskStage.PLANNED).select_related("body", "leader", "second").order_by("pk"))
    if not tasks:
        raise InspectionRefused("No visit waits for inspectors.", remedy="Let bodies be drawn first, or add a cause.")
    return _sealed(plan, tasks, Purpose.INSPECTORS, source, reference, known_at, by, at)


@keeps_refused
@transaction.atomic
def seal_substitute_draw(
    *,
    task_id: int,
    leaving_id: int,
    why: str,
    source: str,
    reference: str,
    known_at: datetime | None = None,
    by: User,
    at: datetime,
) -> PlanDraw:
    """Freeze and seal who may come in place of one of a visit's two inspectors; the other one stays.

    Raises: Task.DoesNotExist, NotAllowed, IllegalMove, InspectionRefused, DrawImpossible, NotCommittable,
        SourceRefused.
    """
    task = locked_task(task_id)
    permissions.require(by, Can.PLAN, task.plan, day_of(at))
    TASK.target(task.stage, "substitute")
    leaving = next((one for one in (task.leader, task.second) if one is not None and one.pk == leaving_id), None)
    if leaving is None:
        raise InspectionRefused(
            "Only one of the two drawn inspectors can be replaced.", field="leaving", remedy="Choose one of them."
        )
    if not why.strip():
        raise InspectionRefused("A substitution needs its reason.", field="why", remedy="Say why somebody leaves.")
    if task.substitutions.filter(taken_at=None).exists():
        raise InspectionRefused("A draw of this visit is sealed already.", remedy="Carry that one out first.")
    return _sealed(
        task.plan, [task], Purpose.SUBSTITUTE, source, reference, known_at, by, at, leaving=leaving, why=why.strip()
    )


def _sealed(
    plan: Plan,
    tasks: list[Task],
    purpose: Purpose,
    source: str,
    reference: str,
    known_at: datetime | None,
    by: User,
    at: datetime,
    *,
    leaving: Inspector | None = None,
    why: str = "",
) -> PlanDraw:
    frame = selectors.inspectors_frame(plan, tasks, day_of(at), leaving=leaving)
    what = "替换检查人员" if leaving is not None else "抽取检查人员"
    parameters: dict[str, Any] = {"plan": plan.number}
    if leaving is not None:
        parameters["task"] = tasks[0].number  # why stays inside: it may be about a person's health
    made = draws.commit(
        kind=KIND, title=f"{plan.title}：{what}"[:200], frame=frame, parameters=parameters, source=source,
        reference=reference, known_at=known_at, place=permissions.place_of(plan), by=by, at=at,
    )  # fmt: skip
    return PlanDraw.objects.create(
        plan=plan, draw=made, purpose=purpose, rows=len(frame), asked=1 if leaving else 2 * len(tasks),
        task=tasks[0] if leaving else None, leaving=leaving, why=why[:500], committed_by=by, committed_at=at,
    )  # fmt: skip


@keeps_refused
@transaction.atomic
def take_inspectors(*, plan_draw_id: int, by: User, at: datetime) -> list[Task]:
    """Put the drawn inspectors on their visits; the officer takes the result as it is.

    Raises: PlanDraw.DoesNotExist, NotAllowed, IllegalMove, InspectionRefused.
    """
    one = PlanDraw.objects.select_for_update(of=("self",)).select_related("plan", "draw").get(pk=plan_draw_id)
    permissions.require(by, Can.PLAN, one.plan, day_of(at))
    if one.purpose == Purpose.BODIES or one.taken_at is not None:
        raise InspectionRefused("This draw names no inspectors, or it is taken over.", remedy="Open the plan's page.")
    drawn = result_of(one)
    if drawn is None:
        raise InspectionRefused("The lot is not drawn yet.", remedy="Enter the chance on the draw's page first.")
    pairs: dict[str, list[str]] = (drawn.result or {})["pairs"]
    codes = {code for pair in pairs.values() for code in pair}
    people = {found.code: found for found in Inspector.objects.filter(code__in=codes)}
    tasks = list(Task.objects.select_for_update(of=("self",)).filter(number__in=pairs).order_by("pk"))
    action = "substitute" if one.purpose == Purpose.SUBSTITUTE else "assign"
    live = [task for task in tasks if task.stage != TaskStage.CANCELLED]
    for task in live:
        task.stage = TASK.target(task.stage, action)
        task.leader, task.second = (people[code] for code in pairs[task.number])
        task.assigned_at, task.inspectors_draw = at, one
    with recorded(by, f"drawn: {drawn.number} {one.why}".strip()):
        update_recorded(Task, live, ["stage", "leader", "second", "assigned_at", "inspectors_draw"])
    one.draw, one.taken_at = drawn, at
    one.save(update_fields=["draw", "taken_at"])
    return live
