"""Who tries what is not theirs is refused, and the attempt stands where an auditor reads it."""

import pytest
from django.urls import reverse

from zhunsheng.admission.certificates.models import Measure
from zhunsheng.admission.licensing.lifecycle import Finding
from zhunsheng.admission.licensing.models import Application, Attachment, Step, Verification
from zhunsheng.admission.licensing.services import attachments, filing, verifications
from zhunsheng.admission.licensing.tests.applicants import NOON, begin, complete, make_applicant, pick
from zhunsheng.admission.licensing.tests.verified import World
from zhunsheng.platform.accounts.models import AccessRecord, Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.platform.documents.errors import FileRefused

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
ADDRESSES = ("", "what/", "files/", "route/", "to-sign/", "withdraw/")


@pytest.fixture
def applicant():
    return make_applicant(lines=1)


def read_by_an_auditor(client, application):
    """Return an application's page as an auditor of the province reads it."""
    auditor = make_member(Role.AUDITOR, make_organisation(division="440000"))
    client.force_login(auditor, BACKEND)
    return client.get(reverse("licensing:file", args=[application.number])).content.decode()


def test_a_visitor_is_led_to_the_sign_in_and_changes_nothing(applicant, client):
    made = begin(applicant)

    for part in ADDRESSES:
        for answer in (client.get(f"/licensing/applications/{made.number}/{part}"),
                       client.post(f"/licensing/applications/{made.number}/{part}")):  # fmt: skip
            assert answer.status_code in (302, 405)
            assert "/licensing/" not in answer.get("Location", "").partition("?")[0]
    assert Application.objects.get().stage == "draft"


def test_another_body_finds_no_application_and_what_it_sends_is_kept(applicant, client):
    filed = complete(applicant)
    filing.file_application(application_id=filed.pk, by=applicant.manager, at=NOON)
    other = make_applicant(number="231912050002")
    client.force_login(other.manager, BACKEND)

    for part in ADDRESSES:
        assert client.get(f"/licensing/applications/{filed.number}/{part}").status_code in (404, 405)
    for part in ("withdraw/", "files/", "what/"):
        assert client.post(f"/licensing/applications/{filed.number}/{part}", {"why": "x"}).status_code == 404

    assert Application.objects.get(pk=filed.pk).stage == "filed"
    assert Step.objects.filter(application=filed, action="refused.edit", by=other.manager, inside=True).count() == 3
    assert str(other.manager) in read_by_an_auditor(client, filed)


def test_a_program_that_calls_itself_a_certificate_is_refused(applicant):
    made = begin(applicant)

    with pytest.raises(FileRefused):
        attachments.attach(
            application_id=made.pk, material="equipment", content=b"MZ" + bytes(200), name="校准证书.pdf",
            by=applicant.clerk, at=NOON, media_type="application/pdf",
        )  # fmt: skip
    assert not Attachment.objects.exists()


def test_a_file_that_another_body_handed_in_is_shown_to_the_officer(applicant, client):
    first, other = complete(applicant), make_applicant(number="231912050002")
    second = complete(other)
    for one, who in ((first, applicant), (second, other)):
        filing.file_application(application_id=one.pk, by=who.manager, at=NOON)
    officer = make_member(Role.REVIEWER, make_organisation(division="440000"))
    client.force_login(officer, BACKEND)

    page = client.get(reverse("licensing:file", args=[second.number])).content.decode()

    assert "同一文件" in page or "相同文件" in page
    assert first.number in page


def test_sending_twice_is_one_application_and_the_same_lines_again_are_refused(applicant):
    first = complete(applicant)
    filing.file_application(application_id=first.pk, by=applicant.manager, at=NOON)
    filing.file_application(application_id=first.pk, by=applicant.manager, at=NOON)
    assert Step.objects.filter(application=first, action="file").count() == 1

    second = complete(applicant)
    assert second.pk != first.pk
    with pytest.raises(filing.AlreadyApplied):
        filing.file_application(application_id=second.pk, by=applicant.manager, at=NOON)
    assert Step.objects.filter(application=second, action="refused.file", inside=True).exists()


def test_a_filed_application_takes_no_more_lines_and_the_attempt_is_read_by_an_auditor(applicant, client):
    made = complete(applicant)
    filing.file_application(application_id=made.pk, by=applicant.manager, at=NOON)
    lines = made.lines.count()

    with pytest.raises(Exception, match="what was filed isn"):
        pick(applicant, made, 2)

    assert made.lines.count() == lines
    assert "refused" not in read_by_an_auditor(client, made)  # in words, not in codes
    assert Step.objects.filter(application=made, action="refused.edit").exists()


@pytest.mark.parametrize("kind", ["suspend", "revoke"])
def test_a_body_or_a_city_officer_that_sends_a_measure_is_refused_and_kept(applicant, client, kind):
    address = reverse("certificates:measure", args=[applicant.certificate.number, kind])
    city = make_member(Role.CITY_OFFICER, make_organisation(division="440100"))

    for who in (applicant.manager, city):
        client.force_login(who, BACKEND)
        assert client.post(address, {"decision_no": "假1", "why": "x"}).status_code == 403

    assert not Measure.objects.exists()
    kept = AccessRecord.objects.filter(subject_kind="refused", subject_name=address)
    assert set(kept.values_list("user_id", flat=True)) == {applicant.manager.pk, city.pk}


def test_who_may_not_verify_or_decide_is_refused_and_stands_in_the_applications_log(client):
    world = World()
    application = world.decided(kind="first")
    task = verifications.open_verification(application_id=application.pk, by=world.decider, at=NOON)
    stranger = make_member(Role.PROVINCE_OFFICER, make_organisation(division="450000"))
    told = {"finding": Finding.UNTRUE, "words": "x"}
    for who, status in ((stranger, 404), (world.manager, 403), (world.decider, 403)):
        client.force_login(who, BACKEND)
        sent = client.post(reverse("licensing:verification-act", args=[task.pk, "find"]), told)
        assert sent.status_code == status

    assert Verification.objects.get().finding == Finding.PENDING
    kept = Step.objects.filter(action="refused.verification.find", inside=True)
    assert set(kept.values_list("by", flat=True)) == {stranger.pk, world.manager.pk, world.decider.pk}


def test_a_decision_without_a_hearing_stands_in_the_log_as_refused(client):
    world = World()
    task = verifications.open_verification(application_id=world.decided(kind="first").pk, by=world.decider, at=NOON)
    verifications.record_finding(
        verification_id=task.pk, finding=Finding.UNTRUE, words="不存在", by=world.verifier, at=NOON
    )
    client.force_login(world.second, BACKEND)

    given = {"decision_no": "撤2", "on": "2026-04-11", "words": "承诺严重不实"}
    answer = client.post(reverse("licensing:verification-act", args=[task.pk, "confirm"]), given)

    assert answer.status_code == 422
    assert "尚未听取机构的陈述、申辩" in answer.content.decode()
    assert Step.objects.filter(action="refused.verification.revoke", by=world.second).exists()
