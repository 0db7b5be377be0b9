from datetime import UTC, datetime

import pytest

from zhunsheng.foundation.credentials.documents import credential_document, period_problem, shape_problem
from zhunsheng.foundation.credentials.issuers import (
    did_document,
    did_web,
    document_address,
    key_of_did_key,
    keys_of,
)
from zhunsheng.foundation.credentials.moments import moment, stamp
from zhunsheng.foundation.credentials.multibase import from_base58, from_multibase, from_multikey, multikey, to_base58

NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
PUBLIC = bytes(range(32))


@pytest.mark.parametrize(  # draft-msporny-base58-03, 5
    ("data", "text"),
    [
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
        (b"", ""),
    ],
)
def test_base58_gives_the_texts_of_its_draft(data, text):
    assert to_base58(data) == text
    assert from_base58(text) == data


@pytest.mark.parametrize("text", ["uAAAA", "z0", "zl", "z" + "1" * 300, "", "z 1"])
def test_what_is_no_multibase_base58_is_refused(text):
    with pytest.raises(ValueError, match=r"base58|multibase"):
        from_multibase(text)


@pytest.mark.parametrize(
    "text", ["z6Mk", "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"]
)  # too short; a P-256 key
def test_a_key_of_another_kind_is_no_ed25519_key(text):
    with pytest.raises(ValueError, match="Multikey"):
        from_multikey(text)


@pytest.mark.parametrize(  # did:web Method Specification, 3.2 (read)
    ("did", "address"),
    [
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
    ],
)
def test_an_issuers_document_stands_where_did_web_says(did, address):
    assert document_address(did) == address


def test_an_address_gives_its_did_and_leads_back():
    assert did_web("https://zhunsheng.example.cn/") == "did:web:zhunsheng.example.cn"
    assert did_web("http://localhost:8000") == "did:web:localhost%3A8000"
    assert document_address("did:web:localhost%3A8000") == "http://localhost:8000/.well-known/did.json"
    for address in ("ftp://example.cn", "example.cn", "https://user@example.cn", "https://example.cn/?a=1"):
        with pytest.raises(ValueError, match="address"):
            did_web(address)
    for did in ("did:key:z6Mk", "did:web:", "did:web:a%2Fb"):
        with pytest.raises(ValueError, match="did:web"):
            document_address(did)


def test_keys_come_back_from_the_document_only_if_they_may_sign_assertions():
    document = did_document("did:web:a.cn", {"k2": PUBLIC, "k1": PUBLIC[::-1]})

    assert keys_of(document) == {"did:web:a.cn#k2": PUBLIC, "did:web:a.cn#k1": PUBLIC[::-1]}
    assert keys_of({**document, "assertionMethod": ["did:web:a.cn#k1"]}) == {"did:web:a.cn#k1": PUBLIC[::-1]}
    foreign = [{**one, "controller": "did:web:b.cn"} for one in document["verificationMethod"]]
    assert keys_of({**document, "verificationMethod": foreign}) == {}
    with pytest.raises(ValueError, match="issuer"):
        keys_of({"id": "x"})


def test_a_did_key_is_its_own_document():
    did = f"did:key:{multikey(PUBLIC)}"

    assert key_of_did_key(did) == {f"{did}#{multikey(PUBLIC)}": PUBLIC}
    with pytest.raises(ValueError, match="did:key"):
        key_of_did_key("did:web:a.cn")


@pytest.mark.parametrize(
    "text", ["2026-11-27", "2026-11-27T04:00:00", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", 5, None]
)
def test_a_time_without_a_zone_is_no_time_of_a_credential(text):
    assert moment(text) is None


def test_times_are_written_in_utc_to_the_second():
    assert stamp(NOON) == "2026-11-27T04:00:00Z"
    assert moment("2026-11-27T12:00:00+08:00") == NOON
    with pytest.raises(ValueError, match="zone"):
        stamp(NOON.replace(tzinfo=None))


def made(**changes):
    parts = {
        "address": "https://a.cn/c",
        "kind": "CmaCertificate",
        "issuer": "did:web:a.cn",
        "subject": {"name": "珠江检测"},
        "valid_from": NOON,
        "valid_until": None,
        "status": [],
        "stated": {"number": "1"},
        "context": "https://a.cn/credentials/context/1",
    }
    return credential_document(**{**parts, **changes})


def test_a_made_credential_has_what_the_data_model_asks():
    assert shape_problem(made()) == ""
    with pytest.raises(ValueError, match="data model"):
        made(stated={"issuer": "did:web:b.cn"})


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({"@context": ["https://example.org"]}, "@context"),
        ({"type": ["CmaCertificate"]}, "type"),
        ({"issuer": "somebody"}, "issuer"),
        ({"credentialSubject": {}}, "credentialSubject"),
        ({"credentialSubject": []}, "credentialSubject"),
        ({"id": "no address"}, "id"),
        ({"validFrom": "2026-11-27"}, "validFrom"),
        ({"validUntil": "tomorrow"}, "validUntil"),
    ],
)
def test_what_lacks_a_member_of_the_data_model_is_no_credential(change, lacking):
    assert shape_problem({**made(), **change}) == lacking


def test_a_credential_holds_from_its_first_to_its_last_moment():
    document = made(valid_until=NOON.replace(year=2027))

    assert period_problem(document, NOON) == ""
    assert period_problem(document, NOON.replace(hour=3)) == "not-yet-valid"
    assert period_problem(document, NOON.replace(year=2027)) == ""
    assert period_problem(document, NOON.replace(year=2028)) == "expired"
