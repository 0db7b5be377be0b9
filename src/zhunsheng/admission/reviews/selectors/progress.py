"""How far a panel has come: what is left to do, what each line comes to, until when rectification runs."""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from zhunsheng.admission.reviews.lifecycle import UNSETTLED, WAYS, NonconformityState
from zhunsheng.admission.reviews.models import RectificationRound, Review
from zhunsheng.admission.reviews.rules.outcomes import Left, LineFacts, LineOutcome, line_outcomes


def left_to_do(review: Review) -> Left:
    """Return what the panel has yet to do before it can conclude."""
    no_way = Q(**dict.fromkeys(WAYS, False))
    return Left(
        clauses=review.checklist.filter(verdict="").count(),
        lines=review.confirmations.filter(confirmed=None).count(),
        without_way=review.confirmations.filter(no_way, confirmed=True).count(),
        unsettled=review.nonconformities.filter(state__in=UNSETTLED).count(),
        conflicts=review.changes.filter(outcome="conflict", resolved_at=None).count(),
    )


def facts_of_lines(review: Review) -> list[LineFacts]:
    """Return every line of a review with what the panel found about it, in the order of the application."""
    unmended: dict[int, list[int]] = defaultdict(list)
    failed = review.nonconformities.filter(state=NonconformityState.FAILED)
    for line_id, number in failed.exclude(lines=None).values_list("lines__id", "number"):
        unmended[line_id].append(number)
    rows = review.confirmations.order_by("line__number").values_list("line_id", "confirmed", *WAYS)
    return [
        LineFacts(line_id, confirmed, sum(ways), tuple(sorted(unmended[line_id]))) for line_id, confirmed, *ways in rows
    ]


def proposed_outcomes(review: Review) -> list[LineOutcome]:
    """Return what each line comes to by the findings as they stand."""
    general = review.nonconformities.filter(state=NonconformityState.FAILED, lines=None).exists()
    return line_outcomes(facts_of_lines(review), general_failed=general)


def rectification_due(review: Review) -> date | None:
    """Return the last day of the rectification that the body was first asked for; later rounds don't move it."""
    first = RectificationRound.objects.filter(review=review).order_by("number").first()
    return first.due_on if first else None


def may_be_given_up(newest: RectificationRound | None, on: date) -> bool:
    """Tell whether what is open may be recorded as not rectified: the newest round is closed, or its last day over.

    Without a round the body was never asked to mend anything; what late or failing rectification means presupposes it.
    """
    if newest is None:
        return False
    return newest.closed_at is not None or (newest.due_on is not None and newest.due_on < on)
