"""CAS registry numbers."""

import re
from dataclasses import dataclass

from zhunsheng.foundation.identifiers.text import IdentifierError, tidy

_SHAPE = re.compile(r"(?:CAS(?: ?(?:NO|RN))?[.:]? ?)?([0-9]{2,7})-([0-9]{2})-([0-9])", re.IGNORECASE)


@dataclass(frozen=True)
class CasNumber:
    """A CAS registry number, its check digit proved."""

    code: str

    def __str__(self) -> str:
        return self.code


def parse_cas(text: str) -> CasNumber:
    """Return the CAS number in a text.

    Raises: IdentifierError for a wrong shape or check digit.
    Source: CAS: sum of digit times position from the right (check digit excluded), modulo 10.
    """
    found = _SHAPE.fullmatch(tidy(text))
    if not found:
        raise IdentifierError("cas", "a CAS number looks like 7439-92-1", "Copy the number again.", text=text)
    digits = found[1] + found[2]
    total = sum(int(digit) * place for place, digit in enumerate(reversed(digits), 1))
    if total % 10 != int(found[3]):
        raise IdentifierError(
            "cas", "the last digit of the CAS number doesn't fit the others", "Compare it with the source.", text=text
        )
    return CasNumber(f"{found[1]}-{found[2]}-{found[3]}")
