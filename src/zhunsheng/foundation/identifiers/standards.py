"""Numbers of standards: "GB 5749-2022", "GB/T 5750.4-2023", "DB44/T 1234-2020", "T/CAS 123-2020", "ISO 7027-1:2016"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from zhunsheng.foundation.identifiers.text import IdentifierError, tidy

_LAST_CENTURY = 1900
_QUOTES = str.maketrans("", "", "《》〈〉<>“”\"'?？")
_HOME = re.compile(
    r"""
    (?P<prefix>
        DB[0-9]{2,6}(?:/T)?        # local: DB44, DB44/T, DB4401/T
      | T/[A-Z][A-Z0-9]*           # group: T/CAS
      | Q/[A-Z0-9]+                # enterprise: Q/ABC
      | [A-Z]{2,4}(?:/[TZ])?       # GB, GB/T, GB/Z, GBZ, HJ, NY/T, JJG
    )
    \s*(?P<base>[A-Z]?[0-9]+(?:\.[0-9]+)*)     # parts by dot: GB 4806.7
    (?:\s*-\s*(?P<year>[12][0-9]{3}|[0-9]{2}))?
    """,
    re.VERBOSE,
)
_ABROAD = re.compile(
    r"""
    (?P<prefix>(?:EVS-|DIN[ ]|BS[ ])?(?:EN[ ](?:ISO|IEC)|EN|ISO|IEC|ASTM|EVS)(?:/[A-Z]+)*)
    \s*(?P<base>[A-Z]?[0-9]+(?:-[0-9]{1,2}(?![0-9]))*)   # parts by dash: ISO 7027-1
    (?:\s*[-:]\s*(?P<year>[12][0-9]{3}))?
    """,
    re.VERBOSE,
)
_END_WITHOUT_YEAR = re.compile(r"$|[\s(（,;:+]|[\u4e00-\u9fff]")


@dataclass(frozen=True)
class StandardNumber:
    """A standard's number: `code` with the year, `base_code` without (the key that outlives editions)."""

    prefix: str
    base: str
    year: int | None

    @property
    def base_code(self) -> str:
        """The number without its year, "GB/T 5750.4"."""
        return f"{self.prefix} {self.base}"

    @property
    def code(self) -> str:
        """The number with its year where it has one, "GB/T 5750.4-2023" (ISO and EN: with a colon)."""
        if self.year is None:
            return self.base_code
        return f"{self.base_code}{':' if _ABROAD.match(self.base_code) else '-'}{self.year}"

    @property
    def local_division(self) -> str | None:
        """The two to six digits of a local standard's division ("44" = Guangdong), else None."""
        found = re.match(r"DB([0-9]+)", self.prefix)
        return found[1] if found else None

    def __str__(self) -> str:
        return self.code


@lru_cache(maxsize=65536)
def parse_standard(text: str) -> StandardNumber:
    """Return the standard at the start of a text; a title, clause or bracket after it is left out.

    Full-width forms, stray question marks, book-title marks and spaces are made plain; two-digit years are of the
    last century ("GB 5749-85"); what follows the first year is cut.
    Raises: IdentifierError.
    """
    plain = tidy(text.translate(_QUOTES)).upper()
    plain = re.sub(r"\s*/\s*", "/", plain)
    found = _ABROAD.match(plain) or _HOME.match(plain)
    if not found:
        raise _refusal(text, "a standard number looks like GB 5749-2022")
    year, tail = found["year"], plain[found.end() :]
    if tail[:1].isdecimal() or (year is None and not _END_WITHOUT_YEAR.match(tail)):
        raise _refusal(text, "“%(tail)s” after the standard number isn't understood", tail=tail[:20])
    full_year = None if year is None else int(year) + (_LAST_CENTURY if len(year) == 2 else 0)
    return StandardNumber(found["prefix"], found["base"], full_year)


def _refusal(text: str, rule: str, **places: str) -> IdentifierError:
    return IdentifierError("standard", rule, "Give prefix, number and year.", text=text, **places)
