"""Every step of a verification waits for who may take it and for nobody else; the page tells how it was decided."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from zhunsheng.admission.licensing.lifecycle import Finding
from zhunsheng.admission.licensing.models import Verification
from zhunsheng.admission.licensing.selectors.duties import notices_waiting_for, tasks_waiting_for
from zhunsheng.admission.licensing.services import hearings, verifications
from zhunsheng.admission.licensing.tests import test_hearings as steps
from zhunsheng.admission.licensing.tests.verified import World
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies.tests.factories import make_certificate

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = date(2026, 9, 30)


@pytest.fixture
def world():
    made = World()
    make_certificate(made.body, "231912050001")
    return made


@pytest.fixture
def opened(world):
    application = world.decided(kind="first")
    return verifications.open_verification(application_id=application.pk, by=world.decider, at=steps.on("2026-09-01"))


@pytest.fixture
def task(world, opened):
    return verifications.record_finding(
        verification_id=opened.pk, finding=Finding.UNTRUE, words="设备不存在", by=world.verifier,
        at=steps.on("2026-09-22"),
    )  # fmt: skip


def asked(world, on=DAY):
    """Return by name which of the people have something to do."""
    people = ("verifier", "decider", "second", "legal", "manager")
    return {name for name in people if tasks_waiting_for(getattr(world, name), on).exists()}


def csv_of(client, **asked_for):
    """Return the list of tasks as a file."""
    answer = client.get(reverse("licensing:verifications"), {**asked_for, "export": "csv"})
    return b"".join(answer).decode("utf-8-sig")


def test_what_is_open_waits_for_who_verifies_and_did_not_decide(world, opened):
    assert asked(world) == {"verifier", "second"}
    elsewhere = make_member(Role.REVIEWER, make_organisation(division="440300"))
    assert not tasks_waiting_for(elsewhere, DAY).exists()


def test_a_finding_waits_for_who_decides_until_the_body_has_the_notice(world, task):
    assert asked(world) == {"decider", "second"}
    steps.notify(world, task)
    assert asked(world) == set(), "the term runs"


def test_a_hearing_that_is_over_waits_to_be_answered(world, task):
    steps.serve(world, steps.notify(world, task))
    assert asked(world) == set()
    steps.state(world, task, final=True)
    assert asked(world) == {"decider", "second"}


def test_the_end_of_the_term_is_as_good_as_the_bodys_last_word(world, task):
    steps.serve(world, steps.notify(world, task))
    hearings.tell_ended(at=steps.on("2026-10-12"))
    assert asked(world, date(2026, 10, 12)) == {"decider", "second"}


def test_what_was_heard_waits_for_the_legal_officer_then_for_who_decides(world, task):
    steps.serve(world, steps.notify(world, task))
    steps.state(world, task, final=True)
    steps.answer(world, task, "2026-09-30")
    assert asked(world) == {"legal"}

    steps.examine(world, task, "2026-09-30", lawful=False, words="证据不足")
    assert asked(world) == {"decider", "second"}, "sent back, or examined once more"
    steps.examine(world, task, "2026-09-30")
    assert asked(world) == {"decider", "second"}
    steps.confirm(world, task, "2026-09-30")
    assert asked(world) == set()


def test_a_notice_waits_for_the_bodys_manager_until_nothing_is_to_be_added(world, task):
    assert notices_waiting_for(world.manager, DAY) == []
    notice = steps.notify(world, task)
    steps.serve(world, notice)
    assert notices_waiting_for(world.manager, DAY) == [notice]
    assert notices_waiting_for(make_member(Role.BODY_CLERK, world.laboratory), DAY) == []
    assert notices_waiting_for(steps.outsider(), DAY) == []
    assert notices_waiting_for(world.second, DAY) == []

    steps.state(world, task)
    assert [one.stated for one in notices_waiting_for(world.manager, DAY)] == [True]
    steps.state(world, task, final=True)
    assert notices_waiting_for(world.manager, DAY) == []


def test_the_page_of_a_closed_task_tells_the_decision_and_to_officers_who_took_it(world, task, client):
    steps.serve(world, steps.notify(world, task))
    steps.state(world, task, final=True)
    steps.answer(world, task, "2026-09-30")
    steps.examine(world, task, "2026-09-30")
    steps.confirm(world, task, "2026-09-30")
    page = reverse("licensing:verification", args=[task.pk])
    told = ("粤市监撤〔2026〕9号", "承诺严重不实", "已撤销资质认定证书", "2026-09-30", "已办结")

    client.force_login(world.legal, BACKEND)
    shown = client.get(page).content.decode()
    decided = shown.partition('id="decided"')[2].partition("</section>")[0]
    assert [words for words in told if words not in shown] == []
    assert str(world.second) in decided
    assert reverse("licensing:file", args=["A-1"]) in shown

    client.force_login(world.manager, BACKEND)
    shown = client.get(page).content.decode()
    assert [words for words in told if words not in shown] == []
    assert str(world.second) not in shown.partition('id="decided"')[2].partition("</section>")[0]
    assert reverse("licensing:file", args=["A-1"]) not in shown


def test_before_the_notice_a_body_reads_that_the_task_is_to_be_verified(world, task, client):
    page = reverse("licensing:verification", args=[task.pk])
    client.force_login(world.manager, BACKEND)
    exported = csv_of(client)
    assert "待核查" in client.get(page).content.decode()
    assert "待决定" not in client.get(page).content.decode()
    assert "待核查" in exported
    assert "待决定" not in exported
    assert "A-1" in csv_of(client, stage="open")
    assert "A-1" not in csv_of(client, stage="revoking")

    client.force_login(world.second, BACKEND)
    assert "待决定" in client.get(page).content.decode()
    assert "A-1" in csv_of(client, stage="revoking")


def test_the_list_offers_a_body_the_stages_that_its_rows_can_tell(world, task, client):
    Verification.objects.filter(pk=task.pk).update(due_on=date(2020, 1, 2))
    page = reverse("licensing:verifications")
    client.force_login(world.manager, BACKEND)
    shown = client.get(page).content.decode()
    assert '<option value="open">待核查' in shown
    assert '<option value="revoking">' not in shown
    assert "已超期" in shown, "a task that reads as to be verified is as late as any other"

    client.force_login(world.second, BACKEND)
    shown = client.get(page).content.decode()
    assert '<option value="revoking">待决定' in shown
    assert "已超期" not in shown


def test_the_list_tells_between_which_days_it_is_due_while_holidays_are_not_announced(world, client):
    """Three months from 1 November 2026 end on 1 February 2027, of whose year nobody has announced the holidays."""
    application = world.decided(kind="first", number="A-7")
    type(application).objects.filter(pk=application.pk).update(decided_at=steps.on("2026-11-01"))
    verifications.open_verification(application_id=application.pk, by=world.decider, at=steps.on("2026-11-01"))
    client.force_login(world.verifier, BACKEND)

    shown = client.get(reverse("licensing:verifications")).content.decode()

    assert "2027 年节假日未公布" in shown


def test_an_english_list_names_the_applicant_in_english_where_it_gave_a_name(world, opened, client):
    application = opened.application
    type(application).objects.filter(pk=application.pk).update(applicant_name_en="Pearl River Testing")
    client.force_login(world.verifier, BACKEND)
    with translation.override("en"):
        shown = client.get(reverse("licensing:verifications"), headers={"Accept-Language": "en"}).content.decode()
    assert "Pearl River Testing" in shown


def test_a_stranger_to_the_house_has_no_duties(task):
    assert not tasks_waiting_for(make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY)), DAY).exists()
