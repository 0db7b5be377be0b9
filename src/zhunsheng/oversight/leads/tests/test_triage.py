"""What becomes of a lead: decided by who may, within the days that the law gives, with reasons on record."""

from datetime import date, timedelta

import pytest

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.leads import selectors
from zhunsheng.oversight.leads.lifecycle import LEAD, Stage
from zhunsheng.oversight.leads.models import LeadStep
from zhunsheng.oversight.leads.services import Evidence, LeadRefused, open_lead, triage
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_division, make_member, make_organisation
from zhunsheng.registry.bodies.tests.factories import make_body

pytestmark = pytest.mark.django_db
DIGEST = "a" * 64


@pytest.fixture
def officer():
    return make_member(Role.CITY_OFFICER, make_organisation(division="440100"))


@pytest.fixture
def body():
    return make_body(division=make_division("440106"))


def a_lead(body, reference="1", **values):
    plain = {
        "source": "alert", "reference": reference, "matter": "data_anomaly", "title": "数据雷同", "words": "报告相同",
        "body_id": body.pk, "by": None, "at": NOON,
    }  # fmt: skip
    return open_lead(**(plain | values))


def test_a_lead_is_to_be_decided_within_fifteen_working_days(body):
    assert a_lead(body).due_on == date(2026, 3, 23)


def test_the_check_is_extended_once_by_fifteen_working_days(body, officer):
    lead = triage.accept(lead_id=a_lead(body).pk, by=officer, at=NOON)

    longer = triage.extend(lead_id=lead.pk, why="需要补充取样", by=officer, at=NOON)
    assert longer.due_on == date(2026, 4, 14)  # Qingming, 4 to 6 April, is off
    with pytest.raises(LeadRefused):
        triage.extend(lead_id=lead.pk, why="再延长", by=officer, at=NOON)


def test_no_lead_is_dismissed_without_its_reason(body, officer):
    lead = a_lead(body)

    with pytest.raises(LeadRefused):
        triage.dismiss(lead_id=lead.pk, why=" ", by=officer, at=NOON)
    lead.refresh_from_db()
    assert lead.stage == Stage.NEW


@pytest.mark.parametrize("stage", [one for one in Stage if "accept" not in LEAD.actions(one)])
def test_only_new_or_watched_leads_are_taken_on(body, officer, stage):
    lead = a_lead(body)
    type(lead).objects.filter(pk=lead.pk).update(stage=stage, merged_into=lead.pk)

    with pytest.raises(IllegalMove):
        triage.accept(lead_id=lead.pk, by=officer, at=NOON)


def test_an_officer_of_another_city_decides_nothing_and_sees_nothing(body):
    stranger = make_member(Role.CITY_OFFICER, make_organisation(division="440300"))
    lead = a_lead(body)

    with pytest.raises(NotAllowed):
        triage.accept(lead_id=lead.pk, by=stranger, at=NOON)
    assert not selectors.leads_visible_to(stranger, TODAY).exists()


def test_the_body_itself_never_sees_a_lead(body):
    manager = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY, division="440106"))
    a_lead(body)

    assert not selectors.leads_visible_to(manager, TODAY).exists()


def test_a_merged_lead_gives_its_evidence_to_the_other(body, officer):
    first = a_lead(body, evidence=[Evidence("report", "R-1", DIGEST, "报告")])
    second = a_lead(body, "2")

    triage.merge(lead_id=first.pk, into=second.number, why="同一批报告", by=officer, at=NOON)

    assert [one.sha256 for one in second.evidence.all()] == [DIGEST]
    with pytest.raises(LeadRefused):
        triage.merge(lead_id=second.pk, into=first.number, why="反向", by=officer, at=NOON)


def test_every_step_is_on_record(body, officer):
    lead = a_lead(body)
    triage.watch(lead_id=lead.pk, why="等待下次上传", by=officer, at=NOON)
    triage.accept(lead_id=lead.pk, by=officer, at=NOON + timedelta(days=1))
    triage.close(lead_id=lead.pk, why="数据合理", by=officer, at=NOON + timedelta(days=2))

    steps = LeadStep.objects.filter(lead=lead).order_by("at").values_list("action", "by")
    assert [action for action, _by in steps] == ["open", "watch", "accept", "close"]
    assert lead.history.count() == 4


def test_a_lead_about_nobody_is_refused(body):
    with pytest.raises(LeadRefused):
        a_lead(body, body_id=None)
