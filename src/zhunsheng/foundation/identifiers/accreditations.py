"""Accreditation numbers: CMA certificates (12 digits, no check digit) and CNAS."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from zhunsheng.foundation.identifiers.text import IdentifierError, tidy
from zhunsheng.foundation.lawbook import Entry, Lawbook

_CMA = re.compile(r"(?:CMA ?)?([0-9]{12})", re.IGNORECASE)
_CNAS = re.compile(r"(?:CNAS ?)?(L|IB|PT|RM|C) ?([0-9]{3,5})", re.IGNORECASE)
_UNKNOWN = {
    "issuers": "%(code)s (digits 3 and 4) is no issuer of CMA certificates",
    "fields": "%(code)s (digits 5 and 6) is no field of CMA certificates",
    "sectors": "%(code)s (digits 7 and 8) is no sector of CMA certificates",
}
_LAW = Path(__file__).parent.parent / "law"


@cache
def _numbering() -> Lawbook:
    return Lawbook.load(_LAW / "identifiers.yaml")


@cache
def cma_codes(day: date) -> Entry:
    """Return the code lists of CMA certificate numbers as of a day (values: issuers, fields, sectors).

    Raises: NotInForce.
    """
    return _numbering().on("identifiers.cma", day)


@dataclass(frozen=True)
class CmaNumber:
    """A CMA certificate number `YYAAFFMMSSSS`."""

    code: str

    @property
    def year(self) -> int:
        """The year of issue, as four digits."""
        return 2000 + int(self.code[:2])

    @property
    def issuer(self) -> str:
        """Who granted it: 00 the national administration, else a province."""
        return self.code[2:4]

    @property
    def field(self) -> str:
        """The professional field (2 digits)."""
        return self.code[4:6]

    @property
    def sector(self) -> str:
        """The parent sector (2 digits)."""
        return self.code[6:8]

    @property
    def serial(self) -> str:
        """The running number (4 digits, from 0001)."""
        return self.code[8:]

    @property
    def issuer_name(self) -> Mapping[str, str]:
        """The issuer's name in zh and en."""
        return _name(self, "issuers", self.issuer)

    @property
    def field_name(self) -> Mapping[str, str]:
        """The field's name in zh and en."""
        return _name(self, "fields", self.field)

    @property
    def national(self) -> bool:
        """Whether the national administration granted it: a province reports problems upward."""
        return self.issuer == "00"

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class CnasNumber:
    """A CNAS registration: kind (L laboratory, IB inspection body, PT, RM, C certification body) and number."""

    kind: str
    number: str

    @property
    def code(self) -> str:
        """The number as written: "CNAS L0001"."""
        return f"CNAS {self.kind}{self.number}"

    def __str__(self) -> str:
        return self.code


def _name(number: CmaNumber, table: str, code: str) -> Mapping[str, str]:
    found: Mapping[str, str] = cma_codes(date(number.year, 12, 31)).values[table][code]
    return found


@lru_cache(maxsize=16384)
def parse_cma(text: str) -> CmaNumber:
    """Return the CMA certificate number in a text.

    Raises: IdentifierError for a wrong shape, a serial of 0000 or a code that the lists of that year lack.
    Source: law/identifiers.yaml, entry identifiers.cma.
    """
    found = _CMA.fullmatch(tidy(text).replace(" ", "").replace("-", ""))
    if not found:
        raise IdentifierError(
            "cma", "a CMA certificate number has 12 digits", "Copy the number from the certificate.", text=text
        )
    number = CmaNumber(found[1])
    lists = cma_codes(date(number.year, 12, 31)).values
    for table, code in (("issuers", number.issuer), ("fields", number.field), ("sectors", number.sector)):
        if code not in lists[table]:
            raise IdentifierError("cma", _UNKNOWN[table], "Compare it with the certificate.", text=text, code=code)
    if number.serial == "0000":
        raise IdentifierError(
            "cma", "serial numbers of CMA certificates begin at 0001", "Compare it with the certificate.", text=text
        )
    return number


def parse_cnas(text: str) -> CnasNumber:
    """Return the CNAS registration number in a text; "L1234" alone will do.

    Raises: IdentifierError.
    """
    found = _CNAS.fullmatch(tidy(text).replace("-", ""))
    if not found:
        raise IdentifierError("cnas", "a CNAS number looks like CNAS L1234", "Copy the number again.", text=text)
    return CnasNumber(found[1].upper(), found[2])
