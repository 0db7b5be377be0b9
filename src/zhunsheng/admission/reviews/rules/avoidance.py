"""Who must keep out of a panel, and why: plain facts in, reasons out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhunsheng.foundation.workdays import add_months

AS_REASONS: Final = {"employed": "declared_employer", "other": "interest"}
"""How a declared interest is called among the reasons of a draw, where the name differs."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time at a body; no last day: it still runs, no first day: since always."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Interested:
    """What somebody declared about a body: consultancy, family or another interest, and when it ended."""

    kind: str
    last: date | None


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """What is on record about an assessor with regard to one body on one day.

    `tasks` are those of the last year, `rest` the quarters since the last one; `same_house`: has an account of the
    applicant's house; `left`: was on this panel and left it;
    `opened`: opened this review.
    """

    number: str
    rank: str
    fields: tuple[str, ...]
    standing: str
    employments: tuple[Span, ...] = ()
    interests: tuple[Interested, ...] = ()
    on_last_panels: bool = False
    open_reviews: int = 0
    tasks: int = 0
    rest: int = 0
    same_house: bool = False
    left: bool = False
    opened: bool = False


def reasons(found: CandidateFacts, on: date, law: Mapping[str, int]) -> Iterator[str]:
    """Yield every reason for which an assessor is barred; none: may be drawn.

    Args:
        law: `years_after_employment`, `years_after_consultancy` and `most_open_reviews` of the day.
    Source: law/reviews.yaml REVIEW-AVOIDANCE; registry.bodies law/experts.yaml experts.avoidance.
    """
    if found.left:
        yield "replaced"
    if found.opened:
        yield "draws_the_panel"
    if found.standing not in {"available", "warned"}:
        yield found.standing if found.standing in {"untrained", "suspended"} else "not_in_register"
    if found.same_house or any(_runs(one, on) for one in found.employments):
        yield "employer"
    elif any(_within(one.last, on, law["years_after_employment"]) for one in found.employments):
        yield "former_employer"
    yield from sorted({AS_REASONS.get(one.kind, one.kind) for one in found.interests if _applies(one, on, law)})
    if found.on_last_panels:
        yield "last_panel"
    if found.open_reviews >= law["most_open_reviews"]:
        yield "workload"


def _runs(span: Span, on: date) -> bool:
    return (span.first is None or span.first <= on) and (span.last is None or span.last >= on)


def _within(last: date | None, on: date, years: int) -> bool:
    return last is not None and last < on and last >= add_months(on, -12 * years)


def _applies(one: Interested, on: date, law: Mapping[str, int]) -> bool:
    """Tell whether an ended interest still counts: consultancy for some years, everything else not."""
    if one.last is None or one.last >= on:
        return True
    return one.kind == "consultancy" and _within(one.last, on, law["years_after_consultancy"])


def row(found: CandidateFacts, barred: tuple[str, ...]) -> dict[str, str]:
    """Return an assessor as a row of the draw's public frame: register number and kinds of reasons, no words."""
    return {
        "id": found.number,
        "fields": " ".join(found.fields),
        "rank": found.rank,
        "barred": " ".join(barred),
        "load": str(found.tasks),
        "rest": str(found.rest),
    }
