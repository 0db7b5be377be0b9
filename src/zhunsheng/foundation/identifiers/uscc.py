"""The unified social credit code (GB 32100-2015)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from zhunsheng.foundation.identifiers.text import IdentifierError, tidy

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))  # GB 32100-2015, 5.5
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_FIELD = "uscc"


@dataclass(frozen=True)
class Uscc:
    """A unified social credit code and its parts."""

    code: str

    @property
    def department(self) -> str:
        """The registering department (1 character)."""
        return self.code[0]

    @property
    def type(self) -> str:
        """The kind of organisation within the department (1 character)."""
        return self.code[1]

    @property
    def region(self) -> str:
        """The registering authority's administrative division (6 characters)."""
        return self.code[2:8]

    @property
    def organisation(self) -> str:
        """The organisation code (9 characters, the last its own check)."""
        return self.code[8:17]

    def __str__(self) -> str:
        return self.code


def _check(first17: str) -> str:
    total = sum(_VALUE[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total) % 31]


def _organisation_check(first8: str) -> str:
    pairs = zip(first8, _ORGANISATION_WEIGHTS, strict=True)
    rest = 11 - sum(_ORGANISATION_ALPHABET.index(character) * weight for character, weight in pairs) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


@lru_cache(maxsize=16384)
def parse_uscc(text: str) -> Uscc:
    """Return the code in a text.

    Raises: IdentifierError for a wrong shape or check character. The organisation part's own check is not enforced:
    codes given to some older organisations break it.
    Source: GB 32100-2015.
    """
    code = tidy(text).replace(" ", "").replace("-", "").upper()
    if not _SHAPE.fullmatch(code):
        raise IdentifierError(
            _FIELD,
            "a social credit code has 18 characters of 0-9 and A-Y without I, O, S, V",
            "Copy the code again.",
            text=text,
        )
    expected = _check(code[:17])
    if code[17] != expected:
        raise IdentifierError(
            _FIELD, "the check character doesn't fit the other 17", "Compare it with the licence.", text=text
        )
    return Uscc(code)


def is_uscc(text: str) -> bool:
    """Tell whether a text is a unified social credit code."""
    try:
        parse_uscc(text)
    except IdentifierError:
        return False
    return True


def make_uscc(region: str, serial: str | int, *, department: str = "9", kind: str = "1") -> Uscc:
    """Return a well-formed code for generated data, with both check characters right.

    Args:
        region: six digits; serial: up to eight characters of the organisation part, padded with zeros.
    Raises: IdentifierError if a part has the wrong length or alphabet.
    """
    body = str(serial).rjust(8, "0").upper()
    first17 = f"{department}{kind}{region}{body}0"
    if len(first17) != 17 or not set(first17) <= set(ALPHABET):
        raise IdentifierError(
            _FIELD, "a part of the social credit code has a wrong length or alphabet", "Give 1, 1, 6 and 8 characters."
        )
    first17 = first17[:16] + _organisation_check(body)
    return Uscc(first17 + _check(first17))
