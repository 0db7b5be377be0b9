"""What an assessor's sheet sends."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from zhunsheng.admission.reviews import permissions
from zhunsheng.admission.reviews.lifecycle import REVIEW
from zhunsheng.admission.reviews.models import Review, SheetChange
from zhunsheng.admission.reviews.services.items import item_for, items_of
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked
from zhunsheng.foundation.merging import Change
from zhunsheng.platform import sheet_changes
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User


@transaction.atomic
def take_changes(*, review_id: int, changes: Iterable[Change], by: User, at: datetime) -> list[SheetChange]:
    """Take the changes of a device in their order and return what became of each.

    Raises: Review.DoesNotExist, NotAllowed, ReviewRefused for more changes than a sheet can have.
    """
    review = locked(review_id)
    permissions.require_seat(by, review, day_of(at))
    sheet = sheet_changes.Sheet(
        review.changes, partial(item_for, review), partial(REVIEW.target, review.stage, "record"), ReviewRefused
    )
    with recorded(by, f"sheet of {review.number}"):
        return sheet_changes.take(sheet, changes, by=by, at=at)


def states_of(review: Review, known: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Return every item whose version isn't what a device knows, with its values, who wrote it and when."""
    return sheet_changes.states_of(items_of(review), known)
