"""Letters are written with the act and made afterwards: nothing is locked while they are signed, nothing is lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from zhunsheng.admission.licensing.models import IssuedDocument, Step
from zhunsheng.admission.licensing.services import acceptance, documents
from zhunsheng.admission.licensing.tests.officers import MONDAY, filed, make_bureau
from zhunsheng.platform.accounts.models import Organisation
from zhunsheng.platform.documents import files, signatures
from zhunsheng.platform.jobs import duties
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.notices.models import Notice

LETTERS = Entry.objects.filter(kind="licensing.letter")


@pytest.fixture
def accepted(db):
    bureau, application = make_bureau(), filed()
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=MONDAY)
    application.refresh_from_db()
    application.bureau = bureau
    return application


def sealed_and_told():
    return LETTERS.count(), Notice.objects.count(), Step.objects.filter(action="issue_document").count()


def test_a_letter_has_its_number_and_day_with_the_act_and_its_pdf_afterwards(accepted):
    letter = IssuedDocument.objects.get()
    assert (letter.number, letter.made_at, letter.file_id) == ("粤市监认受〔2026〕1号", MONDAY, None)
    assert sealed_and_told() == (0, 0, 0)

    assert documents.make_letters() == 1

    letter.refresh_from_db()
    assert files.read_by_digest(str(letter.file_id)).startswith(b"%PDF")
    assert letter.content == {}
    assert sealed_and_told() == (1, 1, 1)
    assert LETTERS.get().subject == letter.file_id


@pytest.mark.django_db
@pytest.mark.parametrize(("stated", "court"), [("", "有管辖权的人民法院"), ("广州铁路运输法院", "广州铁路运输法院")])
def test_a_letter_that_refuses_names_the_government_and_the_court_to_turn_to(stated, court):
    """Administrative Reconsideration Law (2023), Art. 24: the government of the same level decides."""
    bureau, application = make_bureau(), filed()
    Organisation.objects.filter(pk=bureau.authority.pk).update(court=stated, phone="020-12315")

    acceptance.not_accept(application_id=application.pk, reasons=["不属于本机关职权范围"], by=bureau.handler, at=MONDAY)

    told = IssuedDocument.objects.get().content
    (remedies,) = told["remedies"]
    assert f"向{bureau.authority.division.name}人民政府申请行政复议" in remedies
    assert f"依法向{court}提起行政诉讼" in remedies
    assert told["contact"] == "联系电话：020-12315。"


def test_a_letter_is_made_once_however_often_the_worker_comes(accepted):
    documents.make_letters()

    assert documents.make_letters() == 0
    assert documents.make_letter(IssuedDocument.objects.get().pk) is False
    assert sealed_and_told() == (1, 1, 1)


def test_two_workers_that_make_the_same_letter_keep_one(accepted, monkeypatch):
    letter, sign = IssuedDocument.objects.get(), signatures.sign

    def slowly(content, **given):
        monkeypatch.setattr(signatures, "sign", sign)
        assert documents.make_letter(letter.pk)  # the other one is faster
        return sign(content, **given)

    monkeypatch.setattr(signatures, "sign", slowly)

    assert documents.make_letter(letter.pk) is False
    assert sealed_and_told() == (1, 1, 1)


def test_a_signature_that_fails_leaves_the_letter_waiting_and_the_next_turn_makes_it(accepted, monkeypatch):
    def fails(*_args, **_given):
        raise signatures.NotStamped("The time-stamping authority gave no answer.")

    with monkeypatch.context() as patched:
        patched.setattr(signatures, "sign", fails)
        assert documents.make_letters() == 0
    letter = IssuedDocument.objects.get()
    assert letter.file_id is None
    assert letter.content["number"] == letter.number
    assert sealed_and_told() == (0, 0, 0)

    assert documents.make_letters() == 1
    assert sealed_and_told() == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_letter_is_made_and_signed(monkeypatch):
    bureau, application = make_bureau(), filed()
    sign, seen = signatures.sign, []

    def watched(content, **given):
        seen.append(connection.in_atomic_block)
        return sign(content, **given)

    monkeypatch.setattr(signatures, "sign", watched)
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=MONDAY)
    assert seen == []  # not even begun with the act

    documents.make_letters()

    assert seen == [False]


def test_the_worker_makes_letters_within_seconds():
    one = next(duty for duty in duties.registered() if duty.name == "licensing-letters")

    assert one.every_seconds <= 5


def test_the_pages_say_that_a_letter_is_being_prepared_and_offer_it_once_it_is_made(accepted, client):
    letter = IssuedDocument.objects.get()
    for person, page, link in (
        (accepted.bureau.handler, f"/licensing/files/{accepted.number}/", f"/licensing/documents/{letter.pk}/"),
        (accepted.started_by, f"/licensing/applications/{accepted.number}/",
         f"/licensing/applications/{accepted.number}/letters/{letter.pk}/"),
    ):  # fmt: skip
        client.force_login(person)
        shown = client.get(page).content.decode()
        assert "制作中" in shown
        assert 'hx-trigger="every 5s"' in shown
        assert f'href="{link}"' not in shown
        refused = client.get(link)
        assert refused.status_code == 422
        assert "正在制作" in refused.content.decode()
    client.force_login(accepted.bureau.handler)
    given = {"how": "paper", "served_on": MONDAY.date().isoformat(), "received_by": "张三"}
    assert client.post(f"/licensing/documents/{letter.pk}/serve/", given).status_code == 422

    documents.make_letters()

    shown = client.get(f"/licensing/files/{accepted.number}/").content.decode()
    assert f'href="/licensing/documents/{letter.pk}/"' in shown
    assert "制作中" not in shown


PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from zhunsheng.admission.licensing.services import acceptance
from zhunsheng.admission.licensing.tests.officers import MONDAY, filed, make_bureau
acceptance.accept(application_id=filed().pk, by=make_bureau().handler, at=MONDAY)
"""
DIE = """
import os, signal
import django; django.setup()
from zhunsheng.admission.licensing.services import documents
from zhunsheng.platform.{module} import {name} as killed
killed.{function} = lambda *_args, **_given: os.kill(os.getpid(), signal.SIGKILL)
documents.make_letters()
"""
FINISH = """
import django; django.setup()
from zhunsheng.admission.licensing.models import IssuedDocument
from zhunsheng.admission.licensing.services import documents
from zhunsheng.admission.licensing.tests.test_letters import sealed_and_told
print(sealed_and_told(), documents.make_letters(), documents.make_letters(), sealed_and_told(),
      IssuedDocument.objects.filter(file=None).count())
"""


@pytest.mark.once  # it has a database of its own
def test_a_worker_killed_while_it_signs_or_keeps_a_letter_loses_nothing_and_doubles_nothing(tmp_path):
    environment = os.environ | {"ZHUNSHENG_HOME": str(tmp_path), "DATABASE_URL": "", "PYTHONPATH": str(_source())}
    del environment["DATABASE_URL"]

    def run(code):
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, timeout=300
        )

    assert run(PREPARE).returncode == 0
    for module, name, function in (
        ("documents", "signatures", "sign"),
        ("ledger", "services", "append"),
        ("notices", "services", "notify"),
    ):
        assert run(DIE.format(module=module, name=name, function=function)).returncode == -signal.SIGKILL

    done = run(FINISH)

    assert done.stdout.strip() == "(0, 0, 0) 1 0 (1, 1, 1) 0", done.stderr[-2000:]


def _source() -> Path:
    return Path(__file__).resolve().parents[4]
