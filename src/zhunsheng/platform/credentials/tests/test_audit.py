"""The audit of the log finds every column and every status of a credential that is not what was sealed."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from zhunsheng.foundation.canonical import canonical_bytes
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.models import Credential, StatusChange, StatusList
from zhunsheng.platform.credentials.services import set_status
from zhunsheng.platform.credentials.services.audit import audit_credentials
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.ledger.models import Entry

from .factories import NOON, make_credential

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)


def places():
    entries = [
        ledger.AuditedEntry(one.pk, one.kind, one.subject, one.body, one.at, bytes(one.salt), bytes(one.leaf), 0)
        for one in Entry.objects.order_by("pk")
    ]
    return sorted({one.place for one in audit_credentials(entries)})


@pytest.fixture
def suspended():
    credential = make_credential()
    set_status(credential_id=credential.pk, status=Status.SUSPENDED, why="整改", by=None, at=LATER)
    return credential


def test_what_was_issued_changed_and_replaced_agrees(suspended):
    other = make_credential(number="2")
    make_credential(number="2", replaces_id=other.pk, why="变更", at=LATER)

    assert places() == []


def test_altered_data_and_lost_documents_are_found(home):
    credential = make_credential()
    Credential.objects.filter(pk=credential.pk).update(vc=bytes(credential.vc).replace(b"2032", b"2042"))
    assert places() == ["credentials_credential.vc"]
    (home / "files" / "sha256" / credential.pdf_id[:2] / credential.pdf_id[2:4] / credential.pdf_id).unlink()
    assert places() == ["credentials_credential.vc", "files"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", "260019999999"),
        ("holder", "另一家公司"),
        ("body_slug", "260019999999"),
        ("kind", "cma_schedule"),
        ("schema_version", "certificate/9"),
        ("valid_from", date(2026, 1, 1)),
        ("valid_to", date(2036, 3, 1)),
        ("list_index", 77),
        ("issued_at", datetime(2026, 1, 1, tzinfo=UTC)),
        ("printed", "https://zhunsheng.example/v/C#none"),
    ],
)
def test_a_column_that_says_something_else_than_the_signed_data_is_found(column, value):
    Credential.objects.filter(pk=make_credential().pk).update(**{column: value})

    assert f"credentials_credential.{column}" in places()


def test_another_document_than_the_sealed_one_is_found():
    first, second = make_credential(), make_credential(number="2")
    Credential.objects.filter(pk=first.pk).update(pdf=second.pdf_id)

    assert places() == ["credentials_credential.pdf"]


def test_a_status_changed_past_the_services_is_found(suspended):
    Credential.objects.filter(pk=suspended.pk).update(status=Status.VALID)
    assert places() == ["credentials_credential.status", "credentials_statuslist.suspension"]


def test_a_rewritten_reason_is_found(suspended):
    StatusChange.objects.filter(status="suspended").update(why="另有原因")
    assert places() == ["credentials_credential.status", "credentials_statuschange"]


def test_a_status_that_is_gone_or_was_never_sealed_is_found(suspended):
    change = StatusChange.objects.get(status="suspended")
    change.delete()
    assert "credentials_statuschange" in places()
    change.entry_id = None
    change.save(force_insert=True)
    assert "credentials_statuschange" in places()


def test_a_list_that_tells_verifiers_otherwise_is_found(suspended):
    row = StatusList.objects.get()
    document = json.loads(bytes(row.suspension))
    document["credentialSubject"]["encodedList"] = json.loads(bytes(row.revocation))["credentialSubject"]["encodedList"]
    StatusList.objects.update(suspension=canonical_bytes(document))

    assert places() == ["credentials_statuslist.suspension"]


def test_a_credential_replaced_by_nothing_is_found():
    first = make_credential()
    second = make_credential(replaces_id=first.pk, why="变更", at=LATER)
    Credential.objects.filter(pk=second.pk).update(predecessor=None)

    assert places() == ["credentials_credential.status"]
