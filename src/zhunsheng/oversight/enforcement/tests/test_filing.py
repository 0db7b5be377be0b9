"""Leads come to cases: filed by who may, from what was found, once."""

from datetime import date

import pytest

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.enforcement import selectors
from zhunsheng.oversight.enforcement.law_book import UnknownViolation
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.services import CaseRefused, FindingFacts, file_case
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.leads.services import open_lead
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_division, make_member, make_organisation
from zhunsheng.registry.bodies.tests.factories import make_body

pytestmark = pytest.mark.django_db
FALSE = FindingFacts("VIO-FALSE-REPORT", "未检测出具报告3份", date(2026, 2, 1), Facts(field="product"))


@pytest.fixture
def bureau():
    return make_organisation(division="440000")


@pytest.fixture
def officer(bureau):
    return make_member(Role.PROVINCE_OFFICER, bureau)


@pytest.fixture
def body():
    return make_body(division=make_division("440106"))


def a_lead(body, reference="A-1"):
    return open_lead(
        source="alert", reference=reference, matter="data_anomaly", title="原始数据相同", words="两份报告相同",
        body_id=body.pk, by=None, at=NOON,
    )  # fmt: skip


def test_a_lead_becomes_a_case_with_its_clock(body, officer):
    lead = a_lead(body)

    case = file_case(body_id=body.pk, lead_ids=[lead.pk], findings=[FALSE], by=officer, at=NOON)

    lead.refresh_from_db()
    assert (lead.stage, lead.outcome) == ("filed", case.number)
    assert (case.subject, case.due_on) == (body.name, date(2026, 6, 1))  # 90 days: a Sunday, so Monday
    assert [p.consequences[0].id for _f, p in selectors.proposals_of(case)] == ["CON-PQL57-CORRECT"]


def test_a_lead_comes_to_one_case_only(body, officer):
    lead = a_lead(body)
    file_case(body_id=body.pk, lead_ids=[lead.pk], findings=[FALSE], by=officer, at=NOON)

    with pytest.raises(IllegalMove):
        file_case(body_id=body.pk, lead_ids=[lead.pk], findings=[FALSE], by=officer, at=NOON)
    assert Case.objects.count() == 1


def test_a_violation_outside_the_catalogue_is_refused(body, officer):
    with pytest.raises(UnknownViolation):
        file_case(body_id=body.pk, lead_ids=[], findings=[FindingFacts("VIO-X", "x", TODAY)], by=officer, at=NOON)


def test_nothing_found_is_no_case(body, officer):
    with pytest.raises(CaseRefused):
        file_case(body_id=body.pk, lead_ids=[], findings=[], by=officer, at=NOON)


def test_an_officer_of_another_city_files_nothing_here(body):
    stranger = make_member(Role.CITY_OFFICER, make_organisation(division="440300"))

    with pytest.raises(NotAllowed):
        file_case(body_id=body.pk, lead_ids=[], findings=[FALSE], by=stranger, at=NOON)


def test_the_party_sees_its_case_from_the_notice_on_only(body, officer):
    laboratory = make_organisation(Kind.BODY, division="440106")
    manager = make_member(Role.BODY_MANAGER, laboratory)
    case = file_case(body_id=body.pk, lead_ids=[], findings=[FALSE], by=officer, at=NOON)
    Case.objects.filter(pk=case.pk).update(organisation=laboratory)

    assert not selectors.cases_visible_to(manager, TODAY).exists()
    Case.objects.filter(pk=case.pk).update(stage="notified")
    assert selectors.cases_visible_to(manager, TODAY).exists()


def test_the_same_source_and_reference_is_one_lead(body, bureau):
    assert a_lead(body).pk == a_lead(body).pk
    assert Lead.objects.count() == 1
