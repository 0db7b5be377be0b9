"""The result lines of one report as rows of the lake: names as keys, numbers in canonical units. No database."""

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from msgspec import UNSET, UnsetType

from zhunsheng.foundation.identifiers import IdentifierError, normalise_name, parse_standard
from zhunsheng.foundation.quantities import Measured, read_value
from zhunsheng.oversight.reports.format import Report, day_of, moment_of
from zhunsheng.oversight.reports.format.moments import is_moment
from zhunsheng.oversight.reports.format.structs import Party, Person, Result
from zhunsheng.oversight.reports.rules.words import read_verdict
from zhunsheng.platform.lake.units import Scale, scale_of

HASH_CHARACTERS: Final = 16
CMA_DIGITS: Final = 12
_CENSOR: Final = {
    "number": "",
    "less_than": "<",
    "greater_than": ">",
    "not_detected": "nd",
    "detected": "d",
    "word": "text",
    "empty": "text",
}
_LEAST_DECIMALS, _MOST_DECIMALS = -99, 99
_read = lru_cache(maxsize=262_144)(read_value)
_plain = lru_cache(maxsize=65_536)(normalise_name)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the archive knows of a report beside its content.

    `parameters` gives the catalogue's code of each line's parameter where it was recognised.
    """

    leaf_index: int
    digest: str
    body: str
    arrived: datetime
    division: str
    generated: bool
    parameters: dict[int, str]


class Hider:
    """Turns names of parties into hashes that only this installation can make."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.hide: Callable[[str], str] = lru_cache(maxsize=65_536)(self._hide)

    def _hide(self, text: str) -> str:
        return hmac.digest(self._key, text.encode(), sha256).hex()[:HASH_CHARACTERS]

    def party(self, party: Party | UnsetType) -> str | None:
        """Return the hash of a party by its credit code, else its name; None where it says neither."""
        if party is UNSET:
            return None
        if party.uscc:
            return self.hide(f"uscc:{party.uscc}")
        return self.hide(f"name:{_plain(party.name)}") if party.name else None

    def person(self, person: Person | UnsetType) -> str | None:
        """Return the body's own code of a person, else the hash of the name."""
        if person is UNSET:
            return None
        if person.code:
            return str(person.code)
        return self.hide(f"person:{_plain(person.name)}") if person.name else None


def rows_of(report: Report, kept: Kept, hider: Hider) -> Iterator[dict[str, Any]]:
    """Yield one row of the lake's schema for each result line."""
    shared = _of_report(report, kept, hider)
    for result in report.results:
        yield shared | _of_line(result, kept.parameters.get(result.line))


def _of_report(report: Report, kept: Kept, hider: Hider) -> dict[str, Any]:
    dates, sample = report.dates or None, report.sample or None
    cma = report.body.cma or ""
    return {
        "leaf_index": kept.leaf_index,
        "report": kept.digest,
        "body": kept.body,
        "number": report.number,
        "version": report.version,
        "purpose": report.business or report.purpose or None,
        "received": _day((dates.received if dates else UNSET) or (sample.received if sample else UNSET)),
        "issued": _day(dates.issued) if dates else None,
        "signatory": hider.person(report.signatory),
        "client": hider.party(report.client),
        "producer": hider.party(report.producer),
        "sample": (sample.id or None) if sample else None,
        "site": report.site or None,
        "object": _plain(sample.object or sample.name) if sample and (sample.object or sample.name) else None,
        "arrived": kept.arrived.astimezone(UTC),
        "division": kept.division or None,
        "field": cma[4:6] if len(cma) == CMA_DIGITS else None,
        "generated": kept.generated,
    }


def _of_line(result: Result, parameter: str | None) -> dict[str, Any]:
    scale = scale_of(result.unit or "")
    measured = _read(result.value) if result.value else None
    method, year = _method(result.method) if result.method else (None, None)
    limit = result.limit or None
    return {
        "line": result.line,
        "parameter": parameter or _plain(result.parameter),
        "method": method,
        "method_year": year,
        "unit": scale.unit or None,
        "value_text": result.value or None,
        **_numbers(measured, scale),
        "loq": _scaled(result.loq, scale),
        "limit_min": _scaled(limit.min, scale) if limit else None,
        "limit_max": _scaled(limit.max, scale) if limit else None,
        "limit_standard": (limit.standard or None) if limit else None,
        "verdict": (read_verdict(result.verdict) or "") if result.verdict else "",
        "instrument": result.instrument or None,
        "analyst": result.analyst or None,
        "started": _moment(result.started),
        "finished": _moment(result.finished),
        "subcontracted": result.subcontractor is not UNSET,
    }


def _numbers(measured: Measured | None, scale: Scale) -> dict[str, Any]:
    """Return value, decimals, step and censoring; what is no number has none of the first three."""
    if measured is None:
        return {"value": None, "decimals": None, "step": None, "censor": "text"}
    censor = _CENSOR[measured.kind]
    if measured.number is None:
        return {"value": None, "decimals": None, "step": None, "censor": censor}
    exponent = measured.number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    value = float(measured.number) * scale.factor + scale.offset
    if not _LEAST_DECIMALS <= decimals <= _MOST_DECIMALS:
        return {"value": value, "decimals": None, "step": None, "censor": censor}
    return {"value": value, "decimals": decimals, "step": 10.0**-decimals * abs(scale.factor), "censor": censor}


@lru_cache(maxsize=65_536)
def _method(text: str) -> tuple[str, int | None]:
    try:
        found = parse_standard(text)
    except IdentifierError:
        return _plain(text), None
    return found.base_code, found.year


def _scaled(number: str | UnsetType, scale: Scale) -> float | None:
    return None if number is UNSET else float(number) * scale.factor + scale.offset


def _day(text: str | UnsetType) -> date | None:
    return day_of(text) if text else None


def _moment(text: str | UnsetType) -> datetime | None:
    return moment_of(text) if text and is_moment(text) else None
