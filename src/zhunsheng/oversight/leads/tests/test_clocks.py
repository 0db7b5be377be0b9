"""Leads and answers that fall due: warned of before, escalated after, once each, anew when the day moves."""

from datetime import datetime, timedelta

import pytest

from zhunsheng.oversight.leads.models import Complaint, Lead
from zhunsheng.oversight.leads.services import clocks, complaints, open_lead, triage
from zhunsheng.oversight.leads.services.complaints import Reporter
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.notices.models import Delivery
from zhunsheng.registry.bodies.tests.factories import make_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_organisation(division="440000", name="广东省市场监督管理局")


@pytest.fixture
def city(province):
    return make_organisation(division="440100", name="广州市市场监督管理局", parent=province)


@pytest.fixture
def lead(city):
    return open_lead(
        source="alert", reference="1", matter="data_anomaly", title="数据雷同", words="报告相同",
        body_id=make_body(division=city.division).pk, by=None, at=NOON,
    )  # fmt: skip


def told() -> set[int]:
    return set(Delivery.objects.filter(notice__kind="leads.due").values_list("organisation_id", flat=True))


def test_the_authority_is_warned_and_then_the_one_above_is_told(lead, city, province):
    assert clocks.keep_up(lead_day(lead, -6)) == 0
    assert clocks.keep_up(lead_day(lead, -5)) == 1
    assert clocks.keep_up(lead_day(lead, -4)) == 0
    assert told() == {city.pk}

    assert clocks.keep_up(lead_day(lead, 1)) == 1
    assert clocks.keep_up(lead_day(lead, 2)) == 0
    lead.refresh_from_db()
    assert lead.escalated_to == province
    assert told() == {city.pk, province.pk}
    assert lead.steps.filter(action="escalate", by=None).count() == 1
    assert Entry.objects.filter(kind="lead.escalated").count() == 1


def lead_day(lead: Lead, days: int) -> datetime:
    assert lead.due_on is not None
    return NOON + (lead.due_on - NOON.date()) + timedelta(days=days)


@pytest.mark.parametrize("end", ["dismiss", "watch"])
def test_what_was_decided_is_late_no_more(lead, city, end):
    officer = make_member(Role.CITY_OFFICER, city)
    getattr(triage, end)(lead_id=lead.pk, why="不属实", by=officer, at=NOON)

    assert clocks.keep_up(NOON + timedelta(days=60)) == 0


def test_an_extension_runs_anew(lead, city):
    officer = make_member(Role.CITY_OFFICER, city)
    triage.accept(lead_id=lead.pk, by=officer, at=NOON)
    clocks.keep_up(lead_day(lead, -1))
    triage.extend(lead_id=lead.pk, why="需要检验", by=officer, at=NOON)

    lead.refresh_from_db()
    assert lead.warned_at is None
    assert clocks.keep_up(lead_day(lead, -10)) == 0
    assert clocks.keep_up(lead_day(lead, 1)) == 1


def test_who_reported_under_a_name_and_was_not_answered_is_escalated_once(city, province):
    officer = make_member(Role.CITY_OFFICER, city)
    named = complaints.report(
        matter="false_report", words="没有取样", body_id=make_body(division=city.division).pk, subject="",
        division_id=None, reporter=Reporter("王先生", "138"), uploads=[], address="", at=NOON,
    ).complaint  # fmt: skip
    triage.dismiss(lead_id=named.lead_id, why="不属实", by=officer, at=NOON)
    assert clocks.keep_up(NOON + timedelta(days=5)) == 0
    assert clocks.keep_up(NOON + timedelta(days=30)) == 1
    assert clocks.keep_up(NOON + timedelta(days=31)) == 0

    assert Complaint.objects.get().escalated_at is not None
    assert told() == {city.pk, province.pk}


def test_who_was_answered_is_escalated_never(city):
    officer = make_member(Role.CITY_OFFICER, city)
    named = complaints.report(
        matter="false_report", words="没有取样", body_id=make_body(division=city.division).pk, subject="",
        division_id=None, reporter=Reporter("王先生", "138"), uploads=[], address="", at=NOON,
    ).complaint  # fmt: skip
    triage.dismiss(lead_id=named.lead_id, why="不属实", by=officer, at=NOON)
    complaints.answer(lead_id=named.lead_id, words="已核查，不属实。", by=officer, at=NOON)

    assert clocks.keep_up(NOON + timedelta(days=30)) == 0
