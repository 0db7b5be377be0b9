"""Bitstring Status Lists: one bit for each credential, packed with GZIP, in a signed credential of their own.

Source: W3C Bitstring Status List 1.0, 2.2 (the list's credential), 3.2 to 3.4 (validation, generation, expansion).
"""

import gzip
import io
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from zhunsheng.foundation import signing
from zhunsheng.foundation.credentials.documents import CONTEXT
from zhunsheng.foundation.credentials.moments import moment, stamp

LEAST_BITS: Final = 131_072
"""Fewest entries of a list: fewer would tell too well whose status somebody asks for."""
MOST_BYTES: Final = 16 * 1024 * 1024
"""Largest unpacked list that is read here."""
REVOCATION: Final = "revocation"
SUSPENSION: Final = "suspension"
PURPOSES: Final = (REVOCATION, SUSPENSION)


class BadStatusList(ValueError):
    """A list that can't be read, is too short, or is about something else."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a credential's bit stands: the list's address, its purpose, the index from 0."""

    purpose: str
    list_id: str
    index: int

    def as_json(self) -> dict[str, Any]:
        """Return the member for a credential's `credentialStatus`."""
        return {
            "id": f"{self.list_id}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": self.purpose,
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_id,
        }


def encode(raised: Iterable[int], *, bits: int = LEAST_BITS) -> str:
    """Return the encoded list in which these indices are set; the same indices always give the same text.

    Raises: BadStatusList for an index outside the list, or a list that is too short or no whole bytes.
    """
    if bits < LEAST_BITS or bits % 8:
        raise BadStatusList(f"a list has at least {LEAST_BITS} bits, in whole bytes")
    field = bytearray(bits // 8)
    for index in raised:
        if not 0 <= index < bits:
            raise BadStatusList(f"the list has no index {index}")
        field[index >> 3] |= 0x80 >> (index & 7)
    return "u" + signing.to_text(gzip.compress(bytes(field), mtime=0))


def decode(text: str) -> bytes:
    """Return the bitstring of an encoded list, index 0 in the leftmost bit.

    Raises: BadStatusList for another base, what is no GZIP, a list that is too short or unpacks to more than 16 MiB.
    """
    if not text.startswith("u"):
        raise BadStatusList("the list is not multibase base64url")
    try:
        packed = signing.from_text(text[1:])
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            field = file.read(MOST_BYTES + 1)
    except (ValueError, OSError, EOFError, zlib.error) as error:
        raise BadStatusList("the list is no GZIP") from error
    if len(field) > MOST_BYTES:
        raise BadStatusList("the list is too large")
    if len(field) * 8 < LEAST_BITS:
        raise BadStatusList(f"the list is shorter than {LEAST_BITS} entries")
    return field


def is_set(field: bytes, index: int) -> bool:
    """Tell whether an index of a bitstring is set.

    Raises: BadStatusList for an index that the list lacks.
    """
    if not 0 <= index < len(field) * 8:
        raise BadStatusList(f"the list has no index {index}")
    return bool(field[index >> 3] & (0x80 >> (index & 7)))


def list_document(
    *, list_id: str, purpose: str, raised: Iterable[int], issuer: str, made: datetime, until: datetime, seconds: int
) -> dict[str, Any]:
    """Return a status list credential, not yet signed.

    Args:
        made, until: from when and until when the list may be relied on, aware.
        seconds: for how long a reader may keep it before asking again.
    Raises: BadStatusList; ValueError for times without a zone.
    """
    return {
        "@context": [CONTEXT],
        "id": list_id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": stamp(made),
        "validUntil": stamp(until),
        "credentialSubject": {
            "id": f"{list_id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "ttl": seconds * 1000,
            "encodedList": encode(raised),
        },
    }


def entries_of(document: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return a credential's status entries.

    Raises: BadStatusList for an entry of another type or without its members.
    """
    stated = document.get("credentialStatus", [])
    found = stated if isinstance(stated, list) else [stated]
    return tuple(map(_entry, found))


def _entry(stated: Any) -> Entry:
    if not isinstance(stated, dict) or stated.get("type") != "BitstringStatusListEntry":
        raise BadStatusList("the status is not by a bitstring status list")
    purpose, place, index = (stated.get(name) for name in ("statusPurpose", "statusListCredential", "statusListIndex"))
    text = str(index)
    if not isinstance(purpose, str) or not isinstance(place, str) or not (text.isascii() and text.isdecimal()):
        raise BadStatusList("a status entry lacks purpose, list or index")
    if len(text) > 12 or stated.get("statusSize", 1) != 1:
        raise BadStatusList("a status entry of more than one bit is not read here")
    return Entry(purpose, place, int(text))


def raised_in(entry: Entry, list_credential: Mapping[str, Any], *, at: datetime) -> bool:
    """Tell whether an entry's bit is set in a list that was verified before.

    Raises: BadStatusList if it is another list, for another purpose, no longer to be relied on, or can't be read.
    """
    subject = list_credential.get("credentialSubject")
    kinds = list_credential.get("type")
    if not isinstance(subject, dict) or subject.get("type") != "BitstringStatusList" or not _named(kinds):
        raise BadStatusList("this is no status list")
    if list_credential.get("id") != entry.list_id or entry.purpose not in _listed(subject.get("statusPurpose")):
        raise BadStatusList("this is another status list")
    begins, ends = moment(list_credential.get("validFrom")), moment(list_credential.get("validUntil"))
    if (begins is not None and at < begins) or (ends is not None and at > ends):
        raise BadStatusList("the status list is out of date")
    return is_set(decode(str(subject.get("encodedList", ""))), entry.index)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _named(kinds: Any) -> bool:
    return isinstance(kinds, list) and "BitstringStatusListCredential" in kinds
