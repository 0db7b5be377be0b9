"""The whole of a review for its page and its report (tables 4 to 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from zhunsheng.admission.licensing.lifecycle import PersonPost
from zhunsheng.admission.reviews import lawbook
from zhunsheng.admission.reviews.lifecycle import MemberState, NonconformityState, Verdict
from zhunsheng.admission.reviews.models import Conclusion, ConclusionVoice, Nonconformity, Review
from zhunsheng.admission.reviews.rules.outcomes import possible_conclusions
from zhunsheng.admission.reviews.selectors.progress import proposed_outcomes
from zhunsheng.admission.reviews.selectors.reviews import members_of


def figures_of(review: Review) -> dict[str, int]:
    """Return how much of the sheet is done and how the nonconformities stand: three queries."""
    clauses = review.checklist.aggregate(
        clauses=Count("pk"),
        judged=Count("pk", filter=~Q(verdict="")),
        failing=Count("pk", filter=Q(verdict=Verdict.FAILS)),
    )
    lines = review.confirmations.aggregate(
        lines=Count("pk"),
        looked_at=Count("pk", filter=Q(confirmed__isnull=False)),
        confirmed=Count("pk", filter=Q(confirmed=True)),
    )
    found = review.nonconformities.exclude(state=NonconformityState.DROPPED).aggregate(
        nonconformities=Count("pk"), closed=Count("pk", filter=Q(state=NonconformityState.CLOSED))
    )
    return clauses | lines | found


def voices_of(conclusion: Conclusion) -> QuerySet[ConclusionVoice]:
    """Return what members say of the conclusion as it is written now."""
    return conclusion.voices.filter(outdated_at=None).order_by("pk")


def conclusion_of(review: Review) -> tuple[Conclusion, Mapping[str, str]] | None:
    """Return the conclusion with its words in zh and en, where one is written."""
    found = Conclusion.objects.filter(review=review).select_related("by").first()
    if found is None:
        return None
    words = lawbook.conclusions(timezone.localdate(found.at)).get(found.kind, {"zh": found.kind, "en": found.kind})
    return found, words


def possible_for(review: Review, on: date) -> list[tuple[str, Mapping[str, str]]]:
    """Return the conclusions that agree with the findings, each with its words."""
    had = review.nonconformities.exclude(state=NonconformityState.DROPPED).exists()
    known = lawbook.conclusions(on)
    return [(key, known[key]) for key in possible_conclusions(proposed_outcomes(review), had_nonconformities=had)]


@dataclass(frozen=True, slots=True)
class Report:
    """What the printed report shows."""

    review: Review
    members: Sequence[Any]
    checklist: Sequence[Any]
    lines: Sequence[Any]
    outcomes: dict[int, Any]
    signatories: Sequence[Any]
    nonconformities: Sequence[Nonconformity]
    rounds: Sequence[Any]
    sessions: Sequence[Any]
    conclusion: Conclusion | None
    voices: Sequence[Any]


def report_of(review: Review) -> Report:
    """Return everything for the report: constant queries."""
    conclusion = Conclusion.objects.filter(review=review).select_related("by").first()
    people = review.application.people.filter(post=PersonPost.SIGNATORY, leaves=False).order_by("pk")
    found = review.nonconformities.exclude(state=NonconformityState.DROPPED).order_by("number")
    return Report(
        review=review,
        members=[one for one in members_of(review) if one.state == MemberState.SERVING],
        checklist=list(review.checklist.order_by("place")),
        lines=list(review.confirmations.select_related("line", "line__site").order_by("line__number")),
        outcomes={one.line_id: one for one in conclusion.lines.all()} if conclusion else {},
        signatories=list(people),
        nonconformities=list(
            found.select_related("panel_by", "body_by").prefetch_related("lines", "answers__verified_by")
        ),
        rounds=list(review.rounds.order_by("number")),
        sessions=list(review.sessions.order_by("began_at")),
        conclusion=conclusion,
        voices=list(voices_of(conclusion).select_related("member__expert")) if conclusion else [],
    )
