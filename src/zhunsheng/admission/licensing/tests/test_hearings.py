"""Nobody's commitment is decided to be untrue before the body was told, could state its case, and was answered."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import Finding
from zhunsheng.admission.licensing.models import (
    Application,
    Attachment,
    Hearing,
    HearingFile,
    HearingStatement,
    IssuedDocument,
    Step,
    Verification,
)
from zhunsheng.admission.licensing.selectors import hearings as reads
from zhunsheng.admission.licensing.services import documents, hearings, revoking, verifications
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused
from zhunsheng.admission.licensing.tests.verified import World
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import AccessRecord, Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.platform.notices.models import Notice
from zhunsheng.registry.bodies.selectors import body_as_of, certificate_in_force
from zhunsheng.registry.bodies.tests.factories import make_certificate
from zhunsheng.registry.credit.models import CreditEvent

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PDF = b"%PDF-1.7\nproof\n"


def on(day):
    """Return ten in the morning of a day in China."""
    return datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def world():
    made = World()
    make_certificate(made.body, "231912050001")
    return made


@pytest.fixture
def task(world):
    """A first grant by commitment, found untrue on 22 September 2026, the Tuesday before National Day's week."""
    made = verifications.open_verification(
        application_id=world.decided(kind="first").pk, by=world.decider, at=on("2026-09-01")
    )
    return verifications.record_finding(
        verification_id=made.pk, finding=Finding.UNTRUE, words="设备不存在", by=world.verifier, at=on("2026-09-22")
    )


def notify(world, task, day="2026-09-24", by=None):
    return hearings.notify_untrue(
        verification_id=task.pk, reasons="现场没有所承诺的设备", by=by or world.second, at=on(day)
    )


def serve(world, hearing, day="2026-09-28"):
    """Let the letter be made and be opened by the body, which serves it."""
    documents.make_letter(hearing.notice_id)
    IssuedDocument.objects.filter(pk=hearing.notice_id).update(made_at=on(day))
    documents.open_document(document_id=hearing.notice_id, by=world.manager, at=on(day))


def outsider():
    """Return the manager of another house."""
    return make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY, division="440300"))


def state(world, task, day="2026-09-29", **told):
    given = {"words": "设备在检定，附检定证书", "by": world.manager} | told
    return hearings.state(verification_id=task.pk, at=on(day), **given)


def answer(world, task, day, by=None):
    return hearings.answer_statement(
        verification_id=task.pk, words="检定证书与设备编号不符，意见不予采纳", by=by or world.second, at=on(day)
    )


def examine(world, task, day, by=None, **changed):
    given = {"lawful": True, "words": "事实清楚，程序合法", "by": by or world.legal} | changed
    return hearings.examine_untrue(verification_id=task.pk, at=on(day), **given)


def confirm(world, task, day, by=None):
    return revoking.confirm_untrue(
        verification_id=task.pk, decision_no="粤市监撤〔2026〕9号", on=date.fromisoformat(day), words="承诺严重不实",
        by=by or world.second, at=on(day),
    )  # fmt: skip


def test_untrue_is_not_confirmed_before_the_body_was_heard(world, task):
    for _step in ("no notice", "notice", "statement", "answer"):
        with pytest.raises(hearings.NotHeard) as refused:
            confirm(world, task, "2026-10-20")
        assert refused.value.remedy
        if _step == "no notice":
            notify(world, task)
        elif _step == "notice":
            state(world, task, final=True)
        elif _step == "statement":
            answer(world, task, "2026-10-13")

    assert not CreditEvent.objects.exists()
    assert certificate_in_force(body_as_of(world.body, date(2026, 10, 21))) is not None


