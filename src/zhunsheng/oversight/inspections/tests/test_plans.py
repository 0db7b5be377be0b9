"""Plans: who drafts, who approves, what a plan must say; only under an approved plan is anybody drawn or visited."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.inspections.lifecycle import PLAN, PlanKind, PlanStage, TaskStage
from zhunsheng.oversight.inspections.services import plans
from zhunsheng.oversight.inspections.services.drawing import seal_bodies_draw
from zhunsheng.oversight.inspections.services.plans import Draft
from zhunsheng.oversight.inspections.services.steps import InspectionRefused
from zhunsheng.oversight.inspections.tests.factories import (
    day,
    make_bodies,
    make_officer,
    make_plan,
    make_task,
    two_parties,
)
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY
from zhunsheng.platform.refusals import sentence_and_remedy

pytestmark = pytest.mark.django_db
DRAFT = Draft(
    kind=PlanKind.YEARLY, title="2026年度双随机抽查", first_day=TODAY, last_day=TODAY + timedelta(days=200),
    matters=["reports"], strata=["field", "city"],
)  # fmt: skip


def drafted(by=None, **change):
    officer = by or make_officer()
    return plans.draft_plan(
        draft=replace(DRAFT, **change), organisation_id=officer.memberships.get().organisation_id, why="年度安排",
        by=officer, at=NOON,
    )  # fmt: skip


def test_a_plan_takes_its_rates_from_the_law_of_the_day():
    plan = drafted()

    assert plan.rates == {"A": "3", "B": "5", "C": "20", "D": "100", "": "5"}
    assert (plan.floor, plan.stage, plan.number) == ("0.01", PlanStage.DRAFT, f"P-{NOON.year}-0001")
    assert plan.law.startswith("INSPECTION-RATES")


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "}, {"kind": "odd"}, {"last_day": day(-1), "first_day": day(-9)},
        {"last_day": TODAY, "first_day": TODAY + timedelta(days=1)}, {"matters": []}, {"matters": ["odd"]},
        {"fields": ["99"]}, {"strata": ["odd"]}, {"rates": {"A": "0"}}, {"rates": {"A": "101"}}, {"rates": {"A": "x"}},
        {"floor": "0"}, {"floor": "0.6"}, {"floor": "0.0000001"},
    ],
)  # fmt: skip
def test_a_plan_that_says_too_little_or_leaves_somebody_no_chance_is_refused(change):
    with pytest.raises(InspectionRefused):
        drafted(**change)


def test_another_person_approves_a_plan_with_the_number_of_the_document():
    plan, drafter = drafted(), make_officer()
    plans.submit_plan(plan_id=plan.pk, why="报批", by=drafter, at=NOON)

    for author in (plan.drafted_by, drafter):
        with pytest.raises(SamePerson):
            plans.approve_plan(plan_id=plan.pk, document_no="穗市监〔2026〕1号", why="同意", by=author, at=NOON)
    with pytest.raises(InspectionRefused):
        plans.approve_plan(plan_id=plan.pk, document_no=" ", why="同意", by=make_officer(), at=NOON)
    with pytest.raises(NotAllowed):
        plans.approve_plan(plan_id=plan.pk, document_no="1", why="同意", by=make_officer(Role.INSPECTOR), at=NOON)
    approver = make_officer(Role.LEGAL_OFFICER)
    done = plans.approve_plan(plan_id=plan.pk, document_no="穗市监〔2026〕1号", why="同意", by=approver, at=NOON)

    assert (done.stage, done.approved_by, done.document_no) == (PlanStage.APPROVED, approver, "穗市监〔2026〕1号")
    assert done.history.first().history_change_reason == "同意"


def test_a_returned_plan_is_changed_and_handed_in_again():
    plan = drafted()
    plans.submit_plan(plan_id=plan.pk, why="报批", by=plan.drafted_by, at=NOON)
    with pytest.raises(IllegalMove):
        plans.change_plan(plan_id=plan.pk, draft=DRAFT, why="改", by=plan.drafted_by, at=NOON)
    plans.return_plan(plan_id=plan.pk, why="缩小范围", by=make_officer(), at=NOON)

    changed = plans.change_plan(
        plan_id=plan.pk, draft=replace(DRAFT, fields=["12"]), why="按要求", by=plan.drafted_by, at=NOON
    )
    assert changed.fields == ["12"]
    assert plans.submit_plan(plan_id=plan.pk, why="再报", by=plan.drafted_by, at=NOON).stage == PlanStage.SUBMITTED


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"last_day": date(9999, 12, 31)}, "last_day"),
        ({"first_day": date(1, 1, 1)}, "last_day"),
        ({"title": "年度计划\u202e"}, "title"),
    ],
)
def test_a_plan_beyond_all_reason_or_with_a_title_that_deceives_is_refused(changed, field):
    with pytest.raises(InspectionRefused) as refused:
        drafted(**changed)

    assert refused.value.field == field
    assert "%(" not in sentence_and_remedy(refused.value)


@pytest.mark.parametrize("stage", [one for one in PlanStage.values if "draw" not in PLAN.actions(one)])
def test_nobody_is_drawn_without_an_approved_plan(stage):
    make_bodies(3)
    plan = make_plan(stage=stage)

    with pytest.raises(IllegalMove):
        seal_bodies_draw(plan_id=plan.pk, **two_parties(), by=make_officer(), at=NOON)


def test_a_plan_is_closed_when_every_visit_is_done():
    task = make_task()
    with pytest.raises(InspectionRefused):
        plans.close_plan(plan_id=task.plan_id, why="结束", by=make_officer(), at=NOON)
    task.stage = TaskStage.CANCELLED
    task._change_reason = "test"
    task.save()

    assert plans.close_plan(plan_id=task.plan_id, why="结束", by=make_officer(), at=NOON).stage == PlanStage.CLOSED


def test_an_officer_of_another_city_drafts_nothing_here():
    plan = drafted()

    with pytest.raises(NotAllowed):
        plans.submit_plan(plan_id=plan.pk, why="报批", by=make_officer(division="440300"), at=NOON)
