"""The leader writes the conclusion, every member agrees or dissents, then it goes to the file and the clock runs on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zhunsheng.admission.licensing.lifecycle import LineAct
from zhunsheng.admission.licensing.services import reviewing
from zhunsheng.admission.reviews import lawbook, permissions, selectors
from zhunsheng.admission.reviews.lifecycle import REVIEW, MemberState, NonconformityState
from zhunsheng.admission.reviews.models import Conclusion, ConclusionLine, ConclusionVoice, Review
from zhunsheng.admission.reviews.rules.outcomes import LineOutcome, possible_conclusions
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked, move
from zhunsheng.platform.accounts.history import create_recorded, recorded, update_recorded
from zhunsheng.platform.accounts.models import User

REASONS = {
    "confirmed": "经评审确认具备能力",
    "not_confirmed": "评审组未确认该项能力",
    "nonconformity": "不符合项未完成整改",
    "general_nonconformity": "影响全部能力的不符合项未完成整改",
}
"""The reasons of the report, which is in Chinese, by the codes of rules/outcomes.py; the leader may write others."""


@transaction.atomic
def draft_conclusion(
    *, review_id: int, kind: str, words: str, reasons: Mapping[int, str] | None = None, by: User, at: datetime
) -> Conclusion:
    """Write the conclusion, or anew, line by line from what the panel found; earlier voices stay and no longer count.

    Args:
        reasons: other words for the reason of a line, by its key.
    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused.
    """
    review = locked(review_id)
    on = day_of(at)
    permissions.require_seat(by, review, on, leader=True)
    REVIEW.target(review.stage, "conclude")
    _refuse_unfinished(review)
    outcomes = selectors.proposed_outcomes(review)
    _refuse_unfitting(review, outcomes, kind, words)
    with recorded(by, f"conclusion of {review.number}"):
        made, _new = Conclusion.objects.update_or_create(
            review=review,
            defaults={
                "kind": kind,
                "words": words.strip()[:4000],
                "law": lawbook.conclusions_named(on),
                "by": by,
                "at": at,
            },
        )
        voices = list(made.voices.filter(outdated_at=None))
        for one in voices:
            one.outdated_at = at
        update_recorded(ConclusionVoice, voices, ["outdated_at"])
        _write_lines(made, outcomes, reasons or {})
    return made


def _refuse_unfitting(review: Review, outcomes: Sequence[LineOutcome], kind: str, words: str) -> None:
    """Refuse a conclusion that what the panel found does not allow, or that says nothing. Raises: ReviewRefused."""
    had = review.nonconformities.exclude(state=NonconformityState.DROPPED).exists()
    if kind not in possible_conclusions(outcomes, had_nonconformities=had):
        raise ReviewRefused(
            "This conclusion doesn't agree with what the panel found.", field="kind",
            remedy="Choose one of those offered, or mend the sheet first.",
        )  # fmt: skip
    if not words.strip():
        raise ReviewRefused("A conclusion needs words.", field="words", remedy="Sum up what the panel found.")


def _write_lines(made: Conclusion, outcomes: Sequence[LineOutcome], told: Mapping[int, str]) -> None:
    held = {one.line_id: one for one in made.lines.all()}
    for one in outcomes:
        line = held.setdefault(one.line_id, ConclusionLine(conclusion=made, line_id=one.line_id))
        line.granted, line.reason = one.granted, (told.get(one.line_id) or REASONS[one.code])[:500]
    create_recorded(ConclusionLine, [one for one in held.values() if one.pk is None])
    update_recorded(ConclusionLine, [one for one in held.values() if one.pk is not None], ["granted", "reason"])


def _refuse_unfinished(review: Review) -> None:
    left = selectors.left_to_do(review)
    for number, message, remedy in (
        (left.conflicts, "%(count)s conflicts of the sheet are open.", "Resolve them on the sheet."),
        (left.clauses, "%(count)s clauses have no verdict.", "Give each clause a verdict on the sheet."),
        (left.lines, "%(count)s lines are neither confirmed nor refused.", "Go through them on the sheet."),
        (left.without_way, "%(count)s confirmed lines name no way of confirming.", "Choose at least one for each."),
        (left.unsettled, "%(count)s nonconformities are open.", "Have them mended, or record them as not rectified."),
    ):
        if number:
            raise ReviewRefused(message, params={"count": number}, remedy=remedy)


@transaction.atomic
def speak(*, review_id: int, agrees: bool, words: str, by: User, at: datetime) -> ConclusionVoice:
    """Agree to the leader's conclusion, or dissent in words that stand in the report.

    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused.
    """
    review = locked(review_id)
    seat = permissions.require_seat(by, review, day_of(at))
    REVIEW.target(review.stage, "conclude")
    conclusion = _drafted(review)
    if not agrees and not words.strip():
        raise ReviewRefused("A dissent needs words.", field="words", remedy="Say with what you don't agree.")
    with recorded(by, "agrees" if agrees else words):
        made, _new = ConclusionVoice.objects.update_or_create(
            conclusion=conclusion, member=seat, outdated_at=None,
            defaults={"agrees": agrees, "words": words.strip()[:500], "at": at},
        )  # fmt: skip
    return made


@transaction.atomic
def conclude(*, review_id: int, by: User, at: datetime, why: str) -> Review:
    """Make the conclusion final and hand it to the application's file, once every other member has spoken.

    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused, MissingReason.
    """
    review = locked(review_id)
    seat = permissions.require_seat(by, review, day_of(at), leader=True)
    conclusion = _drafted(review)
    move(review, "conclude")
    _refuse_unfinished(review)
    members = review.members.filter(state=MemberState.SERVING)
    silent = members.exclude(pk=seat.pk).exclude(pk__in=selectors.voices_of(conclusion).values("member_id")).count()
    if silent:
        raise ReviewRefused(
            "%(count)s members haven't said whether they agree.", params={"count": silent}, remedy="Ask them to."
        )
    if not _still_true(review, conclusion):
        raise ReviewRefused("The sheet has changed since.", remedy="Write the conclusion anew.")
    review.ended_at = conclusion.final_at = at
    with recorded(by, why):
        review.save(update_fields=["stage", "ended_at"])
        conclusion.save(update_fields=["final_at"])
    _hand_over(review, conclusion, by, at)
    return review


def _still_true(review: Review, conclusion: Conclusion) -> bool:
    now = {one.line_id: one.granted for one in selectors.proposed_outcomes(review)}
    return now == dict(conclusion.lines.values_list("line_id", "granted"))


def _hand_over(review: Review, conclusion: Conclusion, by: User, at: datetime) -> None:
    outcomes = {one.line_id: (one.granted, one.reason) for one in conclusion.lines.all()}
    given_up = review.application.lines.filter(act=LineAct.GIVE_UP).values_list("pk", flat=True)
    outcomes.update((key, (True, _("Given up by the applicant."))) for key in given_up)
    failed = review.nonconformities.filter(state=NonconformityState.FAILED).order_by("number")
    reviewers = User.objects.filter(pk__in=review.members.exclude(state=MemberState.REPLACED).values("expert__user_id"))
    reviewing.record_conclusion(
        application_id=review.application_id, conclusion=conclusion.kind, line_outcomes=outcomes, by=by, at=at,
        reviewers=reviewers, words=conclusion.words, unmet=[(one.clause, one.fact) for one in failed],
    )  # fmt: skip


def _drafted(review: Review) -> Conclusion:
    found = Conclusion.objects.filter(review=review).first()
    if found is None:
        raise ReviewRefused("The leader has not written a conclusion.", remedy="Wait for it.")
    return found
