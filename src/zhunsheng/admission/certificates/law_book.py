"""The law of certificates: numbers, terms, templates and the grounds of measures, loaded and validated once."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError

FOLDER: Final = Path(__file__).parent / "law"
TYPST: Final = Path(__file__).parent / "typst"
MEASURES: Final = frozenset({"suspend", "reduce", "cancel", "revoke"})
REDUCTIONS: Final = frozenset({"stopped", "reports_stopped", "withdrawn", "cancelled", "lost"})


@cache
def book() -> Lawbook:
    """Return the room's lawbook. Raises: LawbookError for a measure or template that nothing carries out."""
    found = Lawbook.load(FOLDER)
    for entry in found:
        if entry.id.startswith("MEASURE-"):
            measures = set(entry.values.get("measures", ()))
            if not measures or not measures <= MEASURES:
                raise LawbookError(entry.id, "a ground names measures that are known")
            if "reduce" in measures and entry.values.get("reduction") not in REDUCTIONS:
                raise LawbookError(entry.id, "a ground for ending lines names how the register keeps them")
        if entry.id.endswith("-TEMPLATE") and not (TYPST / entry.values["file"]).is_file():
            raise LawbookError(entry.id, "the template's file is missing")
    return found


def numbering(on: date) -> Entry:
    """Return how numbers are made on a day."""
    return book().on("CERTIFICATE-NUMBER", on)


def term(on: date) -> Entry:
    """Return how long a certificate holds that is granted on a day."""
    return book().on("CERTIFICATE-TERM", on)


def template(kind: str, on: date) -> Entry:
    """Return the template of a certificate or a schedule that is issued on a day."""
    return book().on(f"{kind.upper()}-TEMPLATE", on)


def grounds(measure: str, on: date) -> Iterator[Entry]:
    """Yield the grounds on which a measure may be taken on a day."""
    return (one for one in book() if measure in one.values.get("measures", ()) and one.holds_on(on))