def test_the_term_runs_from_the_service_over_national_day_and_not_from_the_notice(world, task):
    hearing = notify(world, task, "2026-09-24")
    assert reads.reading_of(hearing, date(2026, 9, 25)) is None  # not served yet

    serve(world, hearing, "2026-09-28")

    hearing = Hearing.objects.get()
    # 29, 30 September; holidays from 1 to 7 October; 8, 9 October and the worked Saturday 10 October
    assert reads.reading_of(hearing, date(2026, 9, 28)).due_on == date(2026, 10, 10)
    with pytest.raises(hearings.NotHeard):
        answer(world, task, "2026-10-10")  # the last day is the body's
    assert answer(world, task, "2026-10-12").answered_by == world.second
    examine(world, task, "2026-10-12")
    assert confirm(world, task, "2026-10-12").stage == "closed"


def test_the_number_of_days_is_law_as_data_that_nobody_has_compared_yet():
    entry = law_book.clock("T9", date(2026, 9, 24))

    assert (entry.values["limit"], entry.values["unit"], entry.verified) == (5, "workdays", False)
    assert "第七条" in entry.basis[0].article


def test_who_has_nothing_to_add_need_not_wait_for_the_end_of_the_term(world, task):
    hearing = notify(world, task)
    serve(world, hearing)
    state(world, task, words="", final=True)

    answer(world, task, "2026-09-29")

    assert Verification.objects.get().stage == "heard"


def test_the_notice_tells_facts_measure_and_term_and_its_number_stands_in_the_log(world, task):
    hearing = notify(world, task)

    content = hearing.notice.content
    assert content["facts"] == ["设备不存在", "现场没有所承诺的设备"]
    assert (content["measure"], content["days"]) == ("撤销资质认定证书", 5)
    assert hearing.notice.number.startswith("粤市监认告〔2026〕")
    step = Step.objects.get(action="verification.notify")
    assert (step.words, step.inside) == (hearing.notice.number, False)
    serve(world, hearing)  # the template fills


def test_the_body_adds_to_its_statement_with_files_until_it_is_answered(world, task):
    hearing = notify(world, task)
    serve(world, hearing)
    state(world, task, evidence=[(PDF, "检定证书.pdf"), (PDF, "again.pdf")])
    state(world, task, "2026-10-09", words="补充：设备照片", evidence=[(PDF + b"2", "照片.pdf")])

    kept = [(one.words, one.late, one.files.count()) for one in HearingStatement.objects.order_by("pk")]
    assert kept == [("设备在检定，附检定证书", False, 1), ("补充：设备照片", False, 1)]
    answer(world, task, "2026-10-12")
    with pytest.raises(IllegalMove):
        state(world, task, "2026-10-12")
    assert Step.objects.filter(action="refused.verification.state", by=world.manager).exists()


def test_a_statement_after_the_term_is_taken_and_marked_while_nobody_has_answered(world, task):
    hearing = notify(world, task)
    serve(world, hearing)

    assert state(world, task, "2026-10-13").late


def test_office_and_body_are_told_at_each_step(world, task):
    hearing = notify(world, task)
    serve(world, hearing)
    state(world, task)
    answered = hearings.tell_ended(at=on("2026-10-10")), hearings.tell_ended(at=on("2026-10-12"))
    again = hearings.tell_ended(at=on("2026-10-13"))
    answer(world, task, "2026-10-13")
    examine(world, task, "2026-10-13")
    confirm(world, task, "2026-10-13")

    assert (answered, again) == ((0, 1), 0)
    told = list(Notice.objects.filter(kind="licensing.hearing").order_by("pk").values_list("body", flat=True))
    assert told == [
        "机构已提出陈述、申辩，请予答复。",
        "陈述、申辩期限已届满。",
        "行政机关已答复你机构的陈述、申辩。",
        "已听取机构的陈述、申辩并作出答复，请予法制审核。",
        "法制审核已通过，请作出决定。",
        "已决定认定为不实： 粤市监撤〔2026〕9号",
    ]


