"""Who plans inspections, who approves a plan, who keeps the pool of inspectors, who reports a visit."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.inspections.models import Plan, Task
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on plans, inspectors and tasks."""

    SEE = "inspections.see"
    PLAN = "inspections.plan"
    APPROVE = "inspections.approve"
    KEEP_POOL = "inspections.keep_pool"
    CONDUCT = "inspections.conduct"
    DISCLOSE = "inspections.disclose"
    TAKE_PART = "inspections.take_part"


def register() -> None:
    """Tell the policy who may do what: whoever drafts a plan doesn't approve it."""
    division, everywhere = policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    officers = (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER)
    seeing = (*officers, Role.DEPARTMENT_OFFICER, Role.LEGAL_OFFICER)
    policy.register(
        Can.SEE,
        dict.fromkeys(seeing, division) | {Role.AUDITOR: everywhere},
        title=_("See plans of inspections and their tasks"),
    )
    policy.register(
        Can.PLAN,
        dict.fromkeys((*officers, Role.DEPARTMENT_OFFICER), division),
        title=_("Draft plans of inspections, let bodies and inspectors be drawn, add causes"),
    )
    policy.register(
        Can.APPROVE,
        dict.fromkeys((*officers, Role.LEGAL_OFFICER), division),
        title=_("Approve plans of inspections"),
    )
    policy.register(Can.KEEP_POOL, dict.fromkeys(officers, division), title=_("Keep the pool of inspectors"))
    policy.register(
        Can.CONDUCT,
        dict.fromkeys((*officers, Role.INSPECTOR, Role.DEPARTMENT_OFFICER), division),
        title=_("Visit a body as a drawn inspector and report the outcome"),
    )
    policy.register(
        Can.DISCLOSE,
        dict.fromkeys((*officers, Role.INSPECTOR), division),
        title=_("Disclose the outcome of an inspection"),
    )
    policy.register(
        Can.TAKE_PART,
        {Role.DEPARTMENT_OFFICER: policy.Reach.OWN},
        title=_("Read joint plans that one's department takes part in, wherever, and say what it wants looked into"),
    )
    policy.keep_apart(Can.PLAN, Can.APPROVE)


def place_of(one: Plan | Task) -> policy.Place:
    """Return where a plan or a task stands for the policy."""
    return policy.Place(division_code=one.division_id)


def allowed(user: AnyUser, action: str, one: Plan | Task, on: date) -> bool:
    """Tell whether somebody may do this with a plan or a task on a day."""
    return policy.allowed(user, action, place_of(one), on)


def require(user: AnyUser, action: str, one: Plan | Task, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(one), on)


def departments_of(user: AnyUser, on: date) -> tuple[int, ...]:
    """Return the departments for which somebody takes part in joint plans on a day."""
    return policy.reach_of(user, Can.TAKE_PART, on).organisation_ids


def part_in(user: AnyUser, plan: Plan, on: date) -> int | None:
    """Return the department for which somebody takes part in this plan; None for nobody's."""
    mine = departments_of(user, on)
    return plan.departments.filter(pk__in=mine).values_list("pk", flat=True).first() if mine else None


def is_inspector_of(user: AnyUser, task: Task) -> bool:
    """Tell whether somebody is one of the two inspectors who were drawn for a task."""
    if not isinstance(user, User):
        return False
    return any(one is not None and one.user_id == user.pk for one in (task.leader, task.second))


def require_inspector(user: User, task: Task, on: date) -> None:
    """Pass for the two who were drawn for a task. Raises: NotAllowed."""
    if not is_inspector_of(user, task) or not policy.allowed_somewhere(user, Can.CONDUCT, on):
        raise policy.NotAllowed(Can.CONDUCT)
