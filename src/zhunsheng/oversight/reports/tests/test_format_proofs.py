"""A proof signs one digest, and a printed code names it."""

import json
from datetime import UTC, datetime

import orjson
import pytest

from zhunsheng.foundation.signing import Ed25519Key, public_text
from zhunsheng.oversight.reports.format import (
    FormatProblem,
    code_of,
    normalise_code,
    proof_holds,
    read_manifest,
    read_report,
    sign_manifest,
    sign_report,
)

from .strategies import plain

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")  # RFC 8032, 7.1, test 1
KEY = Ed25519Key.from_seed(SEED)
NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)


def test_a_proof_text_inside_a_string_does_not_confuse_the_digest():
    signed = sign_report(plain(conclusion="x"), KEY, "k1", NOON)
    proof = json.dumps(signed["proof"], separators=(",", ":"), sort_keys=True)
    sneaky = {**plain(conclusion=f',"proof":{proof}'), "proof": signed["proof"]}
    without = {name: value for name, value in sneaky.items() if name != "proof"}

    assert read_report(orjson.dumps(sneaky)).digest == read_report(orjson.dumps(without)).digest
    assert not proof_holds(read_report(orjson.dumps(sneaky)), public_text(KEY))


def test_a_signature_binds_content_key_and_time():
    signed = sign_report(plain(), KEY, "k1", NOON)
    right = public_text(KEY)

    assert proof_holds(read_report(orjson.dumps(signed)), right)
    for change in (
        {**signed, "number": "WT-2"},
        {**signed, "proof": {**signed["proof"], "key": "k2"}},
        {**signed, "proof": {**signed["proof"], "created": "2026-04-01T04:00:00Z"}},
    ):
        assert not proof_holds(read_report(orjson.dumps(change)), right)
    assert not proof_holds(read_report(orjson.dumps(plain())), right)


def test_a_manifest_is_signed_once_over_the_digests_of_its_batch():
    digests = [read_report(orjson.dumps(plain(number=f"N{number}"))).digest for number in range(3)]
    signed = sign_manifest(digests, KEY, "k1", NOON)
    parsed = read_manifest(orjson.dumps(signed))

    assert list(parsed.manifest.digests) == digests
    assert proof_holds(parsed, public_text(KEY))
    assert not proof_holds(read_manifest(orjson.dumps({**signed, "digests": digests[:2]})), public_text(KEY))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"digests": []}, "digests"),
        ({"digests": ["x" * 64]}, "digests[0]"),
        ({"proof": {"type": "ed25519", "key": "k1", "created": "2026-03-31", "signature": "A" * 86}}, "proof.created"),
        ({"format": "zhunsheng-report/1"}, "format"),
        ({"more": 1}, "more"),
    ],
)
def test_an_unsound_manifest_is_refused_by_field(change, field):
    signed = sign_manifest(["a" * 64], KEY, "k1", NOON)

    with pytest.raises(FormatProblem) as caught:
        read_manifest(orjson.dumps({**signed, **change}))

    assert caught.value.field == field


def test_the_printed_code_is_the_first_eighty_bits_in_crockfords_base32():
    assert code_of("00" * 32) == "0" * 16
    assert code_of("ff" * 32) == "Z" * 16
    assert code_of("0123456789abcdef0123" + "0" * 44) == "04HMASW9NF6YY093"
    assert not set("ILOU") & set(code_of("0123456789abcdef" * 4))


def test_a_code_typed_by_hand_is_understood():
    assert normalise_code(" 04hm-asw9 nf6y-yo93 ") == "04HMASW9NF6YY093"
    assert normalise_code("il") == "11"
