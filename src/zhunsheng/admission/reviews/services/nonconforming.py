"""Both sides confirm a nonconformity: the panel that it stands, the body that it knows it, with any objection."""

from datetime import datetime

from django.db import transaction

from zhunsheng.admission.reviews import permissions
from zhunsheng.admission.reviews.lifecycle import NONCONFORMITY, REVIEW, NonconformityState, Stage
from zhunsheng.admission.reviews.models import Nonconformity
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User


@transaction.atomic
def confirm_by_panel(*, nonconformity_id: int, by: User, at: datetime) -> Nonconformity:
    """Confirm for the panel; the leader does it, and the words can't be changed afterwards.

    Raises: Nonconformity.DoesNotExist, NotAllowed, IllegalMove.
    """
    one = _locked(nonconformity_id)
    permissions.require_seat(by, one.review, day_of(at), leader=True)
    REVIEW.target(one.review.stage, "record")
    if one.panel_at is None and one.state == NonconformityState.OPEN:
        one.panel_by, one.panel_at = by, at
        with recorded(by, f"confirmed by the panel: {one.review.number}"):
            one.save(update_fields=["panel_by", "panel_at"])
    return one


@transaction.atomic
def take_back(*, nonconformity_id: int, by: User, at: datetime, why: str) -> Nonconformity:
    """Take a nonconformity back before the body was asked to mend it; it stays on record with the reason.

    Raises: Nonconformity.DoesNotExist, NotAllowed, IllegalMove, MissingReason.
    """
    one = _locked(nonconformity_id)
    permissions.require_seat(by, one.review, day_of(at), leader=True)
    REVIEW.target(one.review.stage, "record")
    one.state = NONCONFORMITY.target(one.state, "drop")
    with recorded(by, why):
        one.save(update_fields=["state"])
    return one


@transaction.atomic
def confirm_by_body(*, nonconformity_id: int, objection: str, by: User, at: datetime) -> Nonconformity:
    """Confirm for the body that it knows the nonconformity; an objection stands in the report.

    Raises: Nonconformity.DoesNotExist, NotAllowed, ReviewRefused.
    """
    one = _locked(nonconformity_id)
    permissions.require(by, Can.ANSWER, one.review, day_of(at))
    if one.panel_at is None or one.state == NonconformityState.DROPPED or one.review.stage == Stage.CONCLUDED:
        raise ReviewRefused("The panel has not confirmed this nonconformity.", remedy="Wait until it has.")
    if one.body_at is None:
        one.body_by, one.body_at, one.objection = by, at, objection.strip()[:2000]
        with recorded(by, f"confirmed by the body: {one.review.number}"):
            one.save(update_fields=["body_by", "body_at", "objection"])
    return one


def _locked(nonconformity_id: int) -> Nonconformity:
    review_id = Nonconformity.objects.values_list("review_id", flat=True).get(pk=nonconformity_id)
    review = locked(review_id)
    one = Nonconformity.objects.select_for_update(of=("self",)).get(pk=nonconformity_id)
    one.review = review
    return one
