"""Joint plans: a department elsewhere that takes part reads plan and tasks and says its word; nobody else does."""

import pytest
from django.urls import reverse

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.inspections import selectors
from zhunsheng.oversight.inspections.lifecycle import PlanStage
from zhunsheng.oversight.inspections.models import PlanInput
from zhunsheng.oversight.inspections.services import plans
from zhunsheng.oversight.inspections.services.drawing import seal_bodies_draw
from zhunsheng.oversight.inspections.services.steps import InspectionRefused
from zhunsheng.oversight.inspections.tests.factories import make_officer, make_plan, make_task, two_parties
from zhunsheng.platform.accounts.models import Kind, Role, Sector
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_division, make_member, make_organisation
from zhunsheng.platform.notices.models import Delivery

pytestmark = pytest.mark.django_db
ELSEWHERE = "440300"


def department(role=Role.DEPARTMENT_OFFICER):
    """Return an officer of a department of another city than the plan's."""
    make_division(ELSEWHERE)
    return make_member(role, make_organisation(Kind.DEPARTMENT, ELSEWHERE, sector=Sector.ECOLOGY))


def joint(officer, **change):
    plan = make_plan(**change)
    plan.departments.add(officer.memberships.get().organisation)
    return plan


def test_a_department_elsewhere_sees_the_plans_it_joins_and_their_tasks_and_no_others():
    officer = department()
    plan, other = joint(officer), make_plan()
    task, _hidden = make_task(plan=plan), make_task(plan=other)

    assert list(selectors.plans_visible_to(officer, TODAY)) == [plan]
    assert list(selectors.tasks_visible_to(officer, TODAY)) == [task]


@pytest.mark.parametrize(
    "somebody",
    [department, lambda: make_officer(division=ELSEWHERE), lambda: department(Role.LEGAL_OFFICER)],
    ids=["a department that takes no part", "an authority elsewhere", "a lawyer"],
)
def test_nobody_else_elsewhere_sees_them_or_says_anything(somebody):
    plan, stranger = joint(department()), somebody()

    assert not selectors.plans_visible_to(stranger, TODAY).exists()
    with pytest.raises(NotAllowed):
        plans.contribute(plan_id=plan.pk, words="也想说一句", by=stranger, at=NOON)
    assert not PlanInput.objects.exists()


def test_a_lawyer_of_the_same_department_takes_no_part():
    officer = department()
    lawyer = make_member(Role.LEGAL_OFFICER, officer.memberships.get().organisation)

    assert not selectors.plans_visible_to(lawyer, TODAY).filter(pk=joint(officer).pk).exists()


def test_its_word_stands_with_the_plan_and_the_authority_is_told():
    officer = department()
    plan = joint(officer)

    made = plans.contribute(plan_id=plan.pk, words=" 请增加采样环节 ", by=officer, at=NOON)

    assert (made.words, made.department) == ("请增加采样环节", officer.memberships.get().organisation)
    assert Delivery.objects.filter(organisation=plan.organisation, notice__kind="inspections.plan").exists()
    with pytest.raises(InspectionRefused):
        plans.contribute(plan_id=plan.pk, words="  ", by=officer, at=NOON)


@pytest.mark.parametrize("stage", [PlanStage.WITHDRAWN, PlanStage.CLOSED])
def test_an_ended_plan_takes_no_more(stage):
    officer = department()
    plan = joint(officer, stage=stage, ended_at=NOON)

    with pytest.raises(IllegalMove):
        plans.contribute(plan_id=plan.pk, words="太晚了", by=officer, at=NOON)


def test_departments_are_told_when_a_plan_is_handed_in_and_approved():
    officer, drafter = department(), make_officer()
    plan = joint(officer, stage=PlanStage.DRAFT, drafted_by=drafter, approved_by=None, approved_at=None)
    plans.submit_plan(plan_id=plan.pk, why="报批", by=drafter, at=NOON)
    plans.approve_plan(plan_id=plan.pk, document_no="1号", why="同意", by=make_officer(), at=NOON)

    told = Delivery.objects.filter(organisation=officer.memberships.get().organisation)
    assert told.count() == 2


def test_taking_part_is_neither_planning_nor_drawing(client):
    officer = department()
    plan = joint(officer)
    client.force_login(officer)

    assert client.get(reverse("inspections:plan", args=[plan.number])).status_code == 200
    assert client.get(reverse("inspections:frame", args=[plan.number])).status_code == 404
    assert client.get(reverse("inspections:plan-edit", args=[plan.number])).status_code == 403
    said = client.post(reverse("inspections:plan-act", args=[plan.number, "contribute"]), {"words": "请通知我厅"})
    assert said.status_code == 302
    assert "请通知我厅" in client.get(reverse("inspections:plan", args=[plan.number])).content.decode()
    with pytest.raises(NotAllowed):
        seal_bodies_draw(plan_id=plan.pk, **two_parties(), by=officer, at=NOON)


def test_the_list_asks_as_much_however_many_plans_are_joined(client, django_assert_max_num_queries):
    officer = department()
    for _number in range(8):
        make_task(plan=joint(officer))
    client.force_login(officer)
    client.get(reverse("inspections:plans"))

    with django_assert_max_num_queries(12):
        assert client.get(reverse("inspections:plans")).content.decode().count("P-") >= 8
