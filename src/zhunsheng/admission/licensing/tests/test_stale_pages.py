"""Steps from pages that are out of date: refused with the reason in view, and kept in the file's log."""

import pytest

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.services import acceptance
from zhunsheng.admission.licensing.tests.officers import MONDAY, filed, make_bureau

pytestmark = pytest.mark.django_db


def test_a_step_from_a_stale_page_says_why_it_is_refused_and_is_on_record(client):
    bureau, application = make_bureau(), filed()
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=MONDAY)
    client.force_login(bureau.handler)

    answer = client.post(f"/licensing/files/{application.number}/do/accept/")

    assert answer.status_code == 422
    assert "该事项已进入其他阶段" in answer.content.decode()
    kept = application.steps.get(action="refused.accept")
    assert kept.words == "该事项已进入其他阶段，不能再执行此操作。（illegal-move）"


def test_whoever_sends_a_change_of_what_was_filed_is_told_why_and_the_log_keeps_it(client):
    application = filed()
    client.force_login(application.started_by)
    address = f"/licensing/applications/{application.number}/"

    answer = client.post(f"{address}what/", {"contact": "换人"}, follow=True)

    assert "已提交的内容不能再修改" in answer.content.decode()
    assert application.steps.filter(action="refused.edit").count() == 1


def test_a_decided_application_is_not_withdrawn_and_the_page_says_why(client):
    application = filed()
    Application.objects.filter(pk=application.pk).update(stage=Stage.GRANTED, decided_at=MONDAY, ended_at=MONDAY)
    client.force_login(application.started_by)

    answer = client.post(f"/licensing/applications/{application.number}/withdraw/", {"why": "x"})

    assert answer.status_code == 422
    assert "该事项已进入其他阶段" in answer.content.decode()
