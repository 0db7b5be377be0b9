"""Rounds of rectification: the panel asks, the body answers with evidence, the panel verifies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.services import reviewing
from zhunsheng.admission.reviews import permissions, selectors
from zhunsheng.admission.reviews.lifecycle import NONCONFORMITY, REVIEW, UNSETTLED, NonconformityState
from zhunsheng.admission.reviews.models import (
    Nonconformity,
    RectificationAnswer,
    RectificationEvidence,
    RectificationRound,
    Review,
)
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked, move, tell_body
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents import files

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of evidence: its name as given, and its content."""

    name: str
    content: files.Stream | bytes
    media_type: str | None = None


@transaction.atomic
def ask_rectification(*, review_id: int, by: User, at: datetime, why: str) -> RectificationRound:
    """Ask the body in writing to mend everything open; the leader does it once both sides know each nonconformity.

    The last day is counted from the first request: later rounds don't move it. Licensing tells the body of the first
    request, later ones are told from here.
    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused, MissingReason.
    """
    review = locked(review_id)
    on = day_of(at)
    permissions.require_seat(by, review, on, leader=True)
    first_time = review.stage
    move(review, "ask_rectification")
    waiting = review.nonconformities.filter(state__in=UNSETTLED)
    if not waiting.exists() or waiting.filter(panel_at=None).exists():
        raise ReviewRefused(
            "There is nothing to mend, or the panel hasn't confirmed it.", remedy="Confirm the nonconformities first."
        )
    if review.rounds.filter(closed_at=None).exists():
        raise ReviewRefused("A round of rectification runs.", remedy="Verify it first.")
    due = selectors.rectification_due(review)
    if due is not None and on > due:
        raise ReviewRefused(
            "The limit for rectification ended on %(day)s.", params={"day": due.isoformat()},
            remedy="Record what was not mended as not rectified and conclude.",
        )  # fmt: skip
    if first_time != review.stage:
        reviewing.ask_rectification(application_id=review.application_id, words=why, by=by, at=at)
    run = limits.running(review.application, limits.RECTIFICATION)
    with recorded(by, why):
        review.save(update_fields=["stage"])
        made = RectificationRound.objects.create(
            review=review, number=review.rounds.count() + 1, law=run.law if run else "", asked_by=by, asked_at=at,
            due_on=run.due_on if run else due,
        )  # fmt: skip
    if made.number > 1:
        _tell_again(review, made, by, at)
    return made


def _tell_again(review: Review, made: RectificationRound, by: User, at: datetime) -> None:
    open_ones = review.nonconformities.filter(state__in=UNSETTLED).count()
    until = made.due_on.isoformat() if made.due_on else "—"
    with translation.override("zh-hans"):
        subject = _("Review %(number)s: rectification until %(day)s") % {"number": review.number, "day": until}
        words = _("%(count)s nonconformities are to be mended. Hand in what was done, with evidence.") % {
            "count": open_ones
        }
    tell_body(review, subject=subject, words=words, kind="reviews.rectification", by=by, at=at)


@transaction.atomic
def answer(
    *, nonconformity_id: int, words: str, evidence: Sequence[Upload] = (), by: User, at: datetime
) -> RectificationAnswer:
    """Say what was done about a nonconformity in the running round, with files; it may be said anew until handed in.

    Raises: Nonconformity.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused, FileRefused and its kinds.
    """
    one = Nonconformity.objects.select_related("review").get(pk=nonconformity_id)
    review = locked(one.review_id)
    permissions.require(by, Can.ANSWER, review, day_of(at))
    REVIEW.target(review.stage, "answer")
    running = _running(review)
    if one.state != NonconformityState.OPEN:
        raise ReviewRefused("This nonconformity waits for no answer.", remedy="Answer one of those that are open.")
    if not words.strip():
        raise ReviewRefused("Say what was done.", field="words", remedy="Cause, correction, and how it stays mended.")
    with recorded(by, f"answer in round {running.number}"):
        made, _new = RectificationAnswer.objects.update_or_create(
            round=running, nonconformity=one, defaults={"words": words.strip()[:8000], "by": by, "at": at}
        )
    if made.evidence.count() + len(evidence) > MOST_FILES:
        raise ReviewRefused("At most %(most)s files.", params={"most": MOST_FILES}, remedy="Put files together.")
    for upload in evidence:
        kept = files.store(upload.content, upload.media_type)
        name = PurePath(upload.name).name[:200] or kept.sha256[:12]
        RectificationEvidence.objects.get_or_create(answer=made, file=kept, defaults={"name": name})
    return made


