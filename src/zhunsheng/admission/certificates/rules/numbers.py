"""How a certificate number `YYAAFFMMSSSS` is made of year, issuer, field, sector and serial.

Source: law/numbers.yaml, entry CERTIFICATE-NUMBER, and the foundation's identifiers.cma.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import IdentifierError, parse_cma

LAST_SERIAL: Final = 9999


class NumberRefused(DomainError):
    """A certificate number that can't be given."""

    code = "certificate-number-refused"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a number before its serial: two digits each."""

    year: str
    issuer: str
    field: str
    sector: str

    @property
    def stem(self) -> str:
        """The first eight digits."""
        return self.year + self.issuer + self.field + self.sector

    def within(self, names: Iterable[str]) -> str:
        """Return the parts in which serials run on, as a key."""
        return "-".join(f"{name}{getattr(self, name)}" for name in names)


def issuer_of(division: str, values: Mapping[str, Any]) -> str:
    """Return the issuer's code of a province, given by a division's six digits. Raises: NumberRefused."""
    code = values["issuers"].get(division[:2])
    if code is None:
        raise NumberRefused(
            "No authority of division %(division)s grants certificates.",
            params={"division": division},
            remedy="Set the installation's province to one that the list of issuers knows.",
        )
    return str(code)


def field_of(groups: Iterable[tuple[str, str]], values: Mapping[str, Any]) -> str:
    """Return the field's code for the domains and categories of all lines: food before all, several are one code."""
    texts = {f"{domain} {category}" for domain, category in groups}
    food = values["food"]
    if any(_names(text, food["words"]) and not _names(text, food["except"]) for text in texts):
        return str(food["code"])
    found = {_field_of(text, values) for text in texts} - {None}
    if not found:
        return str(values["other"])
    return found.pop() or "" if len(found) == 1 else str(values["several"])


def _field_of(text: str, values: Mapping[str, Any]) -> str | None:
    return next((str(one["code"]) for one in values["fields"] if _names(text, one["words"])), None)


def _names(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def make(parts: Parts, serial: int) -> str:
    """Return the number. Raises: NumberRefused when the serials of these parts are used up."""
    if not 1 <= serial <= LAST_SERIAL:
        raise NumberRefused(
            "The serial numbers %(stem)s0001 to %(stem)s9999 are used up.",
            params={"stem": parts.stem},
            remedy="Ask the province for the rule that applies then, and enter it in the law on numbers.",
        )
    return f"{parts.stem}{serial:04d}"


def national(number: str) -> bool:
    """Tell whether the national administration granted a certificate: its issuer is 00."""
    try:
        return parse_cma(number).national
    except IdentifierError:
        return False
