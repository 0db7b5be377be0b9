"""Starting an application, and what is filled in from the register."""

import pytest

from zhunsheng.admission.licensing.models import Application, Step
from zhunsheng.admission.licensing.services import drafting
from zhunsheng.admission.licensing.tests.applicants import NOON, begin, make_applicant
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant(lines=3)


def test_a_renewal_begins_with_what_the_register_says(applicant):
    made = begin(applicant, "renewal")

    assert made.number == "ZR2026-0000001"
    assert (made.applicant_name, made.address) == (applicant.body.name, applicant.body.address)
    assert (made.field, made.sector) == ("12", "05")  # 2319 12 05 0001: environment, sector of ecology
    assert [(one.act, one.method_text) for one in made.lines.order_by("number")] == [
        ("keep", "GB/T 5750.6-2023"), ("keep", "GB/T 5750.6-2006"), ("keep", "GB/T 5750.6-2023"),
    ]  # fmt: skip
    assert [one.code for one in made.sites.all()] == ["A"]
    assert [(one.name, one.fields) for one in made.people.all()] == [("刘签字", "水质 金属")]
    assert Step.objects.get().action == "start"


def test_a_change_of_method_begins_with_the_lines_of_replaced_editions(applicant):
    made = begin(applicant, "method_year")

    assert [(one.act, one.method_text, one.scope_line.method_text) for one in made.lines.all()] == [
        ("replace", "GB/T 5750.6-2023", "GB/T 5750.6-2006")
    ]


def test_starting_twice_goes_on_with_the_draft(applicant):
    assert begin(applicant) == begin(applicant)
    assert Application.objects.count() == 1


def test_nobody_applies_for_a_body_that_is_not_theirs(applicant):
    other = make_applicant(number="231912050002")

    with pytest.raises(drafting.NotRepresented) as refused:
        drafting.start_application(
            organisation_id=applicant.organisation.pk, kind="renewal", body_id=other.body.pk, by=applicant.clerk,
            at=NOON,
        )  # fmt: skip
    assert refused.value.field == "body"
    with pytest.raises(NotAllowed):
        begin(applicant, by=other.manager)
    assert not Application.objects.exists()


def test_an_officer_does_not_apply(applicant):
    officer = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))

    with pytest.raises(NotAllowed):
        begin(applicant, by=officer)


def test_a_house_without_a_body_can_only_apply_for_a_first_accreditation():
    house = make_organisation(Kind.BODY, name="新检测")
    clerk = make_member(Role.BODY_CLERK, house)
    give = {"organisation_id": house.pk, "by": clerk, "at": NOON}

    with pytest.raises(drafting.ApplicationRefused):
        drafting.start_application(kind="renewal", **give)
    assert drafting.start_application(kind="first", **give).applicant_name == "新检测"


def test_what_was_typed_is_kept_page_by_page_and_the_history_says_by_whom(applicant):
    made = begin(applicant)

    drafting.save_part(
        application_id=made.pk, by=applicant.manager, at=NOON,
        content={"contact": " 王工 ", "domain": "ecology", "within_capability": True, "stage": "granted"},
    )  # fmt: skip

    made.refresh_from_db()
    assert (made.contact, made.answers, made.stage) == ("王工", {"within_capability": True}, "draft")
    assert made.history.latest().history_user == applicant.manager


def test_a_decided_application_is_not_edited_and_the_attempt_is_logged(applicant):
    made = begin(applicant)
    Application.objects.filter(pk=made.pk).update(stage="granted", filed_at=NOON, decided_at=NOON, ended_at=NOON)

    with pytest.raises(drafting.Closed) as refused:
        drafting.save_part(application_id=made.pk, content={"contact": "x"}, by=applicant.clerk, at=NOON)

    assert refused.value.remedy
    kept = Step.objects.get(action="refused.edit")
    assert (kept.inside, kept.by) == (True, applicant.clerk)
