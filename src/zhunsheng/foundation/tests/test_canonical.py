import hashlib
import json
import math
from enum import IntEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.canonical import NotCanonical, canonical_bytes, canonical_digest, digest_hex

VECTORS = ["arrays", "french", "structures", "unicode", "values", "weird"]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=6), inner, max_size=5),
    max_leaves=25,
)
REPORTS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=6), inner, max_size=5)
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("name", VECTORS)
def test_the_published_vectors_come_out_byte_for_byte(shared, name):
    folder = shared / "data" / "jcs_vectors"
    value = json.loads((folder / "input" / f"{name}.json").read_text(encoding="utf-8"))

    assert canonical_bytes(value) == (folder / "output" / f"{name}.json").read_bytes()
    assert canonical_bytes(value) == bytes.fromhex((folder / "outhex" / f"{name}.txt").read_text(encoding="ascii"))


def test_the_credential_of_the_w3c_vectors_has_its_published_hash(shared):
    folder = shared / "data" / "vc_di_eddsa"
    unsigned = json.loads((folder / "unsigned.json").read_text(encoding="utf-8"))

    assert canonical_bytes(unsigned) == (folder / "canonDocJCS.txt").read_bytes().strip()
    assert canonical_digest(unsigned) == (folder / "docHashJCS.txt").read_text(encoding="ascii").strip()


@given(JSON)
def test_every_json_value_equals_the_reference_package(value):
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(REPORTS)
def test_report_like_values_on_the_fast_path_equal_the_reference_package(value):
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(REPORTS | st.floats(-(2**52), 2**52))
def test_the_canonical_form_is_stable(value):
    once = canonical_bytes(value)

    assert canonical_bytes(json.loads(once)) == once


def test_deep_nesting_beyond_the_fast_encoder_still_works():
    value: list[Any] = []
    for _ in range(300):
        value = [value]

    assert canonical_bytes(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        2**53,
        -(2**53),
        "\ud800",
        {"\udfff": 1},
        {1: "number as key"},
        {"a": {1, 2}},
        b"bytes",
        object(),
    ],
)
def test_values_without_a_canonical_form_are_refused(value):
    with pytest.raises(NotCanonical):
        canonical_bytes({"value": value})


def test_a_subclass_is_written_as_the_reference_package_writes_it():
    class Level(IntEnum):
        HIGH = 3

    assert canonical_bytes([Level.HIGH]) == b"[3]"


def test_keys_sort_by_utf16_units_not_by_code_point():
    assert canonical_bytes({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


def test_a_digest_is_sha256_in_hexadecimal():
    assert digest_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4
    assert canonical_digest({"b": 1, "a": 2}) == hashlib.sha256(b'{"a":2,"b":1}').hexdigest()