def test_what_the_legal_check_does_not_pass_is_not_decided(world, task):
    serve(world, notify(world, task))
    state(world, task, final=True)
    answer(world, task, "2026-09-30")

    examine(world, task, "2026-09-30", lawful=False, words="证据不足")

    with pytest.raises(hearings.NotHeard):
        confirm(world, task, "2026-09-30")
    assert Step.objects.get(action="verification.object").inside
    examine(world, task, "2026-10-09", words="已补充证据")
    assert confirm(world, task, "2026-10-09").stage == "closed"


def test_who_verified_told_or_decides_does_not_examine(world, task):
    serve(world, notify(world, task))
    state(world, task, final=True)
    answer(world, task, "2026-09-30")
    for other in (world.second, world.verifier, world.manager):
        with pytest.raises(NotAllowed):
            examine(world, task, "2026-09-30", by=other)
    both = make_member(Role.LEGAL_OFFICER, world.bureau)
    make_member(Role.PROVINCE_OFFICER, world.bureau, user=both)
    Hearing.objects.update(answered_by=both)
    with pytest.raises(SamePerson):
        examine(world, task, "2026-09-30", by=both)
    Hearing.objects.update(answered_by=world.second)
    examine(world, task, "2026-09-30", by=both)
    with pytest.raises(SamePerson):
        confirm(world, task, "2026-09-30", by=both)


def test_a_statement_sent_twice_is_one(world, task):
    serve(world, notify(world, task))
    first = state(world, task, evidence=[(PDF, "检定证书.pdf")])

    assert state(world, task, evidence=[(PDF, "检定证书.pdf")]) == first
    assert state(world, task, evidence=[(PDF + b"2", "检定证书.pdf")]) != first
    assert state(world, task, words="另附说明") != first
    assert HearingStatement.objects.count() == 3


def test_a_file_that_another_applicant_handed_in_is_pointed_out(world, task, client):
    serve(world, notify(world, task))
    state(world, task, evidence=[(PDF, "检定证书.pdf")])
    other = make_organisation(Kind.BODY, division="440100")
    application = world.decided(number="A-2")
    Application.objects.filter(pk=application.pk).update(organisation=other)
    with recorded(None, "test data"):
        Attachment.objects.create(
            application=application, material="MAT-1", file=HearingFile.objects.get().file, name="1.pdf",
            added_by=world.second, added_at=on("2026-01-05"),
        )  # fmt: skip
    page = reverse("licensing:verification", args=[task.pk])

    client.force_login(world.second, BACKEND)
    shown = client.get(page).content.decode()
    assert "其他机构的 1 份申请中有相同文件" in shown
    assert "A-2" in shown
    client.force_login(world.manager, BACKEND)
    assert "A-2" not in client.get(page).content.decode()


def test_a_body_learns_that_something_is_held_against_it_by_the_notice(world, task, client):
    Verification.objects.filter(pk=task.pk).update(due_on=timezone.localdate() + timedelta(days=30))
    client.force_login(world.manager, BACKEND)
    page, tasks = reverse("licensing:verification", args=[task.pk]), reverse("licensing:verifications")
    for address in (page, tasks, f"{tasks}?finding=untrue"):
        shown = client.get(address).content.decode()
        assert "设备不存在" not in shown
        assert '<span class="zs-badge zs-bad">' not in shown
    assert "A-1" not in client.get(tasks, {"finding": "untrue", "_export": "csv"}).content.decode()

    notify(world, task, date.today().isoformat())

    assert "设备不存在" in client.get(page).content.decode()


@pytest.mark.parametrize("role", [Role.LEGAL_OFFICER, Role.AUDITOR])
def test_who_reads_for_an_office_sees_who_said_what(world, task, client, role):
    serve(world, notify(world, task))
    state(world, task, final=True)
    client.force_login(make_member(role, world.bureau), BACKEND)

    shown = client.get(reverse("licensing:verification", args=[task.pk])).content.decode()

    assert str(world.manager) in shown


