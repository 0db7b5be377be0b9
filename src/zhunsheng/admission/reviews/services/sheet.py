"""What a sheet sends: each change once, never over what somebody else wrote, and everything kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhunsheng.admission.reviews import permissions
from zhunsheng.admission.reviews.lifecycle import REVIEW
from zhunsheng.admission.reviews.models import Review, SheetChange
from zhunsheng.admission.reviews.services.items import Item, item_for, items_of
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked
from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.merging import Change, Outcome, meet
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.refusals import sentence_and_remedy

MOST_CHANGES = 1000
REFUSED = "refused"


@transaction.atomic
def take_changes(*, review_id: int, changes: Iterable[Change], by: User, at: datetime) -> list[SheetChange]:
    """Take the changes of a device in their order and return what became of each.

    A change that came before gives the same answer again. What meets another's writing is kept as a conflict that a
    person resolves; what the rules refuse is kept with the reason.
    Raises: Review.DoesNotExist, NotAllowed, ReviewRefused for more changes than a sheet can have.
    """
    review = locked(review_id)
    permissions.require_seat(by, review, day_of(at))
    given = list(changes)
    if len(given) > MOST_CHANGES:
        raise ReviewRefused(
            "At most %(most)s changes are taken at once.", params={"most": MOST_CHANGES}, remedy="Send them in parts."
        )
    with recorded(by, f"sheet of {review.number}"):
        return [_taken(review, one, by, at) for one in given]


def _taken(review: Review, change: Change, by: User, at: datetime) -> SheetChange:
    before = SheetChange.objects.filter(client_id=change.id).first()
    if before is not None:
        return _same_sender(before, review, by)
    made = SheetChange(
        review=review, client_id=change.id, item=change.item[:60], base=change.base, values=dict(change.values),
        made_at=change.made_at, by=by, received_at=at,
    )  # fmt: skip
    try:
        REVIEW.target(review.stage, "record")
        item = item_for(review, change.item)
        values = item.cleaned(change.values)
    except DomainError as error:
        made.outcome, made.why = REFUSED, sentence_and_remedy(error)[:300]
    else:
        _meet(made, item, values, _base_of(change), by, at)
    made.save()
    if change.resolves is not None and made.outcome in {Outcome.APPLIED, Outcome.SAME}:
        _resolve(review, change.resolves, by, at)
    return made


def _resolve(review: Review, client_id: UUID, by: User, at: datetime) -> None:
    """Settle a conflict, with everything that its writer wrote on the same item beside it."""
    met = review.changes.filter(client_id=client_id, outcome=Outcome.CONFLICT).first()
    if met is not None:
        beside = review.changes.filter(item=met.item, by_id=met.by_id, outcome=Outcome.CONFLICT, resolved_at=None)
        beside.update(resolved_at=at, resolved_by=by)


def _meet(made: SheetChange, item: Item, values: Mapping[str, Any], base: int, by: User, at: datetime) -> None:
    held = item.held()
    made.outcome = meet(held, base=base, values=values)
    made.held = item.shown()
    if made.outcome == Outcome.APPLIED:
        item.write(values, by, at)
        made.held = item.shown()
    made.version = item.held().version


def _base_of(change: Change) -> int:
    """Return the version on which a change stands: what the device's change before it came to, or its own base."""
    if change.after is None:
        return change.base
    before = SheetChange.objects.filter(client_id=change.after).first()
    return before.version if before is not None and before.outcome != Outcome.CONFLICT else change.base


def _same_sender(before: SheetChange, review: Review, by: User) -> SheetChange:
    """Return a change that came before. Raises: ReviewRefused where its number belongs to another sheet or person."""
    if before.review_id != review.pk or before.by_id != by.pk:
        raise ReviewRefused("This number belongs to another change.", remedy="Open the sheet again and send anew.")
    return before


def states_of(review: Review, known: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Return every item whose version isn't what a device knows, with its values, who wrote it and when."""
    return {key: item.shown() for key, item in items_of(review).items() if item.held().version != known.get(key, 0)}
