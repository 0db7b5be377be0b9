"""What the law and the province's rules say about reviews on a day."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from zhunsheng.admission.licensing import law_book as licensing_law
from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError
from zhunsheng.registry.bodies.selectors.experts import experts_law

LAW: Final = Path(__file__).parent / "law"
PANEL, AVOIDANCE, CONFIRMATION = "REVIEW-PANEL", "REVIEW-AVOIDANCE", "REVIEW-CONFIRMATION"
CONCLUSION = "REVIEW-CONCLUSION"


@cache
def book() -> Lawbook:
    """Return the room's lawbook."""
    return Lawbook.load(LAW)


def rule(name: str, on: date) -> Entry:
    """Return the entry that holds on a day. Raises: NotInForce."""
    return book().on(name, on)


def avoidance(on: date) -> dict[str, int]:
    """Return every number that avoidance needs on a day."""
    own = rule(AVOIDANCE, on).values
    return {
        "years_after_employment": int(experts_law().on("experts.avoidance", on).values["years_after_employment"]),
        "years_after_consultancy": int(own["years_after_consultancy"]),
        "last_panels": int(own["last_panels"]),
        "most_open_reviews": int(own["most_open_reviews"]),
    }


def usual_size(mode: str, on: date) -> int:
    """Return how many members a panel usually has for a mode of review: what the form proposes."""
    return int(rule(PANEL, on).values["usual"][mode])


def least_size(mode: str, on: date) -> int:
    """Return how many members a panel has at least for a mode of review."""
    return int(rule(PANEL, on).values["least"][mode])


def conclusions(on: date) -> dict[str, Mapping[str, str]]:
    """Return the conclusions of a day by their codes, each with its words in zh and en."""
    return licensing_law.conclusions_on(on)


def conclusions_named(on: date) -> str:
    """Return id and version of the entry by which a review concludes on a day."""
    return licensing_law.conclusions().on(CONCLUSION, on).named


def checked(ways: tuple[str, ...]) -> None:
    """Compare the law's ways of confirming with the fields that hold them. Raises: LawbookError."""
    for entry in book():
        if entry.id == CONFIRMATION and tuple(one["key"] for one in entry.values["ways"]) != ways:
            raise LawbookError(entry.id, "ways must be the fields of a confirmation, in their order")


def words(one: Any, language: str) -> str:
    """Return words of the law in a language."""
    return str(one[language])
