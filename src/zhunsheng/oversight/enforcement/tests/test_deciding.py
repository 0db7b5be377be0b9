"""From investigation to decision: inside the law, by different people, with the party heard."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.enforcement.models import Case, Decision, RecordClosed
from zhunsheng.oversight.enforcement.rules.sanctions import Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.services import (
    CaseRefused,
    FindingFacts,
    carrying_out,
    confirming,
    deciding,
    hearing,
    investigating,
    listing,
    police,
    proposing,
)
from zhunsheng.oversight.enforcement.services.filing import file_case
from zhunsheng.oversight.enforcement.services.hearing import Sitting
from zhunsheng.oversight.enforcement.tests.factories import (
    FINE,
    LATER,
    decided,
    filed,
    make_world,
    proposed,
    serve_notice,
    to_decide,
)
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, make_member
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.notices.models import Delivery
from zhunsheng.platform.refusals import sentence
from zhunsheng.registry.credit.models import CreditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_a_decision_is_sealed_and_stands_in_the_credit_file(world):
    case = decided(world)

    decision = Decision.objects.get(case=case)
    assert Entry.objects.filter(kind="case.decided", subject=decision.sha256, body=world.body.slug).exists()
    event = CreditEvent.objects.get(body=world.body)
    assert (event.kind, event.evidence_sha256) == ("false_report", decision.sha256)
    assert "75,000.00" in event.words
    assert decision.published_due_on == date(2026, 4, 10)  # twenty working days, Qingming off


@pytest.mark.parametrize("amount", ["49999.99", "100000.01", "1000000"])
def test_a_penalty_beyond_the_law_is_refused_whatever_the_reason(world, amount):
    with pytest.raises(CaseRefused):
        proposed(world, Sanction("CON-PQL57-BODY", Decimal(amount), why="影响恶劣"))


@pytest.mark.parametrize("amount", ["50000", "90000"])
def test_a_penalty_outside_the_benchmark_needs_its_reason_and_its_approval(world, amount):
    with pytest.raises(CaseRefused):
        proposed(world, Sanction("CON-PQL57-BODY", Decimal(amount)))
    case = to_decide(world, Sanction("CON-PQL57-BODY", Decimal(amount), why="主动召回报告"))
    said = {"number": "1号", "result": "punished", "words": "成立", "by": world.head, "at": LATER}

    with pytest.raises(CaseRefused):
        deciding.decide(case_id=case.pk, **said)
    talk = {"case_id": case.pk, "present": ["甲", "乙", "丙"], "words": "讨论", "by": world.head, "at": LATER}
    deciding.discuss(departures_approved=False, **talk)
    with pytest.raises(CaseRefused):
        deciding.decide(case_id=case.pk, **said)
    deciding.discuss(departures_approved=True, **talk)
    assert deciding.decide(case_id=case.pk, **said).result == "punished"


def test_nobody_decides_a_case_they_investigated(world):
    case = to_decide(world)
    chief = make_member(Role.PROVINCE_OFFICER, world.authority, user=world.first)

    with pytest.raises(SamePerson):
        deciding.decide(case_id=case.pk, number="1号", result="punished", words="成立", by=chief, at=LATER)


def test_nobody_examines_a_case_they_investigated(world):
    case = proposed(world)
    both = make_member(Role.LEGAL_OFFICER, world.authority, user=world.second)

    with pytest.raises(SamePerson):
        proposing.examine(case_id=case.pk, passes=True, words="通过", by=both, at=NOON)


def test_who_belonged_to_the_party_keeps_out(world):
    case = filed(world)
    for one in (world.first, world.head):
        make_member(Role.BODY_CLERK, world.laboratory, user=one)

    for act in (
        lambda: investigating.note(case_id=case.pk, words="现场检查", by=world.first, at=NOON),
        lambda: police.report(case_id=case.pk, words="涉嫌犯罪", by=world.first, at=NOON),
        lambda: listing.enter(case_id=case.pk, words="情节严重", by=world.head, at=NOON),
        lambda: filed(world),
    ):
        with pytest.raises(CaseRefused) as refused:
            act()
        assert refused.value.kept


def test_a_second_investigator_is_fit_when_the_case_is_filed(world):
    """The right, no interest, and an account that exists: as when another is named later."""
    interested = make_member(Role.INSPECTOR, world.authority)
    make_member(Role.BODY_CLERK, world.laboratory, user=interested)

    for second, error in ((interested.pk, CaseRefused), (world.lawyer.pk, NotAllowed), (10**9, CaseRefused)):
        with pytest.raises(error):
            file_case(
                body_id=world.body.pk, lead_ids=(), second_id=second, by=world.first, at=NOON,
                findings=[FindingFacts("VIO-FALSE-REPORT", "数据雷同", NOON.date())],
            )  # fmt: skip
    assert not Case.objects.exists()


def test_an_inspector_decides_nothing(world):
    case = to_decide(world)

    with pytest.raises(NotAllowed):
        deciding.decide(
            case_id=case.pk, number="1", result="punished", words="x",
            by=make_member(Role.INSPECTOR, world.authority), at=LATER,
        )  # fmt: skip


def test_who_investigates_neither_extends_the_clock_nor_drops_the_case(world):
    """The head decides both; an officer of the province may hold either duty, never both in one case."""
    case = filed(world)
    make_member(Role.PROVINCE_OFFICER, world.authority, user=world.first)

    for act in (investigating.extend, carrying_out.drop):
        with pytest.raises(SamePerson):
            act(case_id=case.pk, words="自己批准", by=world.first, at=NOON)
    assert carrying_out.drop(case_id=case.pk, words="立案依据不成立", by=world.head, at=NOON).stage == "dropped"


def test_an_outcome_lies_after_the_decision_and_an_annulled_decision_falls_once(world):
    case = decided(world)
    carrying_out.serve(case_id=case.pk, method="electronic", on=LATER.date(), words="送达", by=world.first, at=LATER)
    told = {"case_id": case.pk, "way": "court", "words": "判决撤销", "by": world.first, "at": LATER}
    before = case.decided_on - timedelta(days=1)

    with pytest.raises(CaseRefused) as refused:
        carrying_out.objected(**told, outcome="annulled", on=before)
    assert refused.value.field == "on"
    carrying_out.objected(**told, outcome="annulled", on=case.decided_on)
    assert (
        not CreditEvent.objects.filter(reference=case.number, withdrawn_at=None)
        .exclude(kind="decision_annulled")
        .exists()
    )
    with pytest.raises(CaseRefused):
        carrying_out.objected(**told, outcome="changed", on=case.decided_on)
    assert Decision.objects.get(case=case).state == "annulled"


def test_conduct_of_a_day_that_has_not_come_is_no_finding(world):
    ahead = FindingFacts("VIO-FALSE-REPORT", "三份", NOON.date() + timedelta(days=1))

    with pytest.raises(CaseRefused) as refused:
        filed(world, ahead)
    assert refused.value.field == "on"


def test_evidence_that_may_carry_scripts_is_refused(world):
    case = filed(world)

    for content in (b"<html><script>alert(1)</script></html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b""):
        with pytest.raises(CaseRefused) as refused:
            investigating.add_files(
                case_id=case.pk, taken=[investigating.Taken(content, "a.html")], by=world.first, at=NOON
            )
        assert refused.value.field == "uploads"
    assert not case.files.exists()


def test_the_party_has_five_working_days_before_anything_is_decided(world):
    case = proposed(world)
    proposing.examine(case_id=case.pk, passes=True, words="通过", by=world.lawyer, at=NOON)
    told = proposing.notify(case_id=case.pk, words="拟处罚款", by=world.first, at=NOON)

    assert told.statement_due_on is None  # the days run from the service
    with pytest.raises(CaseRefused) as refused:
        proposing.submit(case_id=case.pk, words="当事人未陈述", by=world.first, at=LATER)
    assert "送达" in sentence(refused.value)
    serve_notice(world, case)
    told.refresh_from_db()
    assert told.statement_due_on == date(2026, 3, 9)
    assert Delivery.objects.filter(organisation=world.laboratory).exists()
    with pytest.raises(CaseRefused):
        proposing.submit(case_id=case.pk, words="", by=world.first, at=NOON + timedelta(days=7))
    proposing.state(case_id=case.pk, words="无异议", by=world.manager, at=NOON, final=True)
    assert proposing.submit(case_id=case.pk, words="无异议", by=world.first, at=NOON).stage == "deciding"


def test_a_fine_of_a_hundred_thousand_opens_the_hearing(world):
    facts = Facts(field="product", circumstances=frozenset({"obstructed"}))
    case = proposed(
        world, Sanction("CON-PQL57-BODY", Decimal(100000)),
        finding=FindingFacts("VIO-FALSE-REPORT", "三份", date(2026, 2, 1), facts),
    )  # fmt: skip
    proposing.examine(case_id=case.pk, passes=True, words="通过", by=world.lawyer, at=NOON)
    told = proposing.notify(case_id=case.pk, words="拟罚款十万元", by=world.first, at=NOON)
    assert told.hearing_offered

    proposing.state(case_id=case.pk, words="要求听证", by=world.manager, at=NOON, hearing=True)
    with pytest.raises(SamePerson):
        hearing.hear(
            case_id=case.pk, held_on=NOON.date(), chair="甲", words="x", at=NOON,
            by=make_member(Role.LEGAL_OFFICER, world.authority, user=world.first),
        )  # fmt: skip
    said = {"case_id": case.pk, "chair": "何法制", "words": "听取意见", "by": world.lawyer}
    with pytest.raises(CaseRefused):  # nobody was told of a hearing
        hearing.hear(held_on=NOON.date(), at=NOON, **said)
    soon = Sitting(NOON + timedelta(days=3), "第一会议室", "何法制", "刘记录")
    with pytest.raises(CaseRefused):  # seven working days before
        hearing.call(case_id=case.pk, sitting=soon, by=world.lawyer, at=NOON)
    hearing.call(case_id=case.pk, sitting=replace(soon, held_at=LATER), by=world.lawyer, at=NOON)

    with pytest.raises(CaseRefused):  # before the day that the party was told
        hearing.hear(held_on=NOON.date(), at=LATER, **said)
    assert hearing.hear(held_on=LATER.date(), at=LATER, **said).stage == "notified"


def test_an_unverified_consequence_is_applied_only_once_it_is_confirmed(world):
    finding = FindingFacts("VIO-NO-LICENCE", "未取得资质认定", date(2026, 2, 1))
    wanted = Sanction("CON-O163-34-FINE", Decimal(30000))
    with pytest.raises(CaseRefused):
        proposed(world, wanted, finding=finding)
    with pytest.raises(NotAllowed):
        confirming.confirm(entry=wanted.consequence, text_seen="官网文本", by=world.head, at=NOON)

    administrator = make_member(Role.SYSTEM_ADMINISTRATOR, world.authority)
    confirming.confirm(entry=wanted.consequence, text_seen="总局令第163号第三十四条", by=administrator, at=NOON)

    assert proposed(world, wanted, finding=finding).stage == "reviewing"


def test_what_another_department_decides_is_referred_not_imposed(world):
    finding = FindingFacts("VIO-FALSE-REPORT", "尾气", date(2026, 2, 1), Facts(field="vehicle_emission"))

    with pytest.raises(CaseRefused):
        proposed(world, Sanction("CON-AIR112-BODY", Decimal(200000)), finding=finding)


def test_two_officers_are_needed(world):
    case = filed(world)
    Case.objects.filter(pk=case.pk).update(second=None)

    with pytest.raises(CaseRefused):
        proposing.propose(case_id=case.pk, chosen={1: [FINE]}, words="终结", by=world.first, at=NOON)


def test_a_record_of_a_case_is_never_edited_or_deleted(world):
    event = filed(world).events.get()

    event.words = "改写"
    with pytest.raises(RecordClosed):
        event.save()
    with pytest.raises(RecordClosed):
        event.delete()
    assert event.computed() != event.digest


def test_days_of_testing_do_not_count(world):
    case = filed(world)
    investigating.pause(case_id=case.pk, cause="testing", words="委托检验", by=world.first, at=NOON)
    back = investigating.resume(case_id=case.pk, by=world.first, at=NOON + timedelta(days=9))

    assert back.due_on == date(2026, 6, 9)  # 90 days and nine more: the day of the filing never counted


def test_the_clock_is_extended_by_thirty_days_and_then_only_collectively(world):
    case = filed(world)

    assert investigating.extend(case_id=case.pk, words="案情复杂", by=world.head, at=NOON).due_on == date(2026, 6, 30)
    with pytest.raises(CaseRefused):
        investigating.extend(case_id=case.pk, words="继续", by=world.head, at=NOON, days=30)
    longer = investigating.extend(case_id=case.pk, words="集体讨论", by=world.head, at=NOON, days=30, collective=True)
    assert longer.due_on == date(2026, 7, 30)


def test_held_evidence_is_decided_about_within_seven_working_days(world):
    case = filed(world)
    held = investigating.hold(case_id=case.pk, items="原始记录12册", place="档案室", by=world.first, at=NOON)

    assert held.due_on == date(2026, 3, 11)
    with pytest.raises(CaseRefused):
        proposing.propose(case_id=case.pk, chosen={1: [FINE]}, words="终结", by=world.first, at=NOON)
    investigating.end_hold(hold_id=held.pk, outcome="退还", by=world.first, at=NOON)
    assert proposing.propose(case_id=case.pk, chosen={1: [FINE]}, words="终结", by=world.first, at=NOON)


def test_a_decision_that_a_court_annuls_is_taken_down_and_counts_no_more(world):
    case = decided(world)
    carrying_out.serve(case_id=case.pk, method="electronic", on=LATER.date(), words="送达", by=world.first, at=LATER)
    carrying_out.publish(case_id=case.pk, by=world.head, at=LATER)

    carrying_out.objected(
        case_id=case.pk, way="court", outcome="annulled", on=LATER.date(), words="事实不清", by=world.first, at=LATER
    )

    decision = Decision.objects.get(case=case)
    assert (decision.state, decision.hidden_at) == ("annulled", LATER)
    assert CreditEvent.objects.get(kind="false_report").withdrawn_at == LATER
    assert Entry.objects.filter(kind="case.annulled").exists()


def test_service_on_paper_needs_its_proof(world):
    case = decided(world)

    with pytest.raises(CaseRefused):
        carrying_out.serve(case_id=case.pk, method="post", on=LATER.date(), words="", by=world.first, at=LATER)


def test_a_low_fine_is_shown_for_three_months_and_a_higher_one_for_three_years(world):
    case = decided(world)
    assert carrying_out.shown_until(case, date(2026, 3, 12)) == date(2029, 3, 12)

    case.penalties.update(amount=30000)
    assert carrying_out.shown_until(case, date(2026, 11, 30)) == date(2027, 2, 28)


def test_a_case_at_investigation_is_not_decided(world):
    case = filed(world)

    with pytest.raises(IllegalMove):
        deciding.decide(case_id=case.pk, number="1", result="punished", words="x", by=world.head, at=NOON)
