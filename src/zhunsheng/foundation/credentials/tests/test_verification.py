import json
from datetime import UTC, datetime, timedelta

import pytest

from zhunsheng.foundation import signing
from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.credentials import proofs
from zhunsheng.foundation.credentials.documents import credential_document
from zhunsheng.foundation.credentials.status_lists import Entry, list_document
from zhunsheng.foundation.credentials.verification import NotJson, read_document, verify

NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
ISSUER, METHOD = "did:web:a.cn", "did:web:a.cn#0001"
KEY, OTHER = (signing.Ed25519Key.from_seed(bytes([n]) * 32) for n in (1, 2))
KEYS = {METHOD: KEY.public_bytes}
LISTS = {purpose: f"https://a.cn/credentials/status/{purpose}-1" for purpose in ("revocation", "suspension")}


def a_credential(key=KEY, method=METHOD, **changes):
    document = credential_document(
        address="https://a.cn/api/v1/credentials/C",
        kind="CmaCertificate",
        issuer=changes.pop("issuer", ISSUER),
        subject={"name": "珠江检测"},
        valid_from=NOON,
        valid_until=NOON + timedelta(days=2190),
        status=[Entry(purpose, address, 7).as_json() for purpose, address in LISTS.items()],
        stated=changes,
        context="https://a.cn/credentials/context/1",
    )
    return proofs.signed(document, key=key, method=method, created=NOON)


def a_list(purpose, raised=(), key=KEY, made=NOON):
    document = list_document(
        list_id=LISTS[purpose], purpose=purpose, raised=raised, issuer=ISSUER, made=made,
        until=made + timedelta(days=2), seconds=300,
    )  # fmt: skip
    return proofs.signed(document, key=key, method=METHOD, created=made)


def answer(document, lists=(), at=NOON):
    found = verify(document, keys=KEYS, at=at, lists=lists)
    return found.problem, found.status


def test_without_lists_the_signature_holds_and_the_status_is_open():
    document = a_credential()
    found = verify(document, keys=KEYS, at=NOON)

    assert (found.problem, found.status) == ("", "not-checked")
    assert found.digest == canonical_digest(document)
    assert (found.issuer, found.method) == (ISSUER, METHOD)


def test_both_lists_together_tell_the_status():
    revoked, suspended = a_list("revocation", [7]), a_list("suspension", [7])
    free, unsuspended = a_list("revocation", [6]), a_list("suspension")

    assert answer(a_credential(), [free, unsuspended]) == ("", "good")
    assert answer(a_credential(), [free]) == ("", "not-checked")
    assert answer(a_credential(), [free, suspended]) == ("suspended", "suspended")
    assert answer(a_credential(), [revoked, suspended]) == ("revoked", "revoked")


def test_a_list_of_another_hand_or_out_of_date_is_no_answer():
    assert answer(a_credential(), [a_list("revocation", key=OTHER)])[0] == "status-list"
    assert answer(a_credential(), [a_list("revocation", made=NOON - timedelta(days=9))])[0] == "status-list"


def test_a_credential_outside_its_period_says_so():
    late = NOON + timedelta(days=3000)

    assert answer(a_credential(), at=late)[0] == "expired"
    assert answer(a_credential(), at=NOON - timedelta(seconds=1))[0] == "not-yet-valid"
    assert answer(a_credential(), [a_list("revocation", [7], made=late)], at=late)[0] == "revoked"


def test_whoever_signs_for_another_issuer_is_refused():
    assert answer(a_credential(issuer="did:web:b.cn"))[0] == "issuer"
    assert answer(a_credential(key=OTHER))[0] == "signature"
    assert answer(a_credential(method="did:web:a.cn#0002"))[0] == "key"


def test_any_changed_text_breaks_the_signature():
    whole = a_credential(number="260019124512")
    for change in ({"number": "260019124513"}, {"validUntil": "2099-01-01T00:00:00Z"}, {"added": "x"}):
        assert answer({**whole, **change})[0] == "signature"
    assert answer({name: value for name, value in whole.items() if name != "validUntil"})[0] == "signature"
    assert answer({**whole, "proof": []})[0] == "no-proof"
    assert answer({**whole, "proof": [whole["proof"]]})[0] == ""
    assert answer({**whole, "proof": [whole["proof"], {**whole["proof"], "proofValue": "z1"}]})[0] == "signature"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"cryptosuite": "eddsa-rdfc-2022"}, "cryptosuite"),
        ({"proofPurpose": "authentication"}, "purpose"),
        ({"created": "yesterday"}, "proof-format"),
        ({"proofValue": 5}, "proof-format"),
        ({"proofValue": "uAAA"}, "proof-format"),
        ({"verificationMethod": None}, "proof-format"),
        ({"expires": "2020-01-01T00:00:00Z"}, "expired-proof"),
        ({"expires": "soon"}, "proof-format"),
        ({"@context": ["https://example.org"]}, "context"),
    ],
)
def test_a_proof_of_another_kind_is_told_apart(change, problem):
    whole = a_credential()

    assert answer({**whole, "proof": {**whole["proof"], **change}})[0] == problem


def test_what_cannot_be_signed_is_refused():
    with pytest.raises(ValueError, match="proof already"):
        proofs.signed(a_credential(), key=KEY, method=METHOD, created=NOON)
    assert answer({**a_credential(), "n": float("nan")})[0] == "shape"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a":1,"a":2}', b'{"a":NaN}', b"\xff\xff", b"[" * 100_000])
def test_a_file_that_is_no_json_object_is_refused(content):
    with pytest.raises(NotJson):
        read_document(content)


def test_layout_of_a_file_doesnt_matter():
    document = a_credential()

    assert answer(read_document(json.dumps(document, indent=4).encode()))[0] == ""
    assert answer(read_document(b"\xef\xbb\xbf" + json.dumps(document, ensure_ascii=False).encode()))[0] == ""
