"""Inspections of the demo province: a pool, a plan drawn and half done, one that waits for its lot, one to approve."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from zhunsheng.demo import chance
from zhunsheng.demo.laboratories import GIVEN, SURNAMES
from zhunsheng.demo.people import WHY, hashed
from zhunsheng.oversight.inspections import selectors
from zhunsheng.oversight.inspections.lifecycle import PlanKind
from zhunsheng.oversight.inspections.models import Plan, PlanDraw, Task
from zhunsheng.oversight.inspections.services import causes, drawing, plans, pool, staffing, tasks
from zhunsheng.oversight.inspections.services.plans import Draft
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Membership, Organisation, Role, User
from zhunsheng.platform.draws import services as draws
from zhunsheng.platform.draws.models import Draw
from zhunsheng.registry.bodies.models import Body

FIELDS = (("12", "13"), ("00", "12"), ("00", "01", "02"), ("05", "12", "13"), ("00", "20", "21"))
PROVINCIAL, MUNICIPAL = 14, 1
"""Inspectors of the province's authority, who may go everywhere, and of each city's."""
OUTCOMES = (["1"], ["A"], ["1"], ["E"], ["1"], ["1"], ["A", "B"])


@dataclass(frozen=True, slots=True)
class Cast:
    """Who does what: the drafter, the approver, who enters the chance and draws."""

    drafter: User
    approver: User
    notary: User
    organisation: Organisation


def load_inspections(now: datetime) -> None:
    """Enter the pool and three plans by the ordinary services; nothing without generated bodies."""
    if not Body.objects.filter(generated=True).exists():
        return
    people = {one.username: one for one in User.objects.filter(username__in=("sheng", "fazhi", "shenhe", "jiancha"))}
    province = Organisation.objects.get(kind=Kind.AUTHORITY, division="440000")
    cast = Cast(people["sheng"], people["fazhi"], people["shenhe"], province)
    _pool(cast, now - timedelta(days=60))
    plan = _approved(cast, _yearly(now), now - timedelta(days=45), "粤市监〔演示〕1号")
    _drawn(cast, plan, now - timedelta(days=40))
    _visited(people["jiancha"], plan, now)
    _cause(cast, plan, now - timedelta(days=2))
    _waiting(cast, now)
    _asked(cast, now)


def _pool(cast: Cast, at: datetime) -> None:
    cities = Organisation.objects.filter(kind=Kind.AUTHORITY, division__level="city").order_by("division_id")
    places = [cast.organisation] * PROVINCIAL + [one for one in cities for _ in range(MUNICIPAL)]
    for number, place in enumerate(places):
        name = SURNAMES[number % len(SURNAMES)] + GIVEN[(7 * number) % len(GIVEN)]
        with recorded(None, WHY):
            user = User.objects.create(username=f"jiancha{number + 1:02d}", display_name=name, password=hashed())
            Membership.objects.create(
                user=user, organisation=place, role=Role.INSPECTOR, valid_from=timezone.localdate(at)
            )
        pool.add_inspector(
            user_id=user.pk, card_no=f"19{number:06d}", fields=_all_or_some(number), leads=number % 3 != 1, why=WHY,
            by=cast.drafter, at=at,
        )  # fmt: skip


def _all_or_some(number: int) -> tuple[str, ...]:
    """Return the fields of an inspector; every second one of the province is qualified for all."""
    if number < PROVINCIAL and number % 2 == 0:
        return tuple(f"{code:02d}" for code in range(22))
    return FIELDS[number % len(FIELDS)]


def _yearly(now: datetime) -> Draft:
    day = timezone.localdate(now)
    return Draft(
        kind=PlanKind.YEARLY, title=f"{day.year}年度检验检测机构双随机抽查（演示）",
        first_day=day - timedelta(days=45), last_day=day + timedelta(days=30),
        matters=["qualification", "reports", "records", "equipment"], strata=["field"],
        rates={"": "20", "B": "20", "A": "10", "C": "40"},
    )  # fmt: skip


def _approved(cast: Cast, draft: Draft, at: datetime, document_no: str) -> Plan:
    made = plans.draft_plan(
        draft=draft, organisation_id=cast.organisation.pk, why="年度监督检查安排", by=cast.drafter, at=at
    )
    plans.submit_plan(plan_id=made.pk, why="报批", by=cast.drafter, at=at)
    later = at + timedelta(hours=3)
    return plans.approve_plan(plan_id=made.pk, document_no=document_no, why="同意实施", by=cast.approver, at=later)


def _source(purpose: str) -> dict[str, str]:
    return {"source": "two_party", "reference": chance.reference(purpose, "省局法规处（演示）", "公证处（演示）")}


def _carried_out(cast: Cast, sealed: PlanDraw, purpose: str, at: datetime) -> Draw:
    known = chance.secrets(purpose)
    draws.enter_source(draw_id=sealed.draw_id, material={"a": known["a"]}, by=cast.approver, at=at)
    draws.enter_source(draw_id=sealed.draw_id, material={"b": known["b"]}, by=cast.notary, at=at)
    return draws.draw(draw_id=sealed.draw_id, by=cast.notary, at=at)


def _drawn(cast: Cast, plan: Plan, at: datetime) -> None:
    """Draw the bodies, then their inspectors, each lot sealed before its chance is known."""
    purpose = f"{plan.number}/bodies"
    sealed = drawing.seal_bodies_draw(plan_id=plan.pk, **_source(purpose), by=cast.drafter, at=at)  # type: ignore[arg-type]  # texts alone
    _carried_out(cast, sealed, purpose, at + timedelta(hours=1))
    drawing.take_bodies(plan_id=plan.pk, by=cast.drafter, at=at + timedelta(hours=2))
    later, purpose = at + timedelta(days=1), f"{plan.number}/inspectors"
    sealed = staffing.seal_inspectors_draw(plan_id=plan.pk, **_source(purpose), by=cast.drafter, at=later)  # type: ignore[arg-type]  # texts alone
    _carried_out(cast, sealed, purpose, later + timedelta(hours=1))
    staffing.take_inspectors(plan_draw_id=sealed.pk, by=cast.drafter, at=later + timedelta(hours=2))


def _visited(inspector: User, plan: Plan, now: datetime) -> None:
    """Let the account of the story stand for one drawn leader; report and disclose the other half."""
    drawn = list(plan.tasks.select_related("leader__user").order_by("pk"))
    leaders = [one.leader for one in drawn if one.leader is not None]
    chosen = next((one for one in leaders if one.organisation_id == plan.organisation_id), None)
    if chosen is not None:
        with recorded(None, WHY):
            chosen.user, chosen.name = inspector, inspector.display_name
            chosen.save(update_fields=["user", "name"])
    others = [one for one in drawn if one.leader is not None and one.leader != chosen]
    for number, task in enumerate(others[: (2 * len(drawn)) // 3]):
        _reported(task, OUTCOMES[number % len(OUTCOMES)], now - timedelta(days=36 - 3 * (number % 11)), now)


def _reported(task: Task, codes: list[str], at: datetime, now: datetime) -> None:
    if task.leader is None or task.leader.user is None:
        return
    tasks.report_outcome(task_id=task.pk, result_codes=codes, by=task.leader.user, at=at)
    disclosed = at + timedelta(days=14)
    if disclosed < now:
        tasks.record_disclosure(
            task_id=task.pk, on=timezone.localdate(disclosed), why="检查结束后公示", by=task.leader.user, at=disclosed
        )


def _cause(cast: Cast, plan: Plan, at: datetime) -> None:
    """Let a body outside the lot be visited for a complaint."""
    drawn = plan.tasks.values_list("body_id", flat=True)
    body = Body.objects.filter(generated=True, valid_to=None).exclude(pk__in=drawn).order_by("-slug").first()
    if body is not None:
        causes.add_cause(
            plan_id=plan.pk, body_id=body.pk, kind="complaint", reference="举报〔演示〕第12号",
            words="群众反映未采样即出具报告。", by=cast.drafter, at=at,
        )  # fmt: skip


def _waiting(cast: Cast, now: datetime) -> None:
    """Seal the draw of a special plan whose numbers are announced in some days."""
    day = timezone.localdate(now)
    draft = Draft(
        kind=PlanKind.SPECIAL, title="食品检验机构专项抽查（演示）", first_day=day, last_day=day + timedelta(days=60),
        matters=["samples", "scope"], fields=["00"], strata=[], rates={"": "30", "B": "30", "A": "20"},
    )  # fmt: skip
    plan = _approved(cast, draft, now - timedelta(days=2), "粤市监〔演示〕7号")
    if selectors.frame_for(plan, day).rows:
        drawing.seal_bodies_draw(
            plan_id=plan.pk, source="public_numbers", reference="福彩双色球下一期开奖号码（演示）",
            known_at=now + timedelta(days=3), by=cast.drafter, at=now - timedelta(days=1),
        )  # fmt: skip


def _asked(cast: Cast, now: datetime) -> None:
    """Hand in a joint plan that somebody else is to approve."""
    day = timezone.localdate(now)
    ecology = Organisation.objects.filter(kind=Kind.DEPARTMENT).values_list("pk", flat=True)
    draft = Draft(
        kind=PlanKind.SPECIAL, title="生态环境监测机构部门联合抽查（演示）", first_day=day + timedelta(days=10),
        last_day=day + timedelta(days=100), matters=["reports", "records", "samples"], fields=["12", "13"],
        strata=["city"], departments=list(ecology),
    )  # fmt: skip
    made = plans.draft_plan(
        draft=draft, organisation_id=cast.organisation.pk, why="部门联合监管", by=cast.drafter,
        at=now - timedelta(hours=5),
    )  # fmt: skip
    plans.submit_plan(plan_id=made.pk, why="报批", by=cast.drafter, at=now - timedelta(hours=4))
