"""The decision: generated reasons, three people, all or part or nothing granted, late but never lost."""

from datetime import date

import pytest

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import Application, Decision, Explanation, IssuedDocument, Step
from zhunsheng.admission.licensing.services import acceptance, deciding, reviewing
from zhunsheng.admission.licensing.services.deciding import DecisionRefused
from zhunsheng.admission.licensing.tests.officers import MONDAY, Bureau, day, filed, make_bureau
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import make_member

pytestmark = pytest.mark.django_db
CONCLUDED = day("2026-03-20")
"""The decision is due ten working days later: Friday 3 April 2026."""


def reviewed(bureau: Bureau, outcomes=(True, True), **values) -> Application:
    """Bring an application through acceptance and review."""
    made = filed(lines=len(outcomes), **values)
    acceptance.accept(application_id=made.pk, by=bureau.handler, at=MONDAY)
    reviewing.record_review_started(application_id=made.pk, mode="on_site", by=bureau.handler, at=MONDAY)
    reviewer = make_member(Role.EXPERT, bureau.authority)
    lines = made.lines.order_by("number")
    reviewing.record_conclusion(
        application_id=made.pk,
        conclusion="conform" if all(outcomes) else "nearly" if any(outcomes) else "not_conform",
        line_outcomes={
            one.pk: (granted, "" if granted else "现场试验不符合")
            for one, granted in zip(lines, outcomes, strict=True)
        },
        unmet=[] if all(outcomes) else [("第十一条（二）", "检定证书过期")],
        by=bureau.handler,
        reviewers=[reviewer],
        at=CONCLUDED,
    )  # fmt: skip
    made.refresh_from_db()
    return made


def propose(application: Application, bureau: Bureau, outcome: str = "", *, at=CONCLUDED) -> Decision:
    found = deciding.draft_of(application, at.date())
    return deciding.propose(
        application_id=application.pk, outcome=outcome or found.outcome, reasons=found.text or "名称变更材料齐全",
        by=bureau.handler, at=at,
    )  # fmt: skip


def examined(application: Application, bureau: Bureau, *, at=CONCLUDED) -> None:
    propose(application, bureau, at=at)
    deciding.give_legal_opinion(application_id=application.pk, agrees=True, opinion="程序合法", by=bureau.legal, at=at)


def test_everything_confirmed_is_granted_by_three_people_with_a_numbered_letter():
    bureau = make_bureau()
    application = reviewed(bureau)
    examined(application, bureau)

    made = deciding.decide(application_id=application.pk, by=bureau.decider, at=day("2026-03-25"))

    application.refresh_from_db()
    assert (application.stage, application.decided_at) == (Stage.GRANTED, day("2026-03-25"))
    assert (made.number, made.late_days) == ("粤市监认决〔2026〕1号", 0)
    assert application.clocks.get(clock="T4").outcome == "met"
    assert IssuedDocument.objects.get(kind="granted").number == made.number
    people = [made.proposed_by, made.legal_by, made.decided_by]
    assert people == [bureau.handler, bureau.legal, bureau.decider]


def test_reasons_come_from_clauses_and_outcomes_with_their_rules_and_versions():
    bureau = make_bureau()
    application = reviewed(bureau, (True, False, False))

    found = deciding.draft_of(application, CONCLUDED.date())
    propose(application, bureau)

    assert found.outcome == "partly_granted"
    assert [one.rule for one in found.reasons] == ["DECIDE-GRANT-REVIEW", "DECIDE-CLAUSES", "DECIDE-LINES-REFUSED"]
    assert "“基本符合”" in found.text
    assert "第十一条（二）：检定证书过期" in found.text
    assert "以下2项检验检测能力未获确认：现场试验不符合（第2、3项）" in found.text
    kept = Explanation.objects.filter(about="reasons").order_by("pk")
    assert [one.rule for one in kept] == [one.rule for one in found.reasons]
    assert all(one.version.startswith("1.") and one.words_en for one in kept)


def test_people_edit_the_reasons_and_the_rules_stay_beside_them():
    bureau = make_bureau()
    application = reviewed(bureau)

    deciding.propose(
        application_id=application.pk, outcome="granted", reasons="经审查，同意。", by=bureau.handler, at=CONCLUDED
    )

    held = Decision.objects.get()
    assert held.reasons == "经审查，同意。"
    assert held.law.startswith("DECIDE-GRANT-REVIEW 1.")