@transaction.atomic
def hand_in(*, review_id: int, by: User, at: datetime) -> RectificationRound:
    """Hand the answers of the running round in; all open nonconformities are answered, within the limit.

    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused.
    """
    review = locked(review_id)
    on = day_of(at)
    permissions.require(by, Can.ANSWER, review, on)
    REVIEW.target(review.stage, "answer")
    running = _running(review)
    if running.due_on is not None and on > running.due_on:
        raise ReviewRefused(
            "The limit for rectification ended on %(day)s.", params={"day": running.due_on.isoformat()},
            remedy="What is late is not granted; the panel concludes.",
        )  # fmt: skip
    waiting = list(review.nonconformities.filter(state=NonconformityState.OPEN))
    answered = set(running.answers.values_list("nonconformity_id", flat=True))
    if missing := [one.number for one in waiting if one.pk not in answered]:
        raise ReviewRefused(
            "Nonconformities without an answer: %(numbers)s.", params={"numbers": ", ".join(map(str, missing))},
            remedy="Answer each of them first.",
        )  # fmt: skip
    with recorded(by, f"handed in: round {running.number}"):
        for one in waiting:
            one.state = NONCONFORMITY.target(one.state, "answer")
            one.save(update_fields=["state"])
        running.sent_by, running.sent_at = by, at
        running.save(update_fields=["sent_by", "sent_at"])
    return running


@transaction.atomic
def verify(*, answer_id: int, accepted: bool, remark: str, by: User, at: datetime) -> RectificationAnswer:
    """Accept an answer, or say what is still wanting. When all are verified the round is closed.

    Raises: RectificationAnswer.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused.
    """
    review = locked(RectificationAnswer.objects.values_list("round__review_id", flat=True).get(pk=answer_id))
    permissions.require_seat(by, review, day_of(at))
    REVIEW.target(review.stage, "verify")
    one = RectificationAnswer.objects.select_related("round", "nonconformity").get(pk=answer_id)
    if one.round.sent_at is None or one.round.closed_at is not None:
        raise ReviewRefused("The body hasn't handed this round in, or it is closed.", remedy="Wait for the body.")
    if not accepted and not remark.strip():
        raise ReviewRefused("Say what is still wanting.", field="remark", remedy="The body must be able to act on it.")
    one.accepted, one.remark, one.verified_by, one.verified_at = accepted, remark.strip()[:2000], by, at
    found = one.nonconformity
    found.state = NONCONFORMITY.target(found.state, "close" if accepted else "reopen")
    with recorded(by, remark or "rectification accepted"):
        one.save(update_fields=["accepted", "remark", "verified_by", "verified_at"])
        found.save(update_fields=["state"])
        if not one.round.answers.filter(accepted=None).exists():
            one.round.closed_at = at
            one.round.save(update_fields=["closed_at"])
            _close_clock(review, by, at)
    return one


def _close_clock(review: Review, by: User, at: datetime) -> None:
    """Let the application's clock run again once nothing is left to mend."""
    if not review.nonconformities.filter(state__in=UNSETTLED).exists():
        words = f"整改已确认：{review.number}"
        reviewing.close_rectification(application_id=review.application_id, words=words, by=by, at=at)


@transaction.atomic
def give_up(*, review_id: int, by: User, at: datetime, why: str) -> Review:
    """Record everything still open as not rectified: the limit has passed, or a verified round still left it wanting.

    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, MissingReason; ReviewRefused before the body was asked, and
    while a round runs within its limit.
    """
    review = locked(review_id)
    permissions.require_seat(by, review, day_of(at), leader=True)
    REVIEW.target(review.stage, "conclude")
    newest = review.rounds.order_by("-number").first()
    if newest is None:
        raise ReviewRefused(
            "The body was never asked to mend this.", field="why",
            remedy="Ask for rectification first; what is late or still fails then counts as not rectified.",
        )  # fmt: skip
    if not selectors.may_be_given_up(newest, day_of(at)):
        raise ReviewRefused(
            "A round of rectification runs.", field="why",
            remedy="Verify what the body hands in, or wait until its last day is over.",
        )  # fmt: skip
    waiting = list(review.nonconformities.filter(state__in=UNSETTLED))
    with recorded(by, why):
        for one in waiting:
            one.state = NONCONFORMITY.target(one.state, "fail")
            one.save(update_fields=["state"])
        if newest.closed_at is None:
            newest.closed_at = at
            newest.save(update_fields=["closed_at"])
    if waiting:
        reviewing.close_rectification(application_id=review.application_id, words=why, by=by, at=at)
    return review


def _running(review: Review) -> RectificationRound:
    running = review.rounds.filter(closed_at=None).first()
    if running is None or running.sent_at is not None:
        raise ReviewRefused("No round of rectification waits for the body.", remedy="Wait for the panel's request.")
    return running
