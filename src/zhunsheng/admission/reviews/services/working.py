"""The panel begins: the checklist of the day and a line of table 7-2 for every line applied for."""

from datetime import date, datetime

from django.db import transaction

from zhunsheng.admission.licensing.lifecycle import LineAct
from zhunsheng.admission.licensing.services import reviewing
from zhunsheng.admission.reviews import checklists, permissions
from zhunsheng.admission.reviews.lifecycle import Mode
from zhunsheng.admission.reviews.models import ChecklistItem, ParameterConfirmation, Review
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked, move
from zhunsheng.platform.accounts.history import create_recorded, recorded
from zhunsheng.platform.accounts.models import User


@transaction.atomic
def start(*, review_id: int, by: User, at: datetime, why: str) -> Review:
    """Begin the work; the leader does it on the first day of the visit, and the sheet is there from then on.

    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused, MissingReason.
    """
    review = locked(review_id)
    on = day_of(at)
    permissions.require_seat(by, review, on, leader=True)
    move(review, "start")
    if review.mode != Mode.DOCUMENT and review.first_day is not None and on < review.first_day:
        raise ReviewRefused(
            "The visit begins on %(day)s.", params={"day": review.first_day.isoformat()}, remedy="Begin on that day."
        )
    review.started_by, review.started_at = by, at
    with recorded(by, why):
        review.save(update_fields=["stage", "started_by", "started_at"])
        _lay_out(review, on)
    reviewing.record_review_started(
        application_id=review.application_id, mode=review.mode, by=by, at=at, office=review.prepared_by
    )
    return review


def _lay_out(review: Review, on: date) -> None:
    clauses = checklists.clauses_on(on, review.mode)
    create_recorded(
        ChecklistItem,
        [
            ChecklistItem(
                review=review, place=place, clause=one.code, words=one.words, starred=one.starred, law=one.law
            )
            for place, one in enumerate(clauses, 1)
        ],
    )
    lines = review.application.lines.exclude(act=LineAct.GIVE_UP).order_by("number")
    create_recorded(ParameterConfirmation, [ParameterConfirmation(review=review, line=line) for line in lines])
