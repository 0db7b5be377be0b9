"""Acceptance: all gaps told once, acceptance with the next clock, refusal with reasons, silence that accepts."""

from datetime import date

import pytest

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import Explanation, IssuedDocument, Step
from zhunsheng.admission.licensing.services import acceptance, clocks, documents
from zhunsheng.admission.licensing.services.acceptance import AcceptanceRefused, ToldGap
from zhunsheng.admission.licensing.tests.officers import MONDAY, day, filed, make_bureau
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.documents import files, identity, verifying
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.notices.models import Notice

pytestmark = pytest.mark.django_db
TWO = [ToldGap("sites.A", "场所证明已过期", "上传有效的场所证明"), ToldGap("people", "缺少授权签字人证明")]


def test_all_gaps_are_told_in_one_letter_and_the_clock_ends():
    bureau, application = make_bureau(), filed()

    acceptance.tell_gaps(application_id=application.pk, gaps=TWO, by=bureau.handler, at=day("2026-03-04"))

    application.refresh_from_db()
    assert application.stage == Stage.GAPS
    assert application.handler == bureau.handler
    assert list(application.gaps.values_list("words", flat=True)) == ["场所证明已过期", "缺少授权签字人证明"]
    run = application.clocks.get()
    assert (run.outcome, run.used_days) == ("told", 2)
    letter = IssuedDocument.objects.get()
    assert (letter.kind, letter.number) == ("gaps", "粤市监认补〔2026〕1号")
    assert letter.template.startswith("gaps.v1 ")
    documents.make_letters()
    assert Notice.objects.get().deliveries.get().organisation_id == application.organisation_id


def test_every_letter_carries_the_authoritys_signature_and_its_digest_is_sealed():
    """Signed with the keys that sign certificates; one byte changed, and it no longer verifies."""
    bureau, application = make_bureau(), filed()

    acceptance.tell_gaps(application_id=application.pk, gaps=TWO, by=bureau.handler, at=MONDAY)
    acceptance_letter = filed()
    acceptance.accept(application_id=acceptance_letter.pk, by=bureau.handler, at=MONDAY)
    documents.make_letters()

    for letter in IssuedDocument.objects.all():
        content = files.read_by_digest(str(letter.file_id))
        found = verifying.verify(content, identity.trust())
        assert (found.ok, found.problem) == (True, None)
        middle = len(content) // 2
        assert not verifying.verify(
            content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :], identity.trust()
        ).ok
        assert Entry.objects.filter(kind="licensing.letter", subject=letter.file_id).exists()


def test_a_second_letter_names_no_gap_that_the_first_did_not():
    bureau, application = make_bureau(), filed()
    acceptance.tell_gaps(application_id=application.pk, gaps=TWO, by=bureau.handler, at=MONDAY)
    application.refresh_from_db()
    application.stage = Stage.FILED
    application.save_without_historical_record()

    with pytest.raises(AcceptanceRefused):
        acceptance.tell_gaps(
            application_id=application.pk, gaps=[ToldGap("other", "缺少质量手册")], by=bureau.handler, at=MONDAY
        )

    acceptance.tell_gaps(application_id=application.pk, gaps=TWO[:1], by=bureau.handler, at=MONDAY)
    assert application.gaps.count() == 2
    assert [one.words for one in application.gaps.exclude(mended_at=None)] == ["缺少授权签字人证明"]


def test_what_the_first_letter_told_may_be_told_in_a_third_and_a_count_of_the_rule_is_no_new_gap():
    bureau, application = make_bureau(), filed()
    counted = ToldGap("lines", "3项能力未填方法", law="COMPLETE-METHOD 1.abc")
    letters = [[*TWO, counted], TWO[:1], [TWO[1], ToldGap("lines", "1项能力未填方法", law="COMPLETE-METHOD 1.abc")]]

    for gaps in letters:
        acceptance.tell_gaps(application_id=application.pk, gaps=gaps, by=bureau.handler, at=MONDAY)
        application.refresh_from_db()
        application.stage = Stage.FILED
        application.save_without_historical_record()

    assert IssuedDocument.objects.filter(kind="gaps").count() == 3
    assert set(application.gaps.filter(mended_at=None).values_list("words", flat=True)) == {
        "缺少授权签字人证明", "1项能力未填方法",
    }  # fmt: skip
    assert application.gaps.count() == 5


def test_a_letter_without_a_gap_is_refused():
    bureau, application = make_bureau(), filed()

    with pytest.raises(AcceptanceRefused):
        acceptance.tell_gaps(application_id=application.pk, gaps=[ToldGap("x", "  ")], by=bureau.handler, at=MONDAY)

    assert not IssuedDocument.objects.exists()


