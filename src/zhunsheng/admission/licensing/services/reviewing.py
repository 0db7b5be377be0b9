"""What the technical review tells the file: that it began, what it found, when it waits for the applicant.

The room of reviews calls these after it has checked that the person belongs to the panel or keeps the review.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhunsheng.admission.certificates.selectors import granting_authority
from zhunsheng.admission.licensing import decision_book, law_book, permissions, seats
from zhunsheng.admission.licensing.lifecycle import LineOutcome
from zhunsheng.admission.licensing.models import Application, ApplicationLine
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.reasons import said
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.services import clocks, documents, moving
from zhunsheng.admission.licensing.services.refusals import log, refusals_logged
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded, update_recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.notices import services as notices

MODES = {"on_site": "现场评审", "remote": "远程评审", "document": "书面审查"}
"""The words of the letter, which is in Chinese."""
UNMET = "unmet_clause"
"""What the explanations are about that name a clause still not met."""


class ReviewIncomplete(DomainError):
    """A conclusion that doesn't cover the application."""

    code = "review-incomplete"


@refusals_logged("start_review")
def record_review_started(
    *, application_id: int, mode: str, by: User, at: datetime, words: str = "", office: User | None = None
) -> Application:
    """Record that the technical review has begun, and tell the applicant how long it takes.

    Args:
        office: the officer who prepared the review and in whose name the letter goes out; else who records.
    Raises: Application.DoesNotExist, NotAllowed, IllegalMove; KeyError for an unknown mode.
    """
    application = _locked(application_id, by, at)
    moving.move(application, "start_review", by=by, at=at, words=words or MODES[mode])
    run = limits.running(application, limits.REVIEW)
    content = {
        "mode": MODES[mode],
        "limit": limits.in_words(run) if run else limits.limit_in_words(limits.REVIEW, application),
        "due_on": documents.chinese(run.due_on) if run else "",
    }
    documents.issue_document(application=application, kind="review", content=content, by=office or by, at=at)
    return application


@refusals_logged("ask_rectification")
def ask_rectification(*, application_id: int, words: str, by: User, at: datetime) -> Application:
    """Stop the clock of the review and start the applicant's clock of rectification.

    Raises: Application.DoesNotExist, NotAllowed, IllegalMove.
    """
    application = _locked(application_id, by, at)
    today = timezone.localdate(at)
    moving.move(application, "ask_rectification", by=by, at=at, words=words)
    clocks.stop(application, limits.REVIEW, cause="rectification", since=today, words=words, by=by)
    run = clocks.start(application, limits.RECTIFICATION, today)
    with translation.override("zh-hans"):
        subject = _("Application %(number)s: please rectify what the review found") % {"number": application.number}
    house = granting_authority()
    notices.notify(
        organisation_ids=[application.organisation_id], subject=subject[:200],
        body=f"{words}\n{limits.in_words(run)}", href=f"/licensing/applications/{application.number}/",
        kind="licensing.rectification", at=at, by=by, sender_id=house.pk if house else None,
        origin=f"application:{application.number}",
    )  # fmt: skip
    return application


@refusals_logged("close_rectification")
def close_rectification(*, application_id: int, words: str, by: User, at: datetime) -> Application:
    """Record that the rectification is confirmed or given up, and let the clock of the review run again.

    Raises: Application.DoesNotExist, NotAllowed, IllegalMove.
    """
    application = _locked(application_id, by, at)
    today = timezone.localdate(at)
    moving.move(application, "close_rectification", by=by, at=at, words=words)
    clocks.finish(application, limits.RECTIFICATION, today)
    clocks.resume(application, limits.REVIEW, until=today)
    return application


@refusals_logged("conclude")
def record_conclusion(
    *,
    application_id: int,
    conclusion: str,
    line_outcomes: Mapping[int, tuple[bool, str]],
    by: User,
    at: datetime,
    reviewers: Iterable[User] = (),
    words: str = "",
    unmet: Iterable[tuple[str, str]] = (),
) -> Application:
    """Record what the review concluded, with an outcome for every line, and start the clock of the decision.

    Args:
        line_outcomes: by the key of the application's line: whether it was confirmed, and why not.
        reviewers: everybody who reviewed; none of them may decide.
        unmet: clauses of the criteria still not met, each with the fact that shows it; they become reasons.
    Raises: Application.DoesNotExist, NotAllowed, IllegalMove, ReviewIncomplete.
    """
    application = _locked(application_id, by, at)
    named = law_book.conclusions_on(timezone.localdate(at)).get(conclusion)
    if named is None:
        raise ReviewIncomplete(
            "The review needs a conclusion.", field="conclusion", remedy="Choose one of those offered."
        )
    lines = list(application.lines.order_by("number"))
    with recorded(by, words or named["zh"]):
        _set_outcomes(lines, line_outcomes)
    application.conclusion = conclusion
    moving.move(application, "conclude", by=by, at=at, words=words or named["zh"], fields=["conclusion"])
    for person in {one.pk: one for one in reviewers if one.pk != by.pk}.values():
        log(application, "reviewed", by=person, at=at, inside=True)
    _keep_unmet(application, list(unmet), at)
    today = timezone.localdate(at)
    clocks.finish(application, limits.REVIEW, today)
    clocks.start(application, limits.DECISION, today)
    return application


def _keep_unmet(application: Application, unmet: list[tuple[str, str]], at: datetime) -> None:
    """Keep clauses that are still not met, from which the reasons of the decision are made."""
    entry, version = decision_book.sentences(timezone.localdate(at))["DECIDE-CLAUSES"]
    for clause, fact in unmet:
        moving.explain(application, UNMET, said(entry, version, clause=clause, fact=fact), {"met": False}, at)


def _set_outcomes(lines: list[ApplicationLine], outcomes: Mapping[int, tuple[bool, str]]) -> None:
    missing = [line.number for line in lines if line.pk not in outcomes]
    if missing:
        raise ReviewIncomplete(
            "%(count)s lines have no outcome yet, the first is line %(first)s.",
            params={"count": len(missing), "first": missing[0]}, remedy="Confirm or refuse every line.",
        )  # fmt: skip
    for line in lines:
        granted, reason = outcomes[line.pk]
        if not granted and not reason.strip():
            raise ReviewIncomplete(
                "Line %(number)s is not confirmed and has no reason.", params={"number": line.number},
                remedy="Say why it is not confirmed.",
            )  # fmt: skip
        line.found = line.outcome = LineOutcome.GRANTED if granted else LineOutcome.REFUSED
        line.found_why = line.reason = reason.strip()[:500]
    update_recorded(ApplicationLine, lines, ["found", "found_why", "outcome", "reason"])


def _locked(application_id: int, by: User, at: datetime) -> Application:
    application = Application.objects.select_for_update().get(pk=application_id)
    today = timezone.localdate(at)
    if not seats.held(by, application, today):
        permissions.require(by, Can.HANDLE, application, today)
    return application
