"""The law of cases: violations, consequences, the benchmark and the clocks, loaded and validated once."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError

FOLDER: Final = Path(__file__).parent / "law"
TEMPLATES: Final = Path(__file__).parent / "typst"
KINDS: Final = frozenset(
    {
        "order_to_correct", "warning", "fine", "confiscate", "qualification", "occupation_ban", "application_bar",
        "reminder", "joint_liability", "police",
    }
)  # fmt: skip
STEPS: Final = frozenset({"waived", "may_waive", "lenient", "severe", "serious", "none"})
WHEN: Final = frozenset({"always", "serious", "uncorrected", "major_loss", "crime"})


class UnknownViolation(DomainError):
    """A violation that the law of that day does not know."""

    code = "violation-unknown"

    def __init__(self, violation: str) -> None:
        super().__init__(
            "“%(violation)s” is no violation of the catalogue.", params={"violation": violation}, field="violation",
            remedy="Choose one of the violations offered.",
        )  # fmt: skip


@cache
def book() -> Lawbook:
    """Return the room's lawbook. Raises: LawbookError for what the yardstick can't read."""
    found = Lawbook.load(FOLDER)
    for entry in found:
        if entry.id.startswith("CON-"):
            _check_consequence(entry, found)
        elif entry.id.startswith("CIRCUMSTANCE-") and entry.values.get("step") not in STEPS:
            raise LawbookError(entry.id, "a circumstance leads to a known step")
        elif "template" in entry.values and not (TEMPLATES / f"{entry.values['template']}.typ").is_file():
            raise LawbookError(entry.id, "the template exists")
    return found


def _check_consequence(entry: Entry, found: Lawbook) -> None:
    values = entry.values
    if values.get("kind") not in KINDS or values.get("when") not in WHEN:
        raise LawbookError(entry.id, "a consequence has a known kind and condition")
    if any(one not in found for one in values["violations"]):
        raise LawbookError(entry.id, "a consequence names violations of the catalogue")
    if not all(one.article for one in entry.basis):
        raise LawbookError(entry.id, "a consequence cites its article")
    if values["kind"] == "fine" and not ("amount" in values or "multiple" in values):
        raise LawbookError(entry.id, "a fine has an amount or a multiple")


def violation(name: str, on: date) -> Entry:
    """Return a violation on a day. Raises: UnknownViolation."""
    found = next((one for one in violations(on) if one.id == name), None)
    if found is None:
        raise UnknownViolation(name)
    return found


def violations(on: date) -> Iterator[Entry]:
    """Yield the violations of the catalogue on a day."""
    return (one for one in book() if one.id.startswith("VIO-") and one.holds_on(on))


def consequences(name: str, on: date) -> Iterator[Entry]:
    """Yield what the law of a day attaches to a violation."""
    return (
        one for one in book()
        if one.id.startswith("CON-") and one.holds_on(on) and name in one.values["violations"]
    )  # fmt: skip


def circumstances(on: date) -> dict[str, Entry]:
    """Return the circumstances of the benchmark on a day, by code."""
    rows = (one for one in book() if one.id.startswith("CIRCUMSTANCE-") and one.holds_on(on))
    return {str(one.values["circumstance"]): one for one in rows}


def rule(name: str, on: date) -> Entry:
    """Return the entry of an id on a day. Raises: NotInForce, KeyError."""
    return book().on(name, on)


def document(kind: str, on: date) -> Entry:
    """Return the entry of a kind of document on a day. Raises: NotInForce, KeyError."""
    return book().on(f"DOC-{kind.upper().replace('_', '-')}", on)


def named(entry: Entry) -> str:
    """Return id and version, as decisions keep them."""
    return f"{entry.id} {book().version_of(entry)}"


def cited(entry: Entry) -> str:
    """Return the articles of an entry as a decision cites them: the law's name without its edition."""
    return "、".join(f"《{one.law.partition('（')[0]}》{one.article}" for one in entry.basis)
