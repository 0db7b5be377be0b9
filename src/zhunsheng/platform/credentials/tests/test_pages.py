from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils import timezone

from zhunsheng.foundation.credentials.codes import code_from
from zhunsheng.foundation.credentials.issuers import keys_of
from zhunsheng.foundation.credentials.verification import verify
from zhunsheng.platform.credentials import kinds
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.services import set_status
from zhunsheng.platform.ledger import keys, receipts
from zhunsheng.platform.ledger import services as ledger

from .factories import NOON, NUMBER, make_credential

pytestmark = pytest.mark.django_db
BEFORE = timezone.localdate() - timedelta(days=100)
AFTER = timezone.localdate() + timedelta(days=100)


def page(client, address, **headers):
    response = client.get(address, headers={"accept-language": "en", **headers})
    return response.status_code, response.content.decode()


def current(**changes):
    return make_credential(**{"valid_from": BEFORE, "valid_to": AFTER, **changes})


def address(credential):
    return reverse("credentials_public:answer", args=[credential.code])


def changed(credential, status):
    if status == Status.REPLACED:
        current(number=credential.number, replaces_id=credential.pk, why="Decision 7 of 2026", at=timezone.now())
        return credential
    return set_status(credential_id=credential.pk, status=status, why="Decision 7 of 2026", by=None, at=timezone.now())


def test_the_first_sentence_says_how_it_stands(client):
    for number, (status, words) in enumerate(
        {
            Status.SUSPENDED: "This certificate is suspended",
            Status.REPLACED: "This certificate has been replaced",
            Status.CANCELLED: "This certificate has been cancelled",
            Status.REVOKED: "This certificate has been revoked",
        }.items()
    ):
        shown = page(client, address(changed(current(number=str(number)), status)))[1]
        assert words in shown
        assert "Decision 7 of 2026" in shown
    assert "This certificate is valid" in page(client, address(current()))[1]
    assert "has expired" in page(client, address(current(number="e", valid_to=BEFORE)))[1]
    assert "not valid yet" in page(client, address(current(number="n", valid_from=AFTER)))[1]


def test_a_code_that_nobody_has_and_a_mistyped_one_are_told_apart(client):
    code = code_from(bytes(9))

    assert "was issued here" in page(client, f"/v/{code}")[1]
    assert "typing error" in page(client, f"/v/{code[:-1]}{'0' if code[-1] != '0' else '1'}")[1]


def test_a_code_written_otherwise_leads_to_its_one_address(client):
    credential = current()
    response = client.get(f"/v/{credential.code.lower()}")

    assert (response.status_code, response["Location"]) == (302, f"/v/{credential.code}")


def test_the_page_shows_what_to_compare_and_what_it_doesnt_prove(client):
    kinds.register(kinds.Kind("cma_certificate", "CMA certificate", {"address": "Address"}))
    shown = page(client, address(current()))[1]
    for words in (
        "CMA certificate",
        NUMBER,
        "广东珠江检测有限公司",
        "广州市天河区某路1号",
        BEFORE.isoformat(),
        "does not prove",
    ):
        assert words in shown


def test_a_replaced_certificate_leads_to_the_one_in_its_place(client):
    first = current()
    second = current(replaces_id=first.pk)

    assert f'href="/v/{second.code}"' in page(client, address(first))[1]


def test_downloads_are_what_was_sealed(client):
    credential = current()
    data = client.get(f"/v/{credential.code}.json")
    document = client.get(f"/v/{credential.code}.pdf")
    again = client.get(f"/api/v1/credentials/{credential.code}")

    assert sha256(data.content).hexdigest() == credential.digest
    assert again.content == data.content
    assert again["Content-Type"] == "application/vc+json"
    assert sha256(document.content).hexdigest() == credential.pdf_id