def test_acceptance_starts_the_clock_of_the_review_and_sends_its_letter():
    bureau, application = make_bureau(), filed()

    acceptance.accept(application_id=application.pk, by=bureau.handler, at=day("2026-03-04"))

    application.refresh_from_db()
    assert (application.stage, application.clock, application.due_on) == (Stage.ACCEPTED, "T2", date(2026, 4, 16))
    assert application.clocks.get(clock="T1").outcome == "met"
    assert IssuedDocument.objects.get().number == "粤市监认受〔2026〕1号"
    assert list(Step.objects.order_by("pk").values_list("action", flat=True)) == ["accept"]


def test_a_commitment_goes_on_to_the_decision_without_a_review():
    bureau, application = make_bureau(), filed(route="commitment")

    acceptance.accept(application_id=application.pk, by=bureau.handler, at=MONDAY)

    application.refresh_from_db()
    assert (application.stage, application.clock, application.due_on) == (Stage.REVIEWED, "T4C", MONDAY.date())
    assert set(application.lines.values_list("outcome", flat=True)) == {"granted"}
    step = Step.objects.get(action="decide_at_once")
    assert step.law.startswith("ROUTE-COMMITMENT ")


@pytest.mark.parametrize("stage", [s for s in Stage if s not in (Stage.FILED, Stage.GAPS)])
def test_at_no_other_stage_is_anything_accepted_or_not(stage):
    bureau = make_bureau()
    application = filed(stage=stage, decided_at=MONDAY, ended_at=MONDAY)

    for act in (acceptance.accept, lambda **given: acceptance.not_accept(reasons=["不属于本机关职权"], **given)):
        with pytest.raises(IllegalMove):
            act(application_id=application.pk, by=bureau.handler, at=MONDAY)

    assert not IssuedDocument.objects.exists()
    assert Step.objects.filter(action__startswith="refused.", inside=True).count() == 2


def test_a_legal_officer_and_another_city_accept_nothing():
    bureau, application = make_bureau(), filed()

    for person in (bureau.legal, bureau.city):
        with pytest.raises(NotAllowed):
            acceptance.accept(application_id=application.pk, by=person, at=MONDAY)

    application.refresh_from_db()
    assert application.stage == Stage.FILED


def test_what_is_not_accepted_is_told_with_reasons_and_every_clock_ends():
    bureau, application = make_bureau(), filed()

    acceptance.not_accept(
        application_id=application.pk, reasons=["申请事项不属于本机关职权范围"], by=bureau.handler, at=MONDAY
    )

    application.refresh_from_db()
    assert (application.stage, application.due_on, application.ended_at) == (Stage.NOT_ACCEPTED, None, MONDAY)
    assert application.clocks.get().outcome == "ended"
    assert IssuedDocument.objects.get().kind == "not_accepted"


@pytest.mark.parametrize(
    ("filed_on", "last_day", "after"),
    [("2026-02-12", "2026-02-26", "2026-02-27"), ("2026-09-28", "2026-10-10", "2026-10-11")],
)
def test_after_five_working_days_of_silence_an_application_is_accepted_as_of_its_receipt(filed_on, last_day, after):
    """Administrative Licensing Law, Art. 32(1)(4); around Spring Festival and National Day 2026."""
    make_bureau()
    application = filed(at=day(filed_on))

    assert acceptance.deem_accepted(at=day(last_day)) == 0
    assert acceptance.deem_accepted(at=day(after)) == 1
    assert acceptance.deem_accepted(at=day(after)) == 0

    application.refresh_from_db()
    assert application.stage == Stage.ACCEPTED
    assert application.accepted_at == application.filed_at
    assert application.clocks.get(clock="T2").started_on == date.fromisoformat(filed_on)
    assert application.clocks.get(clock="T1").outcome == "deemed"
    why = Explanation.objects.get()
    assert (why.about, why.rule, why.version[:2]) == ("deemed_accepted", "DECIDE-DEEMED-ACCEPTED", "1.")
    assert why.inputs == {"started_on": filed_on, "due_on": last_day}
    assert filed_on in why.words_zh
    assert filed_on in why.words_en
    assert IssuedDocument.objects.get().made_by is None


def test_told_gaps_are_no_silence():
    bureau, application = make_bureau(), filed()
    acceptance.tell_gaps(application_id=application.pk, gaps=TWO, by=bureau.handler, at=MONDAY)

    assert acceptance.deem_accepted(at=day("2026-06-01")) == 0


def test_where_holidays_are_not_announced_silence_accepts_nothing():
    make_bureau()
    filed(at=day("2031-12-30"))

    assert acceptance.deem_accepted(at=day("2032-03-01")) == 0
    assert clocks.reread_unannounced(at=day("2032-03-01")) == 0
