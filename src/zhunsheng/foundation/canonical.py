"""RFC 8785 (JSON Canonicalization Scheme) bytes and their digests."""

import hashlib
from contextlib import suppress
from typing import Any

import orjson
import rfc8785

from zhunsheng.foundation.errors import DomainError

_SAFE = 2**53 - 1
_TEXT = frozenset({str})


class NotCanonical(DomainError):
    """A value that JSON or RFC 8785 has no form for (NaN, integers beyond 2^53, lone surrogates, other types)."""

    code = "not-canonical"


def _plain(value: Any) -> bool:
    """Tell whether orjson's sorted output is provably RFC 8785.

    ASCII keys sort alike by code point, UTF-8 byte and UTF-16 unit; both write strings with the same short escapes;
    integers in the safe range print alike. Floats print differently and exact types matter (an Enum or a date is
    not JSON), so anything else takes the slow path.
    """
    if type(value) is dict and _flat_texts(value):
        return True
    stack = [value]
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind is str or item is None or kind is bool:
            continue
        if kind is dict:
            for key in item:
                if type(key) is not str or not key.isascii():
                    return False
            stack.extend(item.values())
        elif kind is list or kind is tuple:
            stack.extend(item)
        elif kind is not int or not -_SAFE <= item <= _SAFE:
            return False
    return True


def _flat_texts(value: dict[Any, Any]) -> bool:
    """Tell whether an object holds only texts under ASCII names, as most that is signed or logged does."""
    return (
        _TEXT.issuperset(map(type, value)) and _TEXT.issuperset(map(type, value.values())) and "".join(value).isascii()
    )


def canonical_bytes(value: Any) -> bytes:
    """Return the RFC 8785 form of a JSON value as UTF-8.

    Raises: NotCanonical.
    """
    if _plain(value):
        with suppress(orjson.JSONEncodeError):  # nested deeper than orjson goes, or a lone surrogate
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    try:
        return rfc8785.dumps(value)
    except (ValueError, TypeError, RecursionError) as error:  # what rfc8785 raises is a ValueError
        raise NotCanonical("The value has no canonical JSON form: %(why)s.", params={"why": str(error)}) from error


def digest_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 lower-case hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()


def canonical_digest(value: Any) -> str:
    """Return the SHA-256 of a JSON value's canonical form.

    Raises: NotCanonical.
    """
    return digest_hex(canonical_bytes(value))