def test_anyone_verifies_with_what_the_addresses_give(client):
    credential = make_credential(at=timezone.now() - timedelta(minutes=1), valid_from=BEFORE, valid_to=AFTER)
    document = client.get(f"/api/v1/credentials/{credential.code}").json()
    issuer = client.get("/.well-known/did.json").json()
    at = timezone.now()

    def lists():
        places = [
            one["statusListCredential"].removeprefix("https://zhunsheng.example")
            for one in document["credentialStatus"]
        ]
        return [client.get(place).json() for place in places]

    assert issuer["id"] == document["issuer"] == "did:web:zhunsheng.example"
    assert verify(document, keys=keys_of(issuer), at=at, lists=lists()).status == "good"
    set_status(credential_id=credential.pk, status=Status.REVOKED, why="x", by=None, at=at)
    assert verify(document, keys=keys_of(issuer), at=at, lists=lists()).status == "revoked"


def test_a_dropped_file_is_found_by_its_digest_alone(client):
    credential = current()
    for digest in (credential.digest, credential.pdf_id):
        shown = page(client, f"/credentials/digest/?digest={digest}", **{"HX-Request": "true"})[1]
        assert "This certificate is valid" in shown
        assert "<html" not in shown
    assert "No certificate issued here is this file" in page(client, f"/credentials/digest/?digest={'0' * 64}")[1]


def test_number_and_code_lead_to_the_page(client):
    credential = current()
    other = current(kind="cma_schedule", number=NUMBER)

    assert client.get(f"/credentials/find/?number={credential.code.lower()}")["Location"] == address(credential)
    listed = page(client, f"/credentials/find/?number={NUMBER}")[1]
    assert credential.code in listed
    assert other.code in listed
    assert "typing error" in page(client, "/credentials/find/?number=nothing")[1]
    assert client.get("/credentials/find/")["Location"] == "/credentials/"


@pytest.mark.django_db(transaction=True)
def test_receipts_prove_data_and_document_offline(client):
    credential = current()
    assert client.get(f"/v/{credential.code}/receipt/data").status_code == 404
    ledger.seal_pending(NOON)

    for what, digest in (("data", credential.digest), ("pdf", credential.pdf_id)):
        receipt = client.get(f"/v/{credential.code}/receipt/{what}").json()
        assert receipts.verify(receipt, digest, keys.log_key()).ok
    assert "sealed in the public log" in page(client, address(credential))[1]
    assert client.get(f"/v/{credential.code}/receipt/other").status_code == 404


def test_the_state_for_machines(client):
    credential = changed(current(), Status.SUSPENDED)
    found = client.get(f"/api/v1/credentials/{credential.code}/state").json()

    assert (found["state"], found["number"], found["digest"]) == ("suspended", NUMBER, credential.digest)
    assert [one["status"] for one in found["history"]] == ["valid", "suspended"]
    assert client.get(f"/api/v1/credentials/{code_from(bytes(9))}").status_code == 404


def test_unknown_lists_are_not_found(client):
    current()
    for name in ("revocation-99", "other-1", "revocation-x", "revocation"):
        assert client.get(f"/credentials/status/{name}").status_code == 404


def test_the_page_of_the_issuer_names_keys_and_root(client):
    current()
    shown = page(client, "/credentials/")[1]

    assert "did:web:zhunsheng.example" in shown
    assert "z6Mk" in shown
    assert b"BEGIN CERTIFICATE" in client.get("/credentials/authority.pem").content


def test_a_page_takes_few_queries(client, django_assert_max_num_queries):
    credential = changed(current(), Status.SUSPENDED)
    with django_assert_max_num_queries(8):
        client.get(address(credential))
    with django_assert_max_num_queries(8):
        client.get(f"/credentials/find/?number={NUMBER}")


def test_the_page_for_reports_knows_certificates_too(client):
    credential = current()
    dropped = client.get(f"/v/digest/?digest={credential.pdf_id}", headers={"accept-language": "en"}, follow=True)

    assert "This certificate is valid" in dropped.content.decode()
    assert client.get(f"/v/number/?code={credential.code}&number=1")["Location"] == address(credential)
