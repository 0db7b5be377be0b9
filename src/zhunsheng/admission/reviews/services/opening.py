"""Open a review, fix its visit, prepare it, call it off."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhunsheng.admission.licensing.lifecycle import Stage as ApplicationStage
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.reviews import lawbook, permissions, selectors
from zhunsheng.admission.reviews.lifecycle import MemberState, Mode, Stage
from zhunsheng.admission.reviews.models import Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked, move
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.database.locks import exclusive

REVIEWABLE = (ApplicationStage.ACCEPTED, ApplicationStage.IN_REVIEW)


@transaction.atomic
def open_review(
    *, application_id: int, mode: str, size: int, fields: Sequence[str], by: User, at: datetime, why: str
) -> Review:
    """Open the review of an accepted application: how it is done, how many sit on its panel, what they must cover.

    Raises: Application.DoesNotExist, NotAllowed, ReviewRefused, MissingReason.
    """
    on = day_of(at)
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    permissions.require_opening(by, application, on)
    if application.stage not in REVIEWABLE:
        raise ReviewRefused(
            "Only an accepted application is reviewed.", remedy="Accept the application first, or choose another."
        )
    if application.reviews.exclude(stage=Stage.CANCELLED).exists():
        raise ReviewRefused("This application has a review already.", remedy="Go on with that one.")
    _check_panel(mode, size, fields, on)
    with recorded(by, why), exclusive("review-numbers"):
        return Review.objects.create(
            number=selectors.next_number(at), application=application, organisation_id=application.organisation_id,
            division_id=application.division_id, mode=Mode(mode), size=size, fields=sorted(set(fields)),
            opened_by=by, opened_at=at,
        )  # fmt: skip


def _check_panel(mode: str, size: int, fields: Sequence[str], on: date) -> None:
    known = {code for code, _words in selectors.field_choices()}
    least, most = lawbook.least_size(Mode(mode), on), int(lawbook.rule(lawbook.PANEL, on).values["most"])
    if not least <= size <= most:
        raise ReviewRefused(
            "A panel for this mode of review has %(least)s to %(most)s members.",
            params={"least": least, "most": most}, field="size", remedy="Give a number between them.",
        )  # fmt: skip
    if not fields or not set(fields) <= known:
        raise ReviewRefused(
            "No assessor of the register has such a field.", field="fields", remedy="Choose among the fields offered."
        )


@transaction.atomic
def prepare(
    *, review_id: int, first_day: date | None, last_day: date | None, plan: str, by: User, at: datetime, why: str
) -> Review:
    """Fix the days of the visit once everybody on the panel has declared to be free of interests.

    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused, MissingReason.
    """
    review = locked(review_id)
    permissions.require(by, Can.APPOINT, review, day_of(at))
    move(review, "prepare")
    _refuse_unready(review)
    if review.mode != Mode.DOCUMENT and (first_day is None or last_day is None):
        raise ReviewRefused(
            "A visit needs its first and last day.", field="first_day", remedy="Give both days, agreed with the body."
        )
    if first_day and last_day and not day_of(at) <= first_day <= last_day:
        raise ReviewRefused(
            "The visit begins today or later and ends after it begins.", field="first_day", remedy="Mend the days."
        )
    review.first_day, review.last_day, review.plan = first_day, last_day, plan.strip()[:500]
    review.prepared_by, review.prepared_at = by, at
    with recorded(by, why):
        review.save(update_fields=["stage", "first_day", "last_day", "plan", "prepared_by", "prepared_at"])
    return review


def _refuse_unready(review: Review) -> None:
    serving = list(review.members.filter(state=MemberState.SERVING))
    waiting = review.members.filter(state=MemberState.DRAWN).count()
    if waiting or review.draws.filter(taken_at=None).exists():
        raise ReviewRefused(
            "%(waiting)s members of the panel have not declared their interests.", params={"waiting": waiting},
            remedy="Wait for their declarations, or let who can't take part be replaced.",
        )  # fmt: skip
    if len(serving) < review.size or not any(one.leader for one in serving):
        raise ReviewRefused("The panel is not complete.", remedy="Let the missing members be drawn.")


@transaction.atomic
def cancel(*, review_id: int, by: User, at: datetime, why: str) -> Review:
    """Call off a review that hasn't begun, for instance because the application was withdrawn.

    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, MissingReason.
    """
    review = locked(review_id)
    permissions.require(by, Can.APPOINT, review, day_of(at))
    move(review, "cancel")
    review.ended_at = at
    with recorded(by, why):
        review.save(update_fields=["stage", "ended_at"])
    return review
