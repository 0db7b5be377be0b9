"""What the review tells the file: its begin, its rectification, its conclusion on every line."""

from datetime import date

import pytest

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import Application, Explanation, IssuedDocument
from zhunsheng.admission.licensing.services import acceptance, reviewing
from zhunsheng.admission.licensing.services.reviewing import ReviewIncomplete
from zhunsheng.admission.licensing.tests.officers import MONDAY, Bureau, day, filed, make_bureau
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member
from zhunsheng.platform.notices.models import Notice

pytestmark = pytest.mark.django_db


def accepted(bureau: Bureau, **values) -> Application:
    made = filed(**values)
    acceptance.accept(application_id=made.pk, by=bureau.handler, at=MONDAY)
    made.refresh_from_db()
    return made


def under_review(bureau: Bureau, **values) -> Application:
    made = accepted(bureau, **values)
    reviewing.record_review_started(application_id=made.pk, mode="on_site", by=bureau.handler, at=MONDAY)
    made.refresh_from_db()
    return made


def test_the_applicant_is_told_in_writing_how_long_the_review_takes():
    application = under_review(make_bureau())

    assert application.stage == Stage.IN_REVIEW
    assert IssuedDocument.objects.get(kind="review").number == "粤市监认评〔2026〕1号"


def test_rectification_stops_the_review_and_runs_the_applicants_own_limit():
    bureau = make_bureau()
    application = under_review(bureau)

    reviewing.ask_rectification(
        application_id=application.pk, words="天平未检定", by=bureau.handler, at=day("2026-03-09")
    )
    application.refresh_from_db()
    assert (application.stage, application.clock, application.due_on) == (
        Stage.RECTIFYING, "T3", date(2026, 4, 21),
    )  # fmt: skip
    assert Notice.objects.filter(kind="licensing.rectification").exists()

    reviewing.close_rectification(
        application_id=application.pk, words="已检定", by=bureau.handler, at=day("2026-03-20")
    )
    application.refresh_from_db()
    assert (application.stage, application.clock, application.due_on) == (
        Stage.IN_REVIEW, "T2", date(2026, 4, 28),
    )  # fmt: skip


def test_a_conclusion_needs_an_outcome_for_every_line_and_a_reason_for_each_that_fails():
    bureau = make_bureau()
    application = under_review(bureau)
    first, second = application.lines.order_by("number")
    given = {"application_id": application.pk, "conclusion": "nearly", "by": bureau.handler, "at": MONDAY}

    with pytest.raises(ReviewIncomplete):
        reviewing.record_conclusion(line_outcomes={first.pk: (True, "")}, **given)
    with pytest.raises(ReviewIncomplete):
        reviewing.record_conclusion(line_outcomes={first.pk: (True, ""), second.pk: (False, " ")}, **given)
    assert not application.lines.exclude(outcome="pending").exists()


def test_a_conclusion_sets_the_lines_keeps_the_clauses_and_starts_the_clock_of_the_decision():
    bureau = make_bureau()
    application = under_review(bureau)
    first, second = application.lines.order_by("number")

    reviewing.record_conclusion(
        application_id=application.pk, conclusion="nearly",
        line_outcomes={first.pk: (True, ""), second.pk: (False, "现场试验不符合")},
        unmet=[("第十一条（二）", "检定证书过期")], by=bureau.handler, at=day("2026-03-20"),
    )  # fmt: skip

    application.refresh_from_db()
    assert (application.stage, application.clock, application.due_on) == (
        Stage.REVIEWED, "T4", date(2026, 4, 3),
    )  # fmt: skip
    assert list(application.lines.order_by("number").values_list("outcome", "reason")) == [
        ("granted", ""), ("refused", "现场试验不符合"),
    ]  # fmt: skip
    assert Explanation.objects.get(about="unmet_clause").inputs["clause"] == "第十一条（二）"
    assert application.clocks.get(clock="T2").used_days == 14


def test_a_review_doesnt_begin_before_acceptance_nor_twice():
    bureau = make_bureau()
    unaccepted, begun = filed(), under_review(bureau)

    for application in (unaccepted, begun):
        with pytest.raises(IllegalMove):
            reviewing.record_review_started(application_id=application.pk, mode="remote", by=bureau.handler, at=MONDAY)


def test_the_applicants_people_record_nothing_of_a_review():
    bureau = make_bureau()
    application = accepted(bureau)
    manager = make_member(Role.BODY_MANAGER, application.organisation)

    with pytest.raises(NotAllowed):
        reviewing.record_review_started(application_id=application.pk, mode="on_site", by=manager, at=MONDAY)