def test_a_finding_sent_back_after_the_statement_is_heard_anew_when_it_is_found_again(world, task):
    hearing = notify(world, task)
    serve(world, hearing)
    state(world, task, final=True)
    verifications.return_finding(verification_id=task.pk, words="证据成立", by=world.second, at=on("2026-09-30"))
    task = verifications.record_finding(
        verification_id=task.pk, finding=Finding.UNTRUE, words="再次核查仍不存在", by=world.verifier,
        at=on("2026-10-15"),
    )  # fmt: skip

    with pytest.raises(hearings.NotHeard):
        confirm(world, task, "2026-10-16")
    notify(world, task, "2026-10-16")
    with pytest.raises(hearings.NotHeard):  # the first statement does not stand for the second
        answer(world, task, "2026-10-16")


def test_who_verified_neither_notifies_nor_answers_and_only_the_bodys_manager_states(world, task):
    with pytest.raises(NotAllowed):
        notify(world, task, by=world.verifier)
    Verification.objects.filter(pk=task.pk).update(found_by=world.second)
    with pytest.raises(SamePerson):
        notify(world, task)
    Verification.objects.filter(pk=task.pk).update(found_by=world.verifier)
    notify(world, task)
    for stranger in (world.second, outsider(), make_member(Role.BODY_CLERK, world.laboratory)):
        with pytest.raises(NotAllowed):
            state(world, task, by=stranger)
    assert Step.objects.filter(action="refused.verification.state").count() == 3


@pytest.mark.parametrize(
    ("told", "field"),
    [({"words": " "}, "words"), ({"evidence": [(b"just text", "a.txt")]}, "evidence"),
     ({"evidence": [(PDF, "a.pdf")] * 11}, "evidence")],
)  # fmt: skip
def test_a_statement_that_says_nothing_or_brings_what_nobody_can_open_is_refused(world, task, told, field):
    notify(world, task)

    with pytest.raises(ApplicationRefused) as refused:
        state(world, task, **told)
    assert refused.value.field == field


def test_on_the_page_the_body_states_the_officer_answers_and_a_stranger_sees_nothing(world, task, client):
    hearing = notify(world, task, date.today().isoformat())
    documents.make_letter(hearing.notice_id)
    page = reverse("licensing:verification", args=[task.pk])
    client.force_login(world.manager, BACKEND)
    shown = client.get(page).content.decode()
    assert "现场没有所承诺的设备" in shown
    assert reverse("licensing:verification-act", args=[task.pk, "answer"]) not in shown
    file = SimpleUploadedFile("检定证书.pdf", PDF, content_type="application/pdf")
    given = {"words": "附检定证书", "final": "on", "evidence": [file]}
    assert client.post(reverse("licensing:verification-act", args=[task.pk, "state"]), given).status_code == 302

    client.force_login(world.second, BACKEND)
    shown = client.get(page).content.decode()
    assert "附检定证书" in shown
    kept = HearingStatement.objects.get().files.get()
    fetched = client.get(reverse("licensing:verification-evidence", args=[task.pk, kept.pk]))
    assert b"".join(fetched.streaming_content) == PDF
    assert AccessRecord.objects.filter(user_id=world.second.pk).exists()
    answered = client.post(reverse("licensing:verification-act", args=[task.pk, "answer"]), {"words": "不予采纳"})
    assert answered.status_code == 302
    assert Verification.objects.get().stage == "heard"

    client.force_login(outsider(), BACKEND)
    assert client.get(page).status_code == 404
    assert client.get(reverse("licensing:verification-evidence", args=[task.pk, kept.pk])).status_code == 404


def test_the_officer_is_offered_no_answer_while_the_term_runs(world, task, client):
    hearing = notify(world, task, (date.today() - timedelta(days=1)).isoformat())
    documents.make_letter(hearing.notice_id)
    client.force_login(world.second, BACKEND)

    shown = client.get(reverse("licensing:verification", args=[task.pk])).content.decode()

    assert reverse("licensing:verification-act", args=[task.pk, "answer"]) not in shown
    assert "陈述、申辩期限未届满" in shown
