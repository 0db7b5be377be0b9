"""The plainest approved plan, inspectors and task; rooms above use these in their tests too."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from zhunsheng.oversight.inspections.lifecycle import Arm, CauseKind, PlanKind, PlanStage, TaskStage
from zhunsheng.oversight.inspections.models import Inspector, Plan, PlanDraw, Task, TaskCause
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role, User
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_division, make_member, make_organisation
from zhunsheng.platform.draws import services as draws
from zhunsheng.platform.draws.tests.factories import fresh_parties, secrets_of
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate
from zhunsheng.registry.credit.models import Grade

WHY = "test"
CITY = "440100"
_numbers = count(1)


def make_officer(role: Role = Role.CITY_OFFICER, division: str = CITY) -> User:
    """Return an officer of a division's authority."""
    make_division(division)
    made: User = make_member(role, make_organisation(Kind.AUTHORITY, division))
    return made


def make_inspector(division: str = CITY, **change: Any) -> Inspector:
    """Return an inspector of the pool with an account of that role."""
    number = next(_numbers)
    user = make_officer(Role.INSPECTOR, division)
    facts: dict[str, Any] = {
        "code": f"GD-I-{number:04d}", "name": f"检查员{number}", "user": user, "division_id": division,
        "organisation_id": user.memberships.get().organisation_id, "fields": ["13"], "leads": True,
    }  # fmt: skip
    with recorded(None, WHY):
        return Inspector.objects.create(**facts | change)


def make_plan(**change: Any) -> Plan:
    """Return an approved yearly plan of a city, in force."""
    number = next(_numbers)
    drafter = change.pop("drafted_by", None) or make_officer()
    facts: dict[str, Any] = {
        "number": f"P-{number:06d}", "kind": PlanKind.YEARLY, "title": "2026年度检验检测机构抽查",
        "division_id": CITY, "organisation_id": drafter.memberships.get().organisation_id,
        "stage": PlanStage.APPROVED, "first_day": TODAY - timedelta(days=30), "last_day": TODAY + timedelta(days=90),
        "matters": ["reports", "equipment"], "strata": ["grade"], "rates": {"": "5"}, "law": "INSPECTION-RATES v1",
        "drafted_by": drafter, "drafted_at": NOON, "submitted_by": drafter, "submitted_at": NOON,
        "approved_by": make_officer(), "approved_at": NOON,
    }  # fmt: skip
    with recorded(None, WHY):
        return Plan.objects.create(**facts | change)


def make_task(**change: Any) -> Task:
    """Return a task for a cause with two inspectors, to be visited."""
    number = next(_numbers)
    plan = change.pop("plan", None) or make_plan()
    facts: dict[str, Any] = {
        "number": f"T-{number:06d}", "plan": plan, "division_id": plan.division_id, "arm": Arm.CAUSE,
        "matters": plan.matters, "fields": ["13"], "first_day": plan.first_day, "last_day": plan.last_day,
        "stage": TaskStage.ASSIGNED, "created_by": plan.drafted_by, "created_at": NOON, "assigned_at": NOON,
    }  # fmt: skip
    facts |= change
    facts.setdefault("body", None)
    facts["body"] = facts["body"] or make_body(
        f"2319120{number:05d}", name=f"某某检测有限公司{number}", division_id=plan.division_id
    )
    if facts["stage"] != TaskStage.PLANNED:
        facts.setdefault("leader", make_inspector(plan.division_id))
        facts.setdefault("second", make_inspector(plan.division_id))
    with recorded(None, WHY):
        task = Task.objects.create(**facts)
    TaskCause.objects.create(
        task=task, kind=CauseKind.COMPLAINT, reference=f"C-{number}", words="举报出具虚假报告",
        added_by=plan.drafted_by, added_at=NOON,
    )  # fmt: skip
    return task


def day(offset: int) -> date:
    """Return a day counted from the tests' today."""
    return TODAY + timedelta(days=offset)


def account_of(inspector: Inspector) -> User:
    """Return an inspector's account."""
    assert inspector.user is not None
    return inspector.user


def leader_of(task: Task) -> User:
    """Return the account of a task's leader."""
    assert task.leader is not None
    assert task.leader.user is not None
    return task.leader.user


def second_of(task: Task) -> User:
    """Return the account of a task's second inspector."""
    assert task.second is not None
    assert task.second.user is not None
    return task.second.user


def make_bodies(
    count_of: int, *, division: str = CITY, field: str = "12", grade: str = "", first: int = 1
) -> list[Body]:
    """Return testing bodies with a certificate in force, a field, and perhaps a grade."""
    make_division(division)
    made = []
    for number in range(first, first + count_of):
        code = f"2319{field}05{number:04d}"
        body = make_body(code, name=f"检测机构{field}-{number}", division_id=division, cma=code)
        make_certificate(body, code)
        if grade:
            with recorded(None, WHY):
                Grade.objects.create(
                    body=body, grade=grade, since=TODAY - timedelta(days=30), origin="imported", basis="文",
                    reason="评定", set_at=NOON,
                )  # fmt: skip
        made.append(body)
    return made


def two_parties() -> dict[str, Any]:
    """Return a source of chance by two parties whose secrets no other draw has."""
    return dict(fresh_parties())


def carry_out(sealed: PlanDraw, at: datetime) -> None:
    """Enter both secrets and draw, by another officer."""
    other = make_officer(Role.LEGAL_OFFICER, sealed.plan.division_id)
    draws.enter_source(draw_id=sealed.draw_id, material=secrets_of(sealed.draw), by=other, at=at)
    draws.draw(draw_id=sealed.draw_id, by=other, at=at)
