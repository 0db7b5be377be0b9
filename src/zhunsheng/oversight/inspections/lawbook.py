"""What the law and the province's rules say about inspections on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

from zhunsheng.foundation.lawbook import Entry, Lawbook

LAW: Final = Path(__file__).parent / "law"
RATES, FREQUENCY, INSPECTORS = "INSPECTION-RATES", "INSPECTION-FREQUENCY", "INSPECTION-INSPECTORS"
MATTERS, RESULTS, FIELDS = "INSPECTION-MATTERS", "INSPECTION-RESULTS", "INSPECTION-FIELDS"
NO_PROBLEM: Final = "1"
"""The code of an inspection without findings."""


@cache
def book() -> Lawbook:
    """Return the room's lawbook."""
    return Lawbook.load(LAW)


def rule(name: str, on: date) -> Entry:
    """Return the entry that holds on a day. Raises: NotInForce."""
    return book().on(name, on)


def named(entry: Entry) -> str:
    """Return id and version, as records keep them."""
    return f"{entry.id} {book().version_of(entry)}"


def matters(on: date) -> dict[str, Mapping[str, Any]]:
    """Return the matters of inspection of a day by their code, with words in zh and en."""
    return {str(one["code"]): one for one in rule(MATTERS, on).values["matters"]}


def fields(on: date) -> dict[str, Mapping[str, Any]]:
    """Return the fields of testing of a day by their code, with words in zh and en."""
    return {str(one["code"]): one for one in rule(FIELDS, on).values["fields"]}


def said(words: Mapping[str, Any] | None, code: str = "") -> str:
    """Return words of the law in the reader's language; the code where there are none."""
    if words is None:
        return code
    return str(words["en"] if (get_language() or "").startswith("en") else words["zh"])


def result_codes(on: date) -> dict[str, Mapping[str, Any]]:
    """Return the standard result codes of a day by code, with words in zh and en."""
    return {str(one["code"]): one for one in rule(RESULTS, on).values["codes"]}


def violation_of(codes: Iterable[str], on: date) -> bool | None:
    """Return whether result codes say that something was wrong; None where the body could not be inspected."""
    known = result_codes(on)
    said = {known[one]["violation"] for one in codes}
    if True in said:
        return True
    return False if False in said else None