def test_some_lines_granted_is_a_decision_in_part():
    bureau = make_bureau()
    application = reviewed(bureau, (True, False))
    examined(application, bureau)

    deciding.decide(application_id=application.pk, by=bureau.decider, at=CONCLUDED)

    application.refresh_from_db()
    assert application.stage == Stage.PARTLY_GRANTED
    assert IssuedDocument.objects.get(kind="partly_granted")


def test_nothing_confirmed_is_refused_with_remedies():
    bureau = make_bureau()
    application = reviewed(bureau, (False, False))
    examined(application, bureau)

    deciding.decide(application_id=application.pk, by=bureau.decider, at=CONCLUDED)

    application.refresh_from_db()
    assert application.stage == Stage.REFUSED
    assert IssuedDocument.objects.get(kind="refused")


def test_a_refusal_as_a_whole_leaves_what_the_review_found_of_each_line():
    bureau = make_bureau()
    application = reviewed(bureau, (True, False))
    deciding.propose(
        application_id=application.pk,
        outcome="refused",
        reasons="申请人隐瞒有关情况。",
        by=bureau.handler,
        at=CONCLUDED,
    )
    application.refresh_from_db()
    deciding.give_legal_opinion(
        application_id=application.pk, agrees=True, opinion="无异议", by=bureau.legal, at=CONCLUDED
    )

    deciding.decide(application_id=application.pk, by=bureau.decider, at=CONCLUDED)

    lines = list(application.lines.order_by("number"))
    assert [(one.found, one.outcome) for one in lines] == [("granted", "refused"), ("refused", "refused")]
    assert lines[1].found_why == lines[1].reason != ""
    assert [one.outcome for one in lines[0].history.order_by("history_id")][-2:] == ["granted", "refused"]


def test_what_was_confirmed_may_be_refused_for_a_reason_but_what_was_not_is_never_granted():
    bureau = make_bureau()
    sound, unsound = reviewed(bureau), reviewed(bureau, (True, False))

    with pytest.raises(DecisionRefused):
        propose(unsound, bureau, "granted")
    propose(sound, bureau, "refused")

    assert Decision.objects.get().outcome == "refused"


def test_a_late_decision_is_taken_marked_and_explained():
    bureau = make_bureau()
    application = reviewed(bureau)
    examined(application, bureau)
    late = day("2026-04-08")  # due on 3 April; 4 to 6 April are Qingming

    with pytest.raises(DecisionRefused):
        deciding.decide(application_id=application.pk, by=bureau.decider, at=late)
    made = deciding.decide(application_id=application.pk, by=bureau.decider, at=late, late_why="系统故障")

    assert made.late_days == 2
    assert "应于2026-04-03前作出，实际于2026-04-08作出" in made.reasons
    assert Explanation.objects.get(about="late").rule == "DECIDE-LATE"
    assert application.clocks.get(clock="T4").outcome == "late"


def test_a_legal_objection_sends_the_proposal_back_and_it_is_proposed_anew():
    bureau = make_bureau()
    application = reviewed(bureau)
    propose(application, bureau)

    deciding.give_legal_opinion(
        application_id=application.pk, agrees=False, opinion="理由不充分", by=bureau.legal, at=CONCLUDED
    )
    application.refresh_from_db()
    assert application.stage == Stage.REVIEWED

    propose(application, bureau)
    held = Decision.objects.get()
    assert (held.legal_at, held.legal_agrees, held.legal_opinion) == (None, None, "")


def test_who_decides_may_send_the_proposal_back():
    bureau = make_bureau()
    application = reviewed(bureau)
    examined(application, bureau)

    deciding.return_proposal(application_id=application.pk, why="补充理由", by=bureau.decider, at=CONCLUDED)

    application.refresh_from_db()
    assert application.stage == Stage.REVIEWED


