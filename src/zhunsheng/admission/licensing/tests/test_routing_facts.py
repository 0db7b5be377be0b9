"""The facts of an application that route it come from the register, the credit file and the applicant."""

from datetime import date, timedelta

import pytest

from zhunsheng.admission.licensing.models import ApplicationLine, RouteBar
from zhunsheng.admission.licensing.selectors.routing import answer_for, facts_of
from zhunsheng.admission.licensing.services import filing
from zhunsheng.admission.licensing.tests.applicants import NOON, TODAY, complete, make_applicant
from zhunsheng.registry.credit import services as credit

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant(lines=2)


def renewal(one):
    return complete(one, "renewal", signed=False)


def record(body, on, kind="penalty", reference="罚1"):
    return credit.record(
        body_id=body.pk, kind=kind, on=on, source="省局", reference=reference, words="行政处罚", by=None, at=NOON
    )


def test_breaches_are_those_of_the_term_of_the_certificate_and_bar_document_review(applicant):
    made = renewal(applicant)
    record(applicant.body, date(2023, 4, 30), reference="上一周期")  # the certificate began on 2023-05-01
    assert facts_of(made, TODAY).breaches_in_term == 0

    record(applicant.body, date(2023, 5, 1))
    record(applicant.body, date(2024, 5, 1), kind="proficiency_failed")  # no breach

    facts = facts_of(made, TODAY)
    assert facts.breaches_in_term == 1
    barred = answer_for(made, TODAY).route("documents").barred_by
    assert "COND-DOCUMENTS-NO-BREACH" in [one.id for one in barred]


def test_the_grade_of_the_day_comes_with_the_version_of_its_rule_and_only_proposes(applicant):
    made = renewal(applicant)
    before = {one.code for one in answer_for(made, TODAY).open}
    credit.set_grade(
        body_id=applicant.body.pk, grade="D", since=TODAY, basis="平台结果", reason="录入", rule_version="2025-03",
        by=None, at=NOON,
    )  # fmt: skip

    facts = facts_of(made, TODAY)
    assert (facts.grade, facts.grade_version) == ("D", "2025-03")
    answer = answer_for(made, TODAY)
    assert {one.code for one in answer.open} == before
    assert answer.proposed.code == "general"


@pytest.mark.parametrize("text", ["保健食品", "婴幼儿配方乳粉", "特殊医学用途配方食品"])
def test_special_food_among_the_lines_bars_commitment_whatever_the_applicant_says(applicant, text):
    made = complete(applicant, signed=False)
    assert made.answers["special_food"] is False
    ApplicationLine.objects.filter(application=made).update(object_text=text)

    assert facts_of(made, TODAY).special_food is True
    assert "commitment" not in {one.code for one in answer_for(made, TODAY).open}


def test_who_withdraws_a_filed_commitment_takes_the_general_procedure_next(applicant):
    made = complete(applicant, route="commitment")
    filing.file_application(application_id=made.pk, by=applicant.clerk, at=NOON)
    filing.withdraw(application_id=made.pk, why="材料有误", by=applicant.clerk, at=NOON)

    bar = RouteBar.objects.get()
    assert (bar.condition, bar.until, bar.reference) == ("commitment_withdrawn", None, made.number)
    again = complete(applicant, signed=False)
    assert [one.id for one in answer_for(again, TODAY).route("commitment").barred_by] == ["COND-COMMITMENT-WITHDRAWN"]


@pytest.mark.parametrize(
    ("kind", "last", "condition"),
    [
        ("revoked_for_fraud", date(2026, 3, 2), "COND-FRAUD-REVOCATION"),  # three years from 2023-03-02
        ("false_application_safety", date(2024, 3, 2), "COND-FALSE-MATERIAL-SAFETY"),  # one year
        ("false_application", date(2024, 3, 2), "COND-FALSE-APPLICATION"),
    ],
)
def test_fraud_and_false_material_bar_every_route_until_the_last_day_of_the_term(applicant, kind, last, condition):
    made = complete(applicant, signed=False)
    record(applicant.body, date(2023, 3, 2), kind=kind)

    during, after = answer_for(made, last), answer_for(made, last + timedelta(days=1))

    assert not during.open
    assert condition in [one.id for one in during.route("general").barred_by]
    assert condition not in [one.id for one in after.route("general").barred_by]


def test_a_draft_or_another_route_taken_back_bars_nothing(applicant):
    made = complete(applicant, route="commitment")
    filing.withdraw(application_id=made.pk, why="暂不申请", by=applicant.clerk, at=NOON)
    general = complete(applicant)
    filing.file_application(application_id=general.pk, by=applicant.clerk, at=NOON)
    filing.withdraw(application_id=general.pk, why="暂不申请", by=applicant.clerk, at=NOON)

    assert not RouteBar.objects.exists()
