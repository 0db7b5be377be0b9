"""The selection of RFC 3797, as published: kept to check old draws; new ones use SHA-256 (`seeds`)."""

import hashlib
from collections.abc import Sequence


def key_string(series: Sequence[Sequence[int]]) -> str:
    """Return the key of RFC 3797, section 4: each source's numbers ascending, a dot after each, a slash after all."""
    return "".join("".join(f"{number}." for number in sorted(numbers)) + "/" for numbers in series)


def selected(key: str, pool: int, count: int) -> list[int]:
    """Return the places (from 1) of those selected from a pool, in the order of selection.

    Raises: ValueError if more are wanted than there are, or more than the two-byte counter gives.
    Source: RFC 3797, sections 4 and 6: MD5 of counter, key, counter.
    """
    if not 0 <= count <= pool <= 65535:
        raise ValueError("count and pool must be ordered and below 65536")
    left = list(range(1, pool + 1))
    found = []
    for turn in range(count):
        mark = turn.to_bytes(2, "big")
        digest = hashlib.md5(mark + key.encode("ascii") + mark, usedforsecurity=False).digest()
        found.append(left.pop(int.from_bytes(digest, "big") % len(left)))
    return found
