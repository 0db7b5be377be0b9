from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation import signing
from zhunsheng.foundation.credentials.codes import (
    LETTERS,
    NotACode,
    code_from,
    facts_of,
    printed,
    read_code,
    read_printed,
)

KEY = signing.Ed25519Key.from_seed(bytes(range(32)))
CODE = code_from(bytes(range(9)))
TERM = (date(2026, 11, 27), date(2032, 11, 26))


def some_facts(**changes):
    parts: dict[str, Any] = {
        "code": CODE,
        "kind": "cma_certificate",
        "number": "260019124512",
        "holder": "广东珠江检测有限公司",
    }
    parts |= {"period": TERM, "vc": bytes(32), "key": "did:web:a.cn#0001"}
    return facts_of(**{**parts, **changes})


@given(st.binary(min_size=9, max_size=9))
def test_a_code_is_read_however_people_write_it(random):
    code = code_from(random)

    assert len(code) == 16
    assert read_code(f" {code[:4]}-{code[4:8]} {code[8:]} ".lower()) == code
    assert read_code(code.replace("0", "o").replace("1", "l")) == code


@given(st.binary(min_size=9, max_size=9), st.integers(1, 15), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found(random, place, letter):
    code = code_from(random)
    if code[place] != letter:
        with pytest.raises(NotACode):
            read_code(code[:place] + letter + code[place + 1 :])


@pytest.mark.parametrize("text", ["", "C", "CCCCCCCCCCCCCCCU", "A" * 16, "12440000-04HMASW9NF6YY093", CODE + "0"])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(NotACode):
        read_code(text)


def test_a_printed_code_holds_offline_and_says_its_facts():
    found = read_printed(f"https://zhunsheng.example/v/{CODE}#{printed(some_facts(), KEY)}")

    assert found.holds(KEY.public_bytes)
    assert found.facts.holder == "广东珠江检测有限公司"
    assert (found.facts.starts, found.facts.ends) == ("2026-11-27", "2032-11-26")
    assert found.digest == "0" * 64
    assert read_printed(printed(some_facts(period=(TERM[0], None)), KEY)).facts.ends == ""


def test_another_key_or_other_facts_dont_hold():
    genuine = printed(some_facts(), KEY)
    forged = printed(some_facts(holder="某某检测"), signing.Ed25519Key.from_seed(bytes(32)))
    mixed = forged.partition(".")[0] + "." + genuine.partition(".")[2]

    for text in (forged, mixed, genuine.partition(".")[0] + ".", genuine[:-2]):
        assert not read_printed(text).holds(KEY.public_bytes)


def test_an_address_that_leads_to_another_credential_is_refused():
    other = code_from(bytes(9))

    with pytest.raises(NotACode, match="another"):
        read_printed(f"https://zhunsheng.example/v/{other}#{printed(some_facts(), KEY)}")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{}",
        b"[]",
        b'{"code": "spaces"}',
        signing.from_text(printed(some_facts(), KEY).partition(".")[0]).replace(b'"ends"', b' "ends"'),
        signing.from_text(printed(some_facts(), KEY).partition(".")[0]).replace(b"2032", b"2022"),
        signing.from_text(printed(some_facts(), KEY).partition(".")[0]).replace(b"2032-11", b"2032-31"),
    ],
)
def test_what_is_not_in_its_only_form_is_no_printed_code(payload):
    with pytest.raises(NotACode):
        read_printed(f"{signing.to_text(payload)}.{'A' * 86}")


def test_a_qr_picture_takes_it():
    import segno

    text = f"https://zhunsheng.example.gov.cn/v/{CODE}#{printed(some_facts(), KEY)}"

    assert int(segno.make_qr(text, error="m").version) <= 20
