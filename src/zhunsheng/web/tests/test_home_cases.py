"""The cards of leads, referrals and cases: for each role what waits for it, nothing for strangers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from zhunsheng.oversight.enforcement.services import proposing
from zhunsheng.oversight.enforcement.tests.factories import filed, make_world, proposed, to_decide
from zhunsheng.oversight.inspections.lifecycle import PlanStage
from zhunsheng.oversight.inspections.tests.factories import make_officer, make_plan
from zhunsheng.oversight.leads.services import open_lead, referring
from zhunsheng.platform.accounts.models import Kind, Role, Sector
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.web.home import cases as home
from zhunsheng.web.home import inspections

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _plain(settings, tmp_path):
    settings.ZHUNSHENG_MFA_REQUIRED, settings.ZHUNSHENG_FILES = False, tmp_path


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def lead(world):
    return open_lead(
        source="alert", reference="1", matter="data_anomaly", title="数据雷同", words="报告相同", body_id=world.body.pk,
        by=None, at=timezone.now() - timedelta(days=60),
    )  # fmt: skip


def test_the_head_sees_new_leads_late_ones_and_what_is_to_be_decided(world, lead):
    case = to_decide(world)
    found = home.desk(world.head, TODAY)

    assert (found.leads.waiting, found.leads.new, found.leads.late) == (1, 1, 1)
    assert [row["one"] for row in found.cases.rows] == [case]
    assert found.own == []


def test_the_legal_officer_sees_what_is_to_be_examined_and_no_leads_to_triage(world):
    filed(world)
    case = proposed(world)
    found = home.desk(world.lawyer, TODAY)

    assert found.leads is None
    assert [row["one"] for row in found.cases.rows] == [case]


def test_an_investigator_sees_the_own_cases_and_a_colleague_none(world):
    case = filed(world)
    third = make_member(Role.INSPECTOR, world.authority)

    assert [row["one"] for row in home.desk(world.first, TODAY).cases.rows] == [case]
    assert home.desk(third, TODAY).cases.rows == []


def test_a_department_sees_what_was_sent_to_it_and_nothing_else(client, world, lead):
    ecology = make_organisation(Kind.DEPARTMENT, name="广东省生态环境厅", sector=Sector.ECOLOGY)
    officer = make_member(Role.DEPARTMENT_OFFICER, ecology)
    referring.refer(
        lead_id=lead.pk, receiver_id=ecology.pk, kind="transfer", words="请核实", by=world.head, at=timezone.now()
    )
    found = home.desk(officer, TODAY)
    assert (found.leads, found.cases, found.referrals.new) == (None, None, 1)

    client.force_login(officer)
    page = client.get("/home/cases/").content.decode()
    assert "数据雷同" in page
    assert "今日待办：移送与抄告" in page


def test_the_party_sees_its_own_case_and_the_day_of_its_answer(client, world):
    assert home.desk(world.manager, TODAY) is None
    case = proposed(world)
    proposing.examine(case_id=case.pk, passes=True, words="通过", by=world.lawyer, at=NOON)
    proposing.notify(case_id=case.pk, words="拟处罚款", by=world.first, at=NOON)

    client.force_login(world.manager)
    page = client.get("/home/cases/").content.decode()
    assert case.number in page
    stranger = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY, name="另一检测公司"))
    client.force_login(stranger)
    assert case.number not in client.get("/home/cases/").content.decode()


def test_the_cards_ask_the_same_number_of_queries_however_many_wait(client, world, lead, django_assert_max_num_queries):
    client.force_login(world.head)
    client.get("/home/cases/")
    for place in range(5):
        open_lead(
            source="alert", reference=f"x{place}", matter="data_anomaly", title="数据雷同", words="报告相同",
            body_id=world.body.pk, by=None, at=timezone.now(),
        )  # fmt: skip
        to_decide(world)

    with django_assert_max_num_queries(10):
        client.get("/home/cases/")


def submitted(**change):
    """Return a plan that waits for approval."""
    facts = {"first_day": TODAY, "last_day": TODAY + timedelta(days=30), **change}
    return make_plan(stage=PlanStage.SUBMITTED, approved_by=None, approved_at=None, **facts)


def test_whoever_may_approve_sees_the_plans_that_wait_and_nobody_the_own_or_anothers(client):
    later, begun = submitted(first_day=TODAY + timedelta(days=9)), submitted(first_day=TODAY - timedelta(days=1))
    make_plan(stage=PlanStage.DRAFT, approved_by=None, approved_at=None)
    make_plan()
    lawyer = make_officer(Role.LEGAL_OFFICER)

    found = inspections.desk(lawyer, TODAY)
    assert [(row["one"], row["meaning"]) for row in found.rows] == [(begun, "bad"), (later, "waiting")]
    assert (found.waiting, found.late) == (2, 1)
    assert [row["one"] for row in inspections.desk(begun.drafted_by, TODAY).rows] == [later]
    assert inspections.desk(make_officer(Role.LEGAL_OFFICER, "440300"), TODAY) is None
    assert inspections.desk(make_officer(Role.INSPECTOR), TODAY) is None

    client.force_login(lawyer)
    page = client.get("/home/cases/").content.decode()
    assert "今日待办：待批准的抽查计划" in page
    assert f"/inspections/plans/{later.number}/" in page
    client.force_login(make_officer(Role.INSPECTOR))
    assert later.number not in client.get("/home/cases/").content.decode()


def test_the_card_of_plans_is_one_query(django_assert_num_queries):
    submitted()
    lawyer = make_officer(Role.LEGAL_OFFICER)
    inspections.desk(lawyer, TODAY)
    submitted()

    with django_assert_num_queries(1):
        found = inspections.desk(lawyer, TODAY)
        assert [row["one"].organisation.local_name for row in found.rows]
