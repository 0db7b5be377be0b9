"""Whether a CNAS scope covers what is applied for, and what counts as a certificate."""

from datetime import date

import pytest

from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.selectors.routing import answer_for, facts_of
from zhunsheng.admission.licensing.services import drafting, lines
from zhunsheng.admission.licensing.tests.applicants import NOON, TODAY, begin, make_applicant, pick
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line
from zhunsheng.registry.catalogue.models import Parameter, StandardEdition, TestObject

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant(lines=2)


def recognised(applicant, *metals):
    certificate = make_certificate(applicant.body, "CNAS L1234")
    for metal in metals:
        make_line(
            certificate,
            object=TestObject.objects.get(code="W-DRINK"),
            parameter=Parameter.objects.get(code=metal),
            edition=StandardEdition.objects.get(code="HJ 700-2014"),
            method_text="HJ 700-2014",
        )


def test_a_current_cnas_scope_of_every_line_opens_the_short_cut(applicant):
    recognised(applicant, "PB", "CD")
    made = begin(applicant)
    assert facts_of(made, TODAY).cnas_covers_all is None

    pick(applicant, made, 2)  # lead and cadmium by HJ 700-2014

    assert facts_of(made, TODAY).cnas_covers_all is True
    assert answer_for(made, TODAY).route("cnas").open


def test_one_line_beyond_the_recognised_scope_closes_it_with_the_condition(applicant):
    recognised(applicant, "PB")
    made = begin(applicant)
    pick(applicant, made, 2)

    answer = answer_for(made, TODAY)

    assert answer.facts.cnas_covers_all is False
    assert [one.articles for one in answer.route("cnas").barred_by]


def test_a_recognised_scope_that_has_run_out_covers_nothing(applicant):
    recognised(applicant, "PB", "CD")
    made = begin(applicant)
    pick(applicant, made)

    assert facts_of(made, date(2030, 1, 1)).cnas_covers_all is False


def test_a_cnas_number_is_no_certificate_of_accreditation(applicant):
    house = make_organisation(Kind.BODY)
    make_certificate(make_body("L9", organisation=house, division=house.division), "CNAS L999")
    made = drafting.start_application(
        organisation_id=house.pk, kind="first", by=make_member(Role.BODY_CLERK, house), at=NOON
    )

    assert facts_of(made, TODAY).certificate_in_force is False
    assert facts_of(begin(applicant, "renewal"), TODAY).certificate_in_force is True


def test_special_food_is_seen_in_the_lines_whatever_was_told(applicant):
    made = begin(applicant)
    drafting.save_part(application_id=made.pk, content={"special_food": False}, by=applicant.clerk, at=NOON)
    made = Application.objects.get(pk=made.pk)
    assert answer_for(made, TODAY).route("commitment").open

    lines.enter_line(
        application_id=made.pk, object_name="婴幼儿配方乳粉", parameter_name="铅", method="HJ 700-2014", outside=True,
        by=applicant.clerk, at=NOON,
    )  # fmt: skip

    barred = answer_for(made, TODAY).route("commitment").barred_by
    assert [one.id for one in barred] == ["COND-COMMITMENT-SPECIAL-FOOD"]


def test_a_body_without_a_certificate_in_force_can_only_apply_for_a_first_one(applicant):
    made = begin(applicant, "extension")

    after_the_end = answer_for(made, date(2030, 1, 1))

    assert after_the_end.open == ()
    assert {one.id for way in after_the_end.barred for one in way.barred_by} >= {"COND-CERTIFICATE-IN-FORCE"}
