"""The pool of inspectors, and the frame from which two are drawn for every visit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from zhunsheng.foundation.workdays import add_months
from zhunsheng.oversight.inspections import lawbook
from zhunsheng.oversight.inspections.lifecycle import OPEN_TASKS, TaskStage
from zhunsheng.oversight.inspections.models import Inspector, InspectorInterest, Plan, Task
from zhunsheng.oversight.inspections.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Kind, User, prefix_of


def inspectors_visible_to(user: AnyUser, on: date) -> QuerySet[Inspector]:
    """Return the inspectors in sight by number: officers their division's, an inspector the own entry."""
    if not isinstance(user, User):
        return Inspector.objects.none()
    seen: Any = policy.reach_of(user, Can.SEE, on).as_q(organisation=None) | Q(user_id=user.pk)
    found = Inspector.objects.filter(seen).select_related("organisation", "division")
    return found.order_by("code")


def with_load(found: QuerySet[Inspector]) -> QuerySet[Inspector]:
    """Add how many visits each inspector still has to make."""
    return found.annotate(
        open_leads=Count("leads_tasks", filter=Q(leads_tasks__stage__in=OPEN_TASKS), distinct=True),
        open_seconds=Count("seconds_tasks", filter=Q(seconds_tasks__stage__in=OPEN_TASKS), distinct=True),
    )


def pool_of(plan: Plan) -> list[Inspector]:
    """Return the inspectors who may be drawn for a plan's place: the authorities' and those of joined departments."""
    prefix = plan.division.prefix
    joined = [plan.organisation_id, *plan.departments.values_list("pk", flat=True)]
    found = Inspector.objects.filter(active=True).select_related("division", "organisation").order_by("code")
    near = [one for one in found if one.division_id.startswith(prefix) or prefix.startswith(prefix_of(one.division_id))]
    return [one for one in near if one.organisation.kind != Kind.DEPARTMENT or one.organisation_id in joined]


def inspectors_frame(
    plan: Plan, tasks: Sequence[Task], on: date, *, leaving: Inspector | None = None
) -> list[dict[str, str]]:
    """Return the frame of a draw of inspectors: visits with who is barred and why, inspectors with fields and room.

    With `leaving`, the one task keeps its other inspector and who leaves is barred.
    """
    law = lawbook.rule(lawbook.INSPECTORS, on).values
    pool = pool_of(plan)
    kept = {one.pk: one for task in tasks for one in (task.leader, task.second) if one is not None and one != leaving}
    pool += [one for pk, one in kept.items() if pk not in {other.pk for other in pool}]
    load = _load([one.pk for one in pool])
    barred = _barred(pool, tasks, int(law["months_since_last_visit"]), on)
    rows = []
    for task in tasks:
        reasons = dict(barred[task.pk])
        if leaving is not None:
            reasons[leaving.code] = "replaced"
        rows.append(
            {
                "id": task.number, "role": "visit", "name": task.body.name, "region": task.division_id,
                "fields": " ".join(task.fields), "seat": _seat(task, leaving),
                "barred": " ".join(f"{code}:{reason}" for code, reason in sorted(reasons.items())),
            }
        )  # fmt: skip
    return rows + [
        {
            "id": one.code, "role": "leader" if one.leads else "member", "fields": " ".join(one.fields),
            "regions": _region(one, str(law["region"])), "room": str(max(int(law["most_tasks"]) - load[one.pk], 0)),
        }
        for one in pool
    ]  # fmt: skip


def _seat(task: Task, leaving: Inspector | None) -> str:
    if leaving is None or task.leader is None or task.second is None:
        return ""
    return f"second:{task.second.code}" if task.leader == leaving else f"leader:{task.leader.code}"


def _region(one: Inspector, level: str) -> str:
    """Return the digits of the divisions that an inspector serves: the own city, for the province's all of it."""
    prefix = prefix_of(one.division_id)
    return prefix[:4] if level == "city" else prefix


def _load(inspectors: Iterable[int]) -> Counter[int]:
    ids = list(inspectors)
    found: Counter[int] = Counter()
    for name in ("leader_id", "second_id"):
        rows = Task.objects.filter(stage__in=OPEN_TASKS, **{f"{name}__in": ids})
        found.update(rows.values_list(name, flat=True))
    return found


def _barred(pool: Sequence[Inspector], tasks: Sequence[Task], months: int, on: date) -> dict[int, dict[str, str]]:
    """Return for each task who keeps away and why: an interest, the same house, a visit there not long ago."""
    by_pk = {one.pk: one.code for one in pool}
    bodies = {task.body_id for task in tasks}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    of_body: dict[int, dict[str, str]] = defaultdict(dict)
    since = add_months(on, -months)
    recent: Any = Task.objects.filter(stage=TaskStage.REPORTED, body_id__in=bodies)
    for body_id, leader, second, at in recent.values_list("body_id", "leader_id", "second_id", "reported_at"):
        if at is not None and timezone.localdate(at) >= since:
            for pk in (leader, second):
                if pk in by_pk:
                    of_body[body_id][by_pk[pk]] = "recent_visit"
    interests = InspectorInterest.objects.filter(Q(until=None) | Q(until__gte=on), body_id__in=bodies)
    for body_id, pk in interests.filter(inspector_id__in=by_pk).values_list("body_id", "inspector_id"):
        of_body[body_id][by_pk[pk]] = "interest"
    for task in tasks:
        found[task.pk] = dict(of_body[task.body_id])
        for one in pool:
            if task.body.organisation_id is not None and one.organisation_id == task.body.organisation_id:
                found[task.pk][one.code] = "employer"
    return found
