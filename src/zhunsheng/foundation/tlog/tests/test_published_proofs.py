"""Proofs published by transparency-dev/merkle are judged as their authors judge them."""

import base64
import json

import pytest

from zhunsheng.foundation.tlog.proofs import verify_consistency, verify_inclusion


def decoded(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def records(shared, name):
    return json.loads((shared / "data" / "rfc9162_proofs" / name).read_text())


def test_every_inclusion_proof_is_judged_right(shared):
    found = records(shared, "inclusion.json")
    wrong = [
        record["name"]
        for record in found
        if verify_inclusion(
            decoded(record["leafHash"]),
            record["leafIdx"],
            record["treeSize"],
            [decoded(part) for part in record["proof"] or []],
            decoded(record["root"]),
        )
        is record["wantErr"]
    ]

    assert wrong == []
    assert {record["wantErr"] for record in found} == {True, False}


def test_every_consistency_proof_is_judged_right(shared):
    found = records(shared, "consistency.json")
    wrong = [
        record["name"]
        for record in found
        if verify_consistency(
            record["size1"],
            decoded(record["root1"]),
            record["size2"],
            decoded(record["root2"]),
            [decoded(part) for part in record["proof"] or []],
        )
        is record["wantErr"]
    ]

    assert wrong == []
    assert {record["wantErr"] for record in found} == {True, False}


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_hash_of_another_length_is_refused(length):
    root = bytes(32)

    assert not verify_inclusion(bytes(length), 0, 1, [], bytes(length))
    assert not verify_inclusion(root, 0, 2, [bytes(length)], root)
    assert not verify_consistency(1, bytes(length), 2, root, [root])
    assert not verify_consistency(1, root, 2, bytes(length), [root])
    assert not verify_consistency(1, root, 2, root, [bytes(length)])
