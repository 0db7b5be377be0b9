import gzip
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation import signing
from zhunsheng.foundation.credentials.status_lists import (
    LEAST_BITS,
    BadStatusList,
    Entry,
    decode,
    encode,
    entries_of,
    is_set,
    list_document,
    raised_in,
)

NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
LIST = "https://a.cn/credentials/status/revocation-1"
PUBLISHED = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
"""Example 3 of W3C Bitstring Status List 1.0: 131,072 entries, none set."""


def a_list(raised=(), purpose="revocation"):
    return list_document(
        list_id=LIST, purpose=purpose, raised=raised, issuer="did:web:a.cn", made=NOON,
        until=NOON + timedelta(days=2), seconds=300,
    )  # fmt: skip


def test_the_published_list_of_the_specification_is_read():
    assert decode(PUBLISHED) == bytes(LEAST_BITS // 8)
    assert decode(encode([])) == decode(PUBLISHED)


def test_the_first_entry_is_the_leftmost_bit():
    assert decode(encode([0]))[0] == 0b1000_0000
    assert decode(encode([7, 8]))[:2] == bytes((0b0000_0001, 0b1000_0000))


@given(st.sets(st.integers(0, LEAST_BITS - 1), max_size=40))
def test_exactly_the_raised_entries_come_back(raised):
    field = decode(encode(raised))

    assert {index for index in range(LEAST_BITS) if field[index >> 3] and is_set(field, index)} == raised
    assert encode(sorted(raised, reverse=True)) == encode(raised)


def test_lists_that_are_too_short_or_name_what_they_lack_are_refused():
    for make in (
        lambda: encode([], bits=LEAST_BITS - 8),
        lambda: encode([LEAST_BITS]),
        lambda: encode([-1]),
        lambda: is_set(bytes(2), 16),
        lambda: decode("u" + signing.to_text(gzip.compress(bytes(LEAST_BITS // 8 - 1)))),
        lambda: decode("zAAAA"),
        lambda: decode("uAAAA"),
        lambda: decode(PUBLISHED[:-6]),
    ):
        with pytest.raises(BadStatusList):
            make()


def test_a_bomb_is_not_unpacked():
    bomb = gzip.compress(bytes(64 * 1024 * 1024))

    with pytest.raises(BadStatusList, match="large"):
        decode("u" + signing.to_text(bomb))


def test_a_credentials_bit_is_read_from_its_list():
    entry = Entry("revocation", LIST, 94567)

    assert entries_of({"credentialStatus": entry.as_json()}) == (entry,)
    assert entries_of({"credentialStatus": [entry.as_json()]}) == (entry,)
    assert raised_in(entry, a_list([94567]), at=NOON)
    assert not raised_in(entry, a_list([94566]), at=NOON)


def test_another_list_or_one_out_of_date_says_nothing():
    entry = Entry("revocation", LIST, 1)
    for found, at in (
        (a_list(purpose="suspension"), NOON),
        ({**a_list(), "id": "https://a.cn/other"}, NOON),
        ({**a_list(), "type": ["VerifiableCredential"]}, NOON),
        ({**a_list(), "credentialSubject": {}}, NOON),
        (a_list(), NOON + timedelta(days=3)),
        (a_list(), NOON - timedelta(days=1)),
    ):
        with pytest.raises(BadStatusList):
            raised_in(entry, found, at=at)


@pytest.mark.parametrize(
    "status",
    [
        {"type": "StatusList2021Entry"},
        {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListCredential": LIST},
        {**Entry("revocation", LIST, 1).as_json(), "statusListIndex": "-1"},
        {**Entry("revocation", LIST, 1).as_json(), "statusListIndex": "1" * 20},
        {**Entry("revocation", LIST, 1).as_json(), "statusSize": 2},
        "revoked",
    ],
)
def test_a_status_of_another_kind_is_refused(status):
    with pytest.raises(BadStatusList):
        entries_of({"credentialStatus": status})
