"""The workbench tells who has to act in a verification, and a body until when it may answer a notice."""

from datetime import date

import pytest

from zhunsheng.admission.licensing.lifecycle import Finding
from zhunsheng.admission.licensing.models import Verification
from zhunsheng.admission.licensing.services import verifications
from zhunsheng.admission.licensing.tests import test_hearings as steps
from zhunsheng.admission.licensing.tests.verified import World
from zhunsheng.web.home import licensing

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def task(world):
    application = world.decided(kind="first")
    return verifications.open_verification(application_id=application.pk, by=world.decider, at=steps.on("2026-09-01"))


def untrue(world, task):
    return verifications.record_finding(
        verification_id=task.pk, finding=Finding.UNTRUE, words="设备不存在", by=world.verifier,
        at=steps.on("2026-09-22"),
    )  # fmt: skip


def test_a_task_stands_on_the_workbench_of_who_verifies(client, world, task):
    client.force_login(world.verifier)

    assert 'hx-get="/home/verifying/"' in client.get("/home/").content.decode()
    page = client.get("/home/verifying/").content.decode()

    assert "今日待办：承诺核查" in page
    assert f"/licensing/verifications/{task.pk}/" in page
    client.force_login(world.legal)
    assert "今日待办：承诺核查" not in client.get("/home/verifying/").content.decode()


def test_a_task_after_its_day_is_counted_as_late(world, task):
    due = Verification.objects.get(pk=task.pk).due_on
    assert due is not None
    assert licensing.verifying(world.verifier, due).late == 0
    assert licensing.verifying(world.verifier, date(due.year + 1, due.month, 1)).late == 1


def test_the_cards_ask_one_query_each(world, task, django_assert_num_queries):
    untrue(world, task)
    steps.serve(world, steps.notify(world, task))
    for person in (world.manager, world.verifier):
        person.memberships_on(date(2026, 9, 29))
    with django_assert_num_queries(1):
        assert [row["due_on"] for row in licensing.notices(world.manager, date(2026, 9, 29))] == [date(2026, 10, 10)]
    with django_assert_num_queries(1):
        assert licensing.verifying(world.verifier, date(2026, 9, 29)) is None


def test_a_notice_that_was_answered_leaves_the_workbench_with_its_last_day(world, task):
    untrue(world, task)
    steps.serve(world, steps.notify(world, task))
    late = date(2026, 10, 12)
    assert [row["meaning"] for row in licensing.notices(world.manager, late)] == ["bad"]
    steps.state(world, task)
    assert licensing.notices(world.manager, late) == []


def test_a_body_reads_its_notice_on_the_workbench(client, world, task):
    untrue(world, task)
    steps.notify(world, task)
    client.force_login(world.manager)

    page = client.get("/home/").content.decode()

    assert "今日待办：陈述、申辩" in page
    assert f"/licensing/verifications/{task.pk}/" in page
