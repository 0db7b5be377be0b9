"""Numbers of certificates and marks: CCC and the organic code; neither has a check digit."""

import re
from dataclasses import dataclass

from zhunsheng.foundation.identifiers.text import IdentifierError, tidy

_DIGITS_16 = re.compile(r"[0-9]{16}")
_DIGITS_17 = re.compile(r"[0-9]{17}")


@dataclass(frozen=True)
class CccNumber:
    """A compulsory product certificate's number: year 4, body 2, product 4, serial 6."""

    code: str

    @property
    def year(self) -> int:
        """The year of issue."""
        return int(self.code[:4])

    @property
    def body(self) -> str:
        """The certification body's two digits."""
        return self.code[4:6]

    @property
    def product(self) -> str:
        """Catalogue class and product (4 digits)."""
        return self.code[6:10]

    @property
    def serial(self) -> str:
        """The running number (6 digits)."""
        return self.code[10:]

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class OrganicCode:
    """A 17-digit organic code: body 3, year 2, random 12 (foreign bodies: 9 and two more digits)."""

    code: str

    @property
    def foreign(self) -> bool:
        """Whether the body is a foreign one."""
        return self.code[0] == "9"

    @property
    def body(self) -> str:
        """The last three digits of the body's approval number."""
        return self.code[:3]

    @property
    def year(self) -> int:
        """The year in which the code was made, as four digits."""
        return 2000 + int(self.code[3:5])

    def __str__(self) -> str:
        return self.code


def parse_ccc(text: str) -> CccNumber:
    """Return the CCC certificate number in a text.

    Raises: IdentifierError.
    """
    code = tidy(text).replace(" ", "")
    if not _DIGITS_16.fullmatch(code):
        raise IdentifierError(
            "ccc", "a CCC certificate number has 16 digits", "Copy the number again, without a suffix.", text=text
        )
    return CccNumber(code)


def parse_organic(text: str) -> OrganicCode:
    """Return the organic code in a text.

    Raises: IdentifierError.
    """
    code = tidy(text).replace(" ", "")
    if not _DIGITS_17.fullmatch(code):
        raise IdentifierError(
            "organic", "an organic code has 17 digits", "Copy the code under the mark again.", text=text
        )
    return OrganicCode(code)
