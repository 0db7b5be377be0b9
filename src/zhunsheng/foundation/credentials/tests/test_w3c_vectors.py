"""The test vectors that W3C publishes for `eddsa-jcs-2022`, step by step, read where they lie."""

import json
from datetime import UTC, datetime

import pytest

from zhunsheng.foundation.canonical import canonical_bytes, canonical_digest
from zhunsheng.foundation.credentials import proofs
from zhunsheng.foundation.credentials.issuers import key_of_did_key
from zhunsheng.foundation.credentials.multibase import (
    from_multibase,
    from_multikey,
    from_secret_multikey,
    multikey,
    to_multibase,
)
from zhunsheng.foundation.signing import Ed25519Key

NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)


@pytest.fixture
def vector(shared):
    return lambda name: (shared / "data" / "vc_di_eddsa" / name).read_text(encoding="utf-8").strip()


@pytest.fixture
def stated(vector):
    return lambda name: json.loads(vector(name))


@pytest.fixture
def key(stated):
    return Ed25519Key.from_seed(from_secret_multikey(stated("keyPair.json")["privateKeyMultibase"]))


def test_the_key_pair_is_read_and_written(key, stated):
    public = stated("keyPair.json")["publicKeyMultibase"]

    assert multikey(key.public_bytes) == public
    assert from_multikey(public) == key.public_bytes


def test_each_step_gives_the_published_bytes(key, vector, stated):
    document, options = stated("unsigned.json"), stated("proofConfigJCS.json")

    assert canonical_bytes(document).decode() == vector("canonDocJCS.txt")
    assert canonical_digest(document) == vector("docHashJCS.txt")
    assert canonical_bytes(options).decode() == vector("proofCanonJCS.txt")
    assert canonical_digest(options) == vector("proofHashJCS.txt")
    assert proofs.hash_data(document, options).hex() == vector("combinedHashJCS.txt")
    assert key.sign(proofs.hash_data(document, options)).hex() == vector("sigHexJCS.txt")
    assert to_multibase(bytes.fromhex(vector("sigHexJCS.txt"))) == vector("sigBTC58JCS.txt")
    assert from_multibase(vector("sigBTC58JCS.txt")).hex() == vector("sigHexJCS.txt")


def test_the_signed_credential_is_the_published_one(key, stated):
    made = proofs.signed(
        stated("unsigned.json"),
        key=key,
        method=stated("proofConfigJCS.json")["verificationMethod"],
        created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC),
    )

    assert made == stated("signedJCS.json")


def test_the_published_credential_verifies_and_no_altered_one_does(stated):
    document = stated("signedJCS.json")
    method = document["proof"]["verificationMethod"]
    keys = key_of_did_key(method.partition("#")[0])

    assert proofs.verify(document, keys, at=NOON).ok
    altered = {**document, "name": "Alumni credential"}
    assert proofs.verify(altered, keys, at=NOON).problem == "signature"
    other = {**document, "proof": {**document["proof"], "created": "2023-02-24T23:36:39Z"}}
    assert proofs.verify(other, keys, at=NOON).problem == "signature"
    assert proofs.verify(document, {}, at=NOON).problem == "key"
    assert proofs.verify(stated("unsigned.json"), keys, at=NOON).problem == "no-proof"
