"""The identity number of a person (GB 11643-1999)."""

import re
from dataclasses import dataclass
from datetime import date

from zhunsheng.foundation.identifiers.text import IdentifierError, tidy

_FIELD = "id_number"
_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))  # GB 11643-1999, 4.4: 2^(i-1) mod 11
_CHECKS = "10X98765432"
_OLDEST = date(1880, 1, 1)


@dataclass(frozen=True)
class IdNumber:
    """An identity number of eighteen characters, its date and check character proved."""

    code: str

    @property
    def division(self) -> str:
        """The division where it was first given (6 digits)."""
        return self.code[:6]

    @property
    def born_on(self) -> date:
        """The day of birth."""
        return date(int(self.code[6:10]), int(self.code[10:12]), int(self.code[12:14]))

    def __str__(self) -> str:
        return self.code


def check_character(first17: str) -> str:
    """Return the check character of the first seventeen digits. Source: GB 11643-1999, ISO 7064 MOD 11-2."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def parse_id_number(text: str) -> IdNumber:
    """Return the identity number in a text. Its digits are never part of a refusal.

    Raises: IdentifierError for a wrong shape, day of birth or check character.
    Source: GB 11643-1999.
    """
    code = tidy(text).replace(" ", "").upper()
    if not _SHAPE.fullmatch(code):
        raise _refusal("an identity number has 17 digits and a last digit or X")
    try:
        born = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        born = None
    if born is None or born < _OLDEST:
        raise _refusal("the digits 7 to 14 of an identity number are a day of birth")
    if check_character(code[:17]) != code[17]:
        raise _refusal("the last character of the identity number doesn't fit the others")
    return IdNumber(code)


def _refusal(rule: str) -> IdentifierError:
    return IdentifierError(_FIELD, rule, "Compare it with the identity card.", text="…")
