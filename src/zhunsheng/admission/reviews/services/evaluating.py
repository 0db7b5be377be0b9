"""How the assessors did their work, after a review."""

from datetime import datetime

from django.db import transaction

from zhunsheng.admission.reviews.lifecycle import REVIEW, MemberState
from zhunsheng.admission.reviews.models import PanelMember
from zhunsheng.admission.reviews.services.steps import day_of, locked
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import ExpertEvaluation


@transaction.atomic
def evaluate(
    *, review_id: int, expert_code: str, score: int, comment: str, by: User, at: datetime, why: str
) -> ExpertEvaluation:
    """Judge a member's work on this review out of 100; it stands in the register of experts.

    Raises: Review.DoesNotExist, PanelMember.DoesNotExist, NotAllowed, IllegalMove, MeasureRefused, MissingReason.
    """
    review = locked(review_id)
    REVIEW.target(review.stage, "evaluate")
    seat: PanelMember = review.members.filter(state=MemberState.SERVING).get(expert__code=expert_code)
    return bodies.evaluate_expert(
        expert_id=seat.expert_id, reference=review.number, score=score, comment=comment, on=day_of(at), by=by, at=at,
        why=why,
    )  # fmt: skip
