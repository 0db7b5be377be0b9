"""The document follows the issue: outside its transaction, again after a crash or a silent authority, and only once."""

import pytest
from django.db import connection, transaction

from zhunsheng.platform.credentials import selectors, services
from zhunsheng.platform.credentials.models import Credential, PendingDocument
from zhunsheng.platform.credentials.services import issuing, papers
from zhunsheng.platform.documents import files, identity, signatures, verifying
from zhunsheng.platform.documents.models import StoredFile
from zhunsheng.platform.ledger.models import Entry

from .factories import make_credential

COMMITTED = issuing.after_commit


def kinds():
    return sorted(Entry.objects.values_list("kind", flat=True))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_rendered_signed_or_stamped_within_a_transaction(monkeypatch):
    monkeypatch.setattr(issuing, "after_commit", COMMITTED)
    within, sign = [], signatures.sign

    def watched(*words, **named):
        within.append(connection.in_atomic_block)
        return sign(*words, **named)

    monkeypatch.setattr(signatures, "sign", watched)
    with transaction.atomic():  # as a room above does, with what it writes itself
        credential = make_credential()
        assert credential.pdf_id is None
        assert within == []

    assert within == [False]
    credential.refresh_from_db()
    assert verifying.verify(files.read_by_digest(credential.pdf_id or ""), identity.trust()).ok
    assert kinds() == ["credential.document", "credential.issued"]
    assert make_credential(number="2").pdf_id is not None  # outside a transaction it is there at once


@pytest.mark.django_db
def test_a_process_that_dies_after_the_commit_leaves_it_to_the_worker(monkeypatch, client):
    monkeypatch.setattr(issuing, "after_commit", lambda work: None)
    credential = make_credential()
    assert kinds() == ["credential.issued"]
    assert client.get(f"/v/{credential.code}.pdf").status_code == 503
    assert client.get(f"/v/{credential.code}").status_code == 200
    assert not selectors.sealed(credential)

    assert services.make_due_documents() == 1
    assert services.make_due_documents() == 0

    assert client.get(f"/v/{credential.code}.pdf").status_code == 200
    assert kinds() == ["credential.document", "credential.issued"]


@pytest.mark.django_db
def test_a_process_that_dies_after_storing_the_file_stores_it_once(monkeypatch):
    monkeypatch.setattr(issuing, "after_commit", lambda work: None)
    credential = make_credential()
    with monkeypatch.context() as dying:
        dying.setattr(papers, "_put", lambda *_words: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            papers.make(credential.pk)

    assert services.make_due_documents() == 1
    assert StoredFile.objects.count() == 1
    assert Entry.objects.filter(kind="credential.document").count() == 1


@pytest.mark.django_db
def test_two_who_make_it_at_once_seal_it_once(monkeypatch):
    monkeypatch.setattr(issuing, "after_commit", lambda work: None)
    credential = make_credential()
    put = papers._put

    def beaten(*words):
        put(*words)
        put(*words)

    monkeypatch.setattr(papers, "_put", beaten)
    assert papers.make(credential.pk)
    assert Entry.objects.filter(kind="credential.document").count() == 1


@pytest.mark.django_db
def test_an_authority_that_does_not_answer_keeps_the_document_and_not_the_credential(settings):
    settings.ZHUNSHENG_TSA = "http://127.0.0.1:9/"
    credential = make_credential()

    assert (credential.status, credential.pdf_id) == ("valid", None)
    waiting = PendingDocument.objects.get()
    assert waiting.tries == 1
    assert waiting.why
    settings.ZHUNSHENG_TSA = ""
    assert services.make_due_documents() == 1
    assert Credential.objects.get().pdf_id is not None