def test_nobody_does_two_of_the_three_steps():
    bureau = make_bureau()
    application = reviewed(bureau)
    found = deciding.draft_of(application, CONCLUDED.date())
    deciding.propose(
        application_id=application.pk, outcome=found.outcome, reasons=found.text, by=bureau.decider, at=CONCLUDED
    )
    both = make_member(Role.LEGAL_OFFICER, bureau.authority, user=bureau.decider)

    with pytest.raises(SamePerson):
        deciding.give_legal_opinion(application_id=application.pk, agrees=True, opinion="同意", by=both, at=CONCLUDED)
    deciding.give_legal_opinion(
        application_id=application.pk, agrees=True, opinion="同意", by=bureau.legal, at=CONCLUDED
    )
    with pytest.raises(SamePerson):
        deciding.decide(application_id=application.pk, by=bureau.decider, at=CONCLUDED)

    application.refresh_from_db()
    assert application.stage == Stage.EXAMINED
    assert Step.objects.filter(action="refused.decide", inside=True).count() == 1


def test_a_reviewer_does_not_decide():
    bureau = make_bureau()
    application = reviewed(bureau)
    reviewer = Step.objects.get(action="reviewed").by
    make_member(Role.PROVINCE_OFFICER, bureau.authority, user=reviewer)
    examined(application, bureau)

    with pytest.raises(SamePerson):
        deciding.decide(application_id=application.pk, by=reviewer, at=CONCLUDED)


@pytest.mark.parametrize("who", ["handler", "legal", "city"])
def test_only_the_province_decides(who):
    bureau = make_bureau()
    application = reviewed(bureau)
    examined(application, bureau)

    with pytest.raises(NotAllowed):
        deciding.decide(application_id=application.pk, by=getattr(bureau, who), at=CONCLUDED)


@pytest.mark.parametrize("stage", [s for s in Stage if s not in (Stage.EXAMINED, Stage.DRAFT)])
def test_at_no_other_stage_is_anything_decided(stage):
    bureau = make_bureau()
    application = filed(stage=stage, decided_at=MONDAY, ended_at=MONDAY)
    held = Decision(
        application=application, outcome="granted", reasons="同意", proposed_by=bureau.handler, proposed_at=MONDAY
    )
    Decision.objects.bulk_create([held])

    with pytest.raises(IllegalMove):
        deciding.decide(application_id=application.pk, by=bureau.decider, at=MONDAY)

    assert not IssuedDocument.objects.exists()


@pytest.mark.parametrize(
    ("route", "rule"),
    [
        ("commitment", "DECIDE-GRANT-COMMITMENT"),
        ("self_declaration", "DECIDE-GRANT-DECLARATION"),
        ("change_filing", "DECIDE-GRANT-FILING"),
    ],
)
def test_routes_without_a_review_are_proposed_by_one_and_decided_at_once_by_another(route, rule):
    bureau = make_bureau()
    kind = {"commitment": "first", "self_declaration": "method_year", "change_filing": "name"}[route]
    application = filed(route=route, kind=kind)
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=MONDAY)
    application.refresh_from_db()

    propose(application, bureau, at=MONDAY)
    make_member(Role.PROVINCE_OFFICER, bureau.authority, user=bureau.handler)
    with pytest.raises(SamePerson):
        deciding.decide(application_id=application.pk, by=bureau.handler, at=MONDAY)
    deciding.decide(application_id=application.pk, by=bureau.decider, at=MONDAY)

    application.refresh_from_db()
    assert application.stage == Stage.GRANTED
    assert Explanation.objects.get(about="reasons").rule == rule
    assert Step.objects.get(action="propose_at_once").law.startswith("DECIDE-AT-ONCE 1.")
    assert application.clocks.get(clock__startswith="T4").used_days == 0


def test_nothing_is_proposed_without_reasons_or_before_every_line_has_an_outcome():
    bureau = make_bureau()
    application = reviewed(bureau)

    with pytest.raises(DecisionRefused):
        deciding.propose(
            application_id=application.pk, outcome="granted", reasons="  ", by=bureau.handler, at=CONCLUDED
        )
    application.lines.update(outcome="pending")
    with pytest.raises(DecisionRefused):
        deciding.propose(
            application_id=application.pk, outcome="granted", reasons="同意", by=bureau.handler, at=CONCLUDED
        )
    assert not Decision.objects.exists()
    assert date(2026, 4, 3) == application.due_on
