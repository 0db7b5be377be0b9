"""The pages of verification: who sees a task, and what may be entered."""

import pytest
from django.urls import reverse

from zhunsheng.admission.licensing.lifecycle import Finding
from zhunsheng.admission.licensing.models import Verification
from zhunsheng.admission.licensing.services import verifications
from zhunsheng.admission.licensing.tests.verified import World
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def task(world):
    return verifications.open_verification(application_id=world.decided().pk, by=world.decider, at=NOON)


def test_an_officer_enters_a_finding_and_the_body_reads_it(client, world, task):
    page = reverse("licensing:verification", args=[task.pk])
    client.force_login(world.verifier, BACKEND)
    assert "VERIFY-COMMITMENT" in client.get(page).content.decode()

    given = {"finding": "basically_true", "words": "现场核查：记录不完整"}
    assert client.post(reverse("licensing:verification-act", args=[task.pk, "find"]), given).status_code == 302

    client.force_login(make_member(Role.BODY_CLERK, world.laboratory), BACKEND)
    shown = client.get(page).content.decode()
    assert "现场核查：记录不完整" in shown
    assert reverse("licensing:verification-act", args=[task.pk, "accept"]) not in shown


def test_who_decided_is_told_why_the_finding_is_refused(client, world, task):
    client.force_login(world.decider, BACKEND)

    answer = client.post(
        reverse("licensing:verification-act", args=[task.pk, "find"]), {"finding": "true", "words": "是"}
    )

    assert answer.status_code == 403
    assert "前一环节的经办人不得办理本环节" in answer.content.decode()
    assert Verification.objects.get().finding == Finding.PENDING


def test_a_task_out_of_sight_is_not_found(client, task):
    for person in (
        make_member(Role.BODY_CLERK, make_organisation(Kind.BODY, division="440300")),
        make_member(Role.REVIEWER, make_organisation(division="440300")),
    ):
        client.force_login(person, BACKEND)
        assert client.get(reverse("licensing:verification", args=[task.pk])).status_code == 404
    client.logout()
    assert client.get(reverse("licensing:verifications")).status_code == 302


def test_the_list_takes_as_many_queries_for_thirty_tasks_as_for_one(client, world, task, django_assert_max_num_queries):
    for number in range(30):
        made = world.decided(number=f"B-{number}")
        verifications.open_verification(application_id=made.pk, by=world.decider, at=NOON)
    client.force_login(world.verifier, BACKEND)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("licensing:verifications")).content.decode()

    assert "B-29" in page
    for query in ("stage=open", "finding=pending&route=commitment", "q=B-3", "due_on_min=2026-01-01", "export=csv"):
        assert client.get(f"{reverse('licensing:verifications')}?{query}").status_code == 200, query


def test_the_list_speaks_to_who_verifies_and_to_who_is_verified(client, world, task):
    client.force_login(world.verifier, BACKEND)
    verifier = client.get(reverse("licensing:verifications")).content.decode()
    client.force_login(make_member(Role.BODY_CLERK, task.application.organisation), BACKEND)
    body = client.get(reverse("licensing:verifications")).content.decode()

    assert "打开任务填写核查情况" in verifier
    assert "打开任务填写核查情况" not in body
    assert "打开任务查看进展" in body


def test_the_page_of_the_application_leads_to_its_verification(client, world, task):
    client.force_login(world.second, BACKEND)

    page = client.get(reverse("licensing:file", args=[task.application.number])).content.decode()

    assert reverse("licensing:verification", args=[task.pk]) in page
