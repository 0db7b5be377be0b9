"""A plan from its first draft to its end: whoever drafts it does not approve it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.urls import reverse

from zhunsheng.oversight.inspections import lawbook, permissions, selectors
from zhunsheng.oversight.inspections.lifecycle import OPEN_TASKS, PLAN, PlanKind
from zhunsheng.oversight.inspections.models import Plan, PlanInput
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.services.steps import InspectionRefused, day_of, locked_plan
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Organisation, User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.notices import services as notices

NOTICE_KIND = "inspections.plan"
STRATA = ("field", "city", "grade")
FARTHEST_YEARS = 3
"""How many years ahead a plan may end; beyond that a day is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a plan says. `rates` are percent by grade; what is not given is taken from the law of the day."""

    kind: str
    title: str
    first_day: date
    last_day: date
    matters: Sequence[str]
    fields: Sequence[str] = ()
    strata: Sequence[str] = ("field",)
    rates: dict[str, str] = field(default_factory=dict)
    floor: str = ""
    departments: Sequence[int] = ()


@keeps_refused
@transaction.atomic
def draft_plan(*, draft: Draft, organisation_id: int, why: str, by: User, at: datetime) -> Plan:
    """Draft a plan for the place of an authority or department of which the drafter is a member.

    Raises: Organisation.DoesNotExist, NotAllowed, InspectionRefused, MissingReason.
    """
    on = day_of(at)
    organisation = Organisation.objects.select_related("division").get(pk=organisation_id)
    policy.require(by, Can.PLAN, policy.Place(division_code=organisation.division_id), on)
    values = _checked(draft, on)
    with exclusive("inspection-plans"), recorded(by, why):
        made = Plan.objects.create(
            number=selectors.next_plan_number(at), division_id=organisation.division_id, organisation=organisation,
            drafted_by=by, drafted_at=at, **values,
        )  # fmt: skip
        made.departments.set(_departments(draft))
    return made


@keeps_refused
@transaction.atomic
def change_plan(*, plan_id: int, draft: Draft, why: str, by: User, at: datetime) -> Plan:
    """Change a plan while it is a draft. Raises: Plan.DoesNotExist, NotAllowed, IllegalMove, InspectionRefused."""
    plan = locked_plan(plan_id)
    on = day_of(at)
    permissions.require(by, Can.PLAN, plan, on)
    plan.stage = PLAN.target(plan.stage, "change")
    for name, value in _checked(draft, on).items():
        setattr(plan, name, value)
    with recorded(by, why):
        plan.save()
        plan.departments.set(_departments(draft))
    return plan


@keeps_refused
@transaction.atomic
def submit_plan(*, plan_id: int, why: str, by: User, at: datetime) -> Plan:
    """Hand a plan in for approval. Raises: Plan.DoesNotExist, NotAllowed, IllegalMove."""
    plan = locked_plan(plan_id)
    permissions.require(by, Can.PLAN, plan, day_of(at))
    plan.stage = PLAN.target(plan.stage, "submit")
    plan.submitted_by, plan.submitted_at = by, at
    with recorded(by, why):
        plan.save(update_fields=["stage", "submitted_by", "submitted_at"])
    _tell_departments(plan, "征求意见", by, at)
    return plan


@keeps_refused
@transaction.atomic
def approve_plan(*, plan_id: int, document_no: str, why: str, by: User, at: datetime) -> Plan:
    """Approve a plan; only under an approved plan is anybody visited.

    Raises: Plan.DoesNotExist, NotAllowed, SamePerson, IllegalMove, InspectionRefused.
    """
    plan = locked_plan(plan_id)
    on = day_of(at)
    permissions.require(by, Can.APPROVE, plan, on)
    policy.refuse_same_person(Can.PLAN, [plan.drafted_by_id, plan.submitted_by_id], Can.APPROVE, by)
    plan.stage = PLAN.target(plan.stage, "approve")
    if plan.last_day < on:
        raise InspectionRefused(
            "The plan's window has passed.", field="last_day", remedy="Return it, and let its days be mended."
        )
    if not document_no.strip():
        raise InspectionRefused(
            "An approval has a number.", field="document_no", remedy="Enter the number of the approving document."
        )
    plan.approved_by, plan.approved_at, plan.document_no = by, at, document_no.strip()[:80]
    with recorded(by, why):
        plan.save(update_fields=["stage", "approved_by", "approved_at", "document_no"])
    _tell_departments(plan, "已批准", by, at)
    return plan


@keeps_refused
@transaction.atomic
def return_plan(*, plan_id: int, why: str, by: User, at: datetime) -> Plan:
    """Send a plan back to be changed. Raises: Plan.DoesNotExist, NotAllowed, SamePerson, IllegalMove."""
    plan = locked_plan(plan_id)
    permissions.require(by, Can.APPROVE, plan, day_of(at))
    policy.refuse_same_person(Can.PLAN, [plan.drafted_by_id, plan.submitted_by_id], Can.APPROVE, by)
    plan.stage = PLAN.target(plan.stage, "return")
    with recorded(by, why):
        plan.save(update_fields=["stage"])
    return plan


@keeps_refused
@transaction.atomic
def contribute(*, plan_id: int, words: str, by: User, at: datetime) -> PlanInput:
    """Keep what a department says about a joint plan it takes part in, and tell the authority of the plan.

    Raises: Plan.DoesNotExist, NotAllowed for who takes no part, IllegalMove, InspectionRefused.
    """
    plan = locked_plan(plan_id)
    department = permissions.part_in(by, plan, day_of(at))
    if department is None:
        raise policy.NotAllowed(Can.TAKE_PART)
    PLAN.target(plan.stage, "contribute")
    if not words.strip():
        raise InspectionRefused("Say something.", field="words", remedy="Write what is to be looked into.")
    with recorded(by, words.strip()[:100]):
        made = PlanInput.objects.create(plan=plan, department_id=department, words=words.strip()[:4000], by=by, at=at)
    notices.notify(
        organisation_ids=[plan.organisation_id], subject=f"部门对联合抽查计划的意见：{plan.number}", body=made.words,
        href=reverse("inspections:plan", args=[plan.number]), kind=NOTICE_KIND, at=at, by=by, sender_id=department,
        origin=f"plan:{plan.pk}",
    )  # fmt: skip
    return made


def _tell_departments(plan: Plan, words: str, by: User, at: datetime) -> None:
    """Tell the departments that take part in a plan what becomes of it."""
    departments = list(plan.departments.values_list("pk", flat=True))
    if departments:
        notices.notify(
            organisation_ids=departments, subject=f"部门联合抽查计划{words}：{plan.number}", body=plan.title,
            href=reverse("inspections:plan", args=[plan.number]), kind=NOTICE_KIND, at=at, by=by,
            sender_id=plan.organisation_id, origin=f"plan:{plan.pk}",
        )  # fmt: skip


@keeps_refused
@transaction.atomic
def withdraw_plan(*, plan_id: int, why: str, by: User, at: datetime) -> Plan:
    """Give a plan up before it is approved. Raises: Plan.DoesNotExist, NotAllowed, IllegalMove."""
    plan = locked_plan(plan_id)
    permissions.require(by, Can.PLAN, plan, day_of(at))
    plan.stage, plan.ended_at = PLAN.target(plan.stage, "withdraw"), at
    with recorded(by, why):
        plan.save(update_fields=["stage", "ended_at"])
    return plan


@keeps_refused
@transaction.atomic
def close_plan(*, plan_id: int, why: str, by: User, at: datetime) -> Plan:
    """Close a plan whose visits are all reported or called off.

    Raises: Plan.DoesNotExist, NotAllowed, IllegalMove, InspectionRefused.
    """
    plan = locked_plan(plan_id)
    permissions.require(by, Can.PLAN, plan, day_of(at))
    plan.stage, plan.ended_at = PLAN.target(plan.stage, "close"), at
    left = plan.tasks.filter(stage__in=OPEN_TASKS).count()
    if left or plan.draws.filter(taken_at=None).exists():
        raise InspectionRefused(
            "%(left)s visits or draws of the plan are not done.", params={"left": max(left, 1)},
            remedy="Report them, or call them off with the reason.",
        )  # fmt: skip
    with recorded(by, why):
        plan.save(update_fields=["stage", "ended_at"])
    return plan


def _departments(draft: Draft) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=draft.departments, kind=Kind.DEPARTMENT))


def _checked(draft: Draft, on: date) -> dict[str, object]:
    """Return the fields of a plan. Raises: InspectionRefused."""
    rule = lawbook.rule(lawbook.RATES, on)
    if draft.kind not in PlanKind.values or not draft.title.strip():
        raise InspectionRefused("A plan has a kind and a title.", field="title", remedy="Fill them in.")
    if abs(draft.first_day.year - on.year) > 1 or draft.last_day.year - on.year > FARTHEST_YEARS:
        raise InspectionRefused(
            "A plan begins last year at the earliest and ends within %(years)s years.",
            params={"years": FARTHEST_YEARS}, field="last_day", remedy="Mend the days.",
        )  # fmt: skip
    if not draft.title.isprintable():
        raise InspectionRefused(
            "The title holds characters that nobody sees.", field="title", remedy="Write the title anew."
        )
    if draft.last_day < draft.first_day or draft.last_day < on:
        raise InspectionRefused(
            "The window of a plan ends after it begins, today or later.", field="last_day", remedy="Mend the days."
        )
    if not draft.matters or not set(draft.matters) <= set(lawbook.matters(on)):
        raise InspectionRefused("A plan names the matters.", field="matters", remedy="Choose among those offered.")
    if not set(draft.fields) <= set(lawbook.fields(on)) or not set(draft.strata) <= set(STRATA):
        raise InspectionRefused(
            "This field or stratum is unknown.", field="fields", remedy="Choose among those offered."
        )
    rates = {str(grade): str(rate) for grade, rate in rule.values["percent"].items()} | draft.rates
    floor = draft.floor or str(rule.values["least_probability"])
    _refuse_numbers(rates, floor)
    return {
        "kind": draft.kind, "title": draft.title.strip()[:200], "first_day": draft.first_day,
        "last_day": draft.last_day, "matters": list(draft.matters), "fields": list(draft.fields),
        "strata": list(draft.strata), "rates": rates, "floor": floor, "law": lawbook.named(rule),
    }  # fmt: skip


def _refuse_numbers(rates: dict[str, str], floor: str) -> None:
    try:
        numbers, least = [Decimal(one) for one in rates.values()], Decimal(floor)
    except InvalidOperation as error:
        raise InspectionRefused("A rate is a number.", field="rates", remedy="Write it with digits.") from error
    if not all(0 < one <= 100 for one in numbers):
        raise InspectionRefused(
            "Rates lie above 0 and at most at 100 percent.", field="rates", remedy="Nobody may have no chance at all."
        )
    if not 0 < least <= Decimal("0.5") or -int(least.as_tuple().exponent) > 6:
        raise InspectionRefused(
            "The least probability lies above 0 and at most at 0.5.", field="floor",
            remedy="Without it nothing can be said about all bodies.",
        )  # fmt: skip
