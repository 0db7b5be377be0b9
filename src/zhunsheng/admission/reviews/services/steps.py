"""What every use case of this room needs: the locked review, a move, a notice to the other side."""

from datetime import date, datetime

from django.utils import timezone

from zhunsheng.admission.reviews.lifecycle import REVIEW
from zhunsheng.admission.reviews.models import Review
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.notices import services as notices


class ReviewRefused(DomainError):
    """A step of a review that the rules don't allow."""

    code = "review-refused"


def locked(review_id: int) -> Review:
    """Return a review that nobody else writes meanwhile. Raises: Review.DoesNotExist."""
    return Review.objects.select_for_update(of=("self",)).select_related("application").get(pk=review_id)


def day_of(at: datetime) -> date:
    """Return the day of a moment at the installation's place."""
    return timezone.localdate(at)


def move(review: Review, action: str) -> None:
    """Take a legal move; the caller saves. Raises: IllegalMove."""
    review.stage = REVIEW.target(review.stage, action)


def tell_body(review: Review, *, subject: str, words: str, kind: str, by: User | None, at: datetime) -> None:
    """Send the applicant's house a notice that leads to the review."""
    notices.notify(
        organisation_ids=[review.organisation_id], subject=subject[:200], body=words, href=f"/reviews/{review.number}/",
        kind=kind, at=at, by=by, origin=f"review:{review.number}",
    )  # fmt: skip
