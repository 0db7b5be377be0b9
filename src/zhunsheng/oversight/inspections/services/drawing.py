"""The bodies of a plan by lot: the frame is sealed before the chance is known, and each body drawn becomes a task."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhunsheng.foundation.draws.frames import read_frame
from zhunsheng.oversight.inspections import permissions, selectors
from zhunsheng.oversight.inspections.lifecycle import PLAN, Arm, Purpose
from zhunsheng.oversight.inspections.models import PlanDraw, Task
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.services.steps import (
    InspectionRefused,
    checklist_for,
    day_of,
    locked_plan,
    refuse_past,
)
from zhunsheng.platform.accounts.history import create_recorded, recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.draws import services as draws
from zhunsheng.platform.draws.models import Draw
from zhunsheng.registry.bodies.models import Body

KIND = "sample"


@keeps_refused
@transaction.atomic
def seal_bodies_draw(
    *, plan_id: int, source: str, reference: str, known_at: datetime | None = None, by: User, at: datetime
) -> PlanDraw:
    """Freeze and seal from whom an approved plan draws, with weights, and say from where the chance will come.

    Raises: Plan.DoesNotExist, NotAllowed, IllegalMove, InspectionRefused, DrawImpossible, NotCommittable,
        SourceRefused.
    """
    plan = locked_plan(plan_id)
    on = day_of(at)
    permissions.require(by, Can.PLAN, plan, on)
    PLAN.target(plan.stage, "draw")
    refuse_past(plan, on)
    if selectors.open_draw(plan, Purpose.BODIES) is not None:
        raise InspectionRefused("A draw of this plan is sealed already.", remedy="Carry that one out first.")
    frame = selectors.frame_for(plan, on)
    if not frame.rows:
        raise InspectionRefused(
            "Nobody is left to be drawn: no body of the place fits, or all are inspected already.",
            remedy="Widen the fields of another plan.",
        )
    made = draws.commit(
        kind=KIND,
        title=f"{plan.title}：抽取检查对象"[:200],
        frame=frame.rows,
        parameters={
            "method": frame.method, "n": frame.n, "floor": plan.floor, "plan": plan.number,
            "titles": selectors.stratum_titles(frame.n, on),
        },
        source=source,
        reference=reference,
        known_at=known_at,
        place=permissions.place_of(plan),
        by=by,
        at=at,
    )  # fmt: skip
    return PlanDraw.objects.create(
        plan=plan, draw=made, purpose=Purpose.BODIES, rows=len(frame.rows), asked=frame.asked, committed_by=by,
        committed_at=at,
    )  # fmt: skip


@keeps_refused
@transaction.atomic
def take_bodies(*, plan_id: int, by: User, at: datetime) -> list[Task]:
    """Make a task of every body that the sealed draw named; the officer takes the result as it is.

    Raises: Plan.DoesNotExist, NotAllowed, IllegalMove, InspectionRefused.
    """
    plan = locked_plan(plan_id)
    on = day_of(at)
    permissions.require(by, Can.PLAN, plan, on)
    PLAN.target(plan.stage, "draw")
    refuse_past(plan, on)
    one = selectors.open_draw(plan, Purpose.BODIES)
    drawn = result_of(one)
    if one is None or drawn is None:
        raise InspectionRefused("The lot is not drawn yet.", remedy="Enter the chance on the draw's page first.")
    one.draw, one.taken_at = drawn, at
    one.save(update_fields=["draw", "taken_at"])
    rows = {row["id"]: row for row in read_frame(drawn.frame)}
    wanted = [str(name) for name in (drawn.result or {})["selected"]]
    bodies = _bodies(wanted)
    fields = selectors.fields_of([body.pk for body in bodies.values()])
    with exclusive("inspection-tasks"), recorded(by, f"drawn: {drawn.number}"):
        first = selectors.next_task_key()
        return create_recorded(
            Task,
            [
                Task(
                    number=selectors.task_number(first + place, at), plan=plan, body=bodies[name],
                    division_id=bodies[name].division_id or plan.division_id, arm=Arm.RANDOM, draw=one, row=name,
                    pi=float((drawn.result or {})["pi"][name]), stratum=rows[name]["stratum"], matters=plan.matters,
                    fields=list(fields.get(bodies[name].pk, ())), checklist=checklist_for(fields, bodies[name].pk),
                    first_day=max(plan.first_day, on), last_day=plan.last_day, created_by=by, created_at=at,
                )
                for place, name in enumerate(wanted)
            ],
        )  # fmt: skip


def result_of(one: PlanDraw | None) -> Draw | None:
    """Return the draw that stands now if it is drawn and has a result, else None."""
    if one is None:
        return None
    drawn = selectors.newest_of(one.draw)
    result: Any = drawn.result or {}
    return drawn if result.get("outcome") == "drawn" else None


def _bodies(rows: list[str]) -> dict[str, Body]:
    """Return the bodies by the ids of their rows."""
    plain = [int(name.removeprefix("body-")) for name in rows if name.startswith("body-")]
    found = {one.slug: one for one in Body.objects.filter(slug__in=rows)}
    found |= {f"body-{one.pk}": one for one in Body.objects.filter(pk__in=plain)}
    if missing := [name for name in rows if name not in found]:
        raise InspectionRefused(
            "The register has changed since the draw was sealed: %(missing)s.", params={"missing": missing[0]},
            remedy="Draw again on the draw's page.",
        )  # fmt: skip
    return found
