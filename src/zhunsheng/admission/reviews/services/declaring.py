"""A drawn assessor declares to be free of interests, or an interest; who has one is replaced by another draw."""

from datetime import date, datetime

from django.db import transaction

from zhunsheng.admission.reviews import permissions
from zhunsheng.admission.reviews.lifecycle import REVIEW, Interest, MemberState, Stage
from zhunsheng.admission.reviews.models import ExpertInterest, PanelMember, Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked, move
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import services as bodies

LASTING = {Interest.EMPLOYED, Interest.CONSULTANCY, Interest.FAMILY, Interest.OTHER}


@transaction.atomic
def declare_free(*, review_id: int, by: User, at: datetime) -> PanelMember:
    """Declare to have no interest in the applicant; from then on the task counts as the assessor's workload.

    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused.
    """
    review, seat = _seat(review_id, by, at)
    REVIEW.target(review.stage, "declare")
    if seat.state != MemberState.DRAWN:
        raise ReviewRefused("You have declared already.", remedy="Declare an interest if one has come up since.")
    chose = {review.opened_by_id, *review.draws.values_list("committed_by_id", flat=True)}
    policy.refuse_same_person(Can.APPOINT, chose, Can.WORK, by)
    seat.state, seat.declared_at = MemberState.SERVING, at
    with recorded(by, "declared to have no interest"):
        seat.save(update_fields=["state", "declared_at"])
    bodies.assign_expert(
        expert_id=seat.expert_id, reference=review.number, task=f"技术评审 {review.application.applicant_name}"[:200],
        body_id=review.application.body_id, first=day_of(at), last=None, leader=seat.leader, by=by, at=at,
        why=f"panel of {review.number}",
    )  # fmt: skip
    return seat


@transaction.atomic
def declare_interest(
    *, review_id: int, kind: str, words: str, until: date | None, by: User, at: datetime
) -> PanelMember:
    """Declare an interest, or that one can't take part: the place is free for another draw.

    The interest is kept for later draws; a draw's public frame names its kind alone.
    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused.
    """
    review, seat = _seat(review_id, by, at)
    _leave(review, seat, Interest(kind), words, by, at)
    if kind in LASTING:
        ExpertInterest.objects.create(
            expert_id=seat.expert_id, organisation_id=review.organisation_id, kind=Interest(kind),
            words=words.strip()[:300], valid_to=until, declared_by=by, declared_at=at,
        )  # fmt: skip
    return seat


@transaction.atomic
def excuse(*, review_id: int, expert_code: str, by: User, at: datetime, why: str) -> PanelMember:
    """Let an officer free the place of who doesn't answer or can't take part; the reason stands in the history.

    Raises: Review.DoesNotExist, PanelMember.DoesNotExist, NotAllowed, IllegalMove, MissingReason.
    """
    review = locked(review_id)
    permissions.require(by, Can.APPOINT, review, day_of(at))
    seat = review.members.exclude(state=MemberState.REPLACED).get(expert__code=expert_code)
    _leave(review, seat, Interest.UNABLE, why, by, at)
    return seat


def _leave(review: Review, seat: PanelMember, kind: Interest, words: str, by: User, at: datetime) -> None:
    if not words.strip():
        raise ReviewRefused("Say what the interest is.", field="words", remedy="One sentence; it isn't published.")
    if review.stage == Stage.PREPARED:
        move(review, "replace")
        with recorded(by, words):
            review.save(update_fields=["stage"])
    else:
        REVIEW.target(review.stage, "declare")
    seat.state, seat.interest, seat.declared_at = MemberState.REPLACED, kind, at
    with recorded(by, words):
        seat.save(update_fields=["state", "interest", "declared_at"])


def _seat(review_id: int, by: User, at: datetime) -> tuple[Review, PanelMember]:
    review = locked(review_id)
    seat = permissions.seat_of(by, review, day_of(at))
    if seat is None:
        raise policy.NotAllowed(Can.WORK)
    return review, seat
