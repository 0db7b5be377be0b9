"""Acceptance: tell everything that is missing at once, accept, or refuse to accept, each with its letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.utils import timezone

from zhunsheng.admission.certificates.services import announce
from zhunsheng.admission.licensing import decision_book, permissions
from zhunsheng.admission.licensing.lifecycle import LineOutcome, Stage
from zhunsheng.admission.licensing.models import Application, Gap
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.reasons import Reason, said
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.selectors import officer as selectors
from zhunsheng.admission.licensing.services import clocks, documents, moving
from zhunsheng.admission.licensing.services.outcomes import settle_lines
from zhunsheng.admission.licensing.services.refusals import refusals_logged
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.jobs import rows


class AcceptanceRefused(DomainError):
    """A step of acceptance that the rules don't allow."""

    code = "acceptance-refused"


@dataclass(frozen=True, slots=True)
class ToldGap:
    """One thing that is missing: where, what, how to mend it, and the rule that found it where one did."""

    field: str
    words: str
    remedy: str = ""
    law: str = ""


@refusals_logged("tell_gaps")
def tell_gaps(*, application_id: int, gaps: Sequence[ToldGap], by: User, at: datetime) -> Application:
    """Tell the applicant everything that is missing, once, and stop the clock of acceptance.

    All gaps are told at once (Administrative Licensing Law, Art. 32(1)(4)): a second letter may only name again what
    the first one told and the new filing left unmended.

    Raises: Application.DoesNotExist, NotAllowed, IllegalMove, AcceptanceRefused.
    """
    application = locked(application_id, by, at)
    stated = [one for one in gaps if one.words.strip()]
    if not stated:
        raise AcceptanceRefused("Say what is missing.", field="more", remedy="Tick a gap or write one down.")
    told = set(chain.from_iterable(_names(one) for one in application.gaps.all()))
    if told and any(told.isdisjoint(_names(one)) for one in stated):
        raise AcceptanceRefused(
            "Gaps are told once: this letter names what the first one did not.", field="more",
            remedy="Accept the application, or name only gaps of the first letter that are not mended.",
        )  # fmt: skip
    application.handler = application.handler or by
    moving.move(application, "tell_gaps", by=by, at=at, words=_counted(stated), fields=["handler"])
    _keep_gaps(application, stated, at)
    clocks.finish(application, limits.ACCEPTANCE, timezone.localdate(at), "told")
    sentences = [f"{one.words.strip()}{f'（{one.remedy}）' if one.remedy else ''}" for one in stated]
    documents.issue_document(
        application=application, kind="gaps", content={"gaps": sentences, "due_on": ""}, by=by, at=at
    )
    return application


@refusals_logged("accept")
def accept(*, application_id: int, by: User, at: datetime) -> Application:
    """Accept an application that is complete, send the letter and start the next clock.

    Routes without a review before the decision go on to the decision at once.

    Raises: Application.DoesNotExist, NotAllowed, IllegalMove.
    """
    application = locked(application_id, by, at)
    application.handler = application.handler or by
    _accept(application, timezone.localdate(at), by=by, at=at)
    return application


@refusals_logged("not_accept")
def not_accept(*, application_id: int, reasons: Sequence[str], by: User, at: datetime) -> Application:
    """Refuse to accept an application, with reasons and remedies, and publish that.

    Raises: Application.DoesNotExist, NotAllowed, IllegalMove, AcceptanceRefused.
    """
    application = locked(application_id, by, at)
    stated = [one.strip() for one in reasons if one.strip()]
    if not stated:
        raise AcceptanceRefused("A refusal needs its reasons.", field="reasons", remedy="Name article and fact.")
    today = timezone.localdate(at)
    application.handler, application.decided_at = application.handler or by, at
    moving.move(
        application, "not_accept", by=by, at=at, words="；".join(stated)[:1000], fields=["handler", "decided_at"]
    )
    clocks.finish_all(application, today, "ended")
    documents.issue_document(application=application, kind="not_accepted", content={"reasons": stated}, by=by, at=at)
    announce(
        kind="not_accepted", application_number=application.number, body_name=application.applicant_name,
        words=f"不予受理（{application.number}）", words_en=f"Not accepted ({application.number})",
        on=today, at=at, body_id=application.body_id,
        division=application.division_id, by=by,
    )  # fmt: skip
    return application


def deem_accepted(*, at: datetime) -> int:
    """Accept what nobody answered within the limit, as of its receipt; return how many. Safe to repeat.

    Source: Administrative Licensing Law, Art. 32(1)(4).
    """
    today = timezone.localdate(at)
    due = Application.objects.filter(stage=Stage.FILED, clock__in=limits.codes_of(limits.ACCEPTANCE), due_on__lt=today)
    return rows.each("deemed-acceptance", rows.chunks(due.only("pk")), lambda one: _deem(one.pk, today, at))


def _deem(application_id: int, today: date, at: datetime) -> bool:
    application = Application.objects.select_for_update().get(pk=application_id)
    if application.stage != Stage.FILED or application.due_on is None or application.due_on >= today:
        return False
    if application.filed_at is None:
        return False
    filed = timezone.localdate(application.filed_at)
    entry, version = decision_book.sentences(today)["DECIDE-DEEMED-ACCEPTED"]
    why = said(entry, version, started_on=filed.isoformat(), due_on=application.due_on.isoformat())
    moving.explain(application, "deemed_accepted", why, {"accepted_on": filed.isoformat()}, at)
    _accept(application, filed, by=None, at=at, deemed=why)
    return True


def locked(application_id: int, by: User, at: datetime) -> Application:
    """Lock an application for its handler. Raises: Application.DoesNotExist, NotAllowed."""
    application = Application.objects.select_for_update().get(pk=application_id)
    permissions.require(by, Can.HANDLE, application, timezone.localdate(at))
    return application


def _accept(application: Application, on: date, *, by: User | None, at: datetime, deemed: Reason | None = None) -> None:
    application.accepted_at = application.filed_at if deemed else at
    words, law = (deemed.words["zh"], f"{deemed.rule} {deemed.version}") if deemed else ("", "")
    moving.move(application, "accept", by=by, at=at, words=words, law=law, fields=["accepted_at", "handler"])
    application.gaps.filter(mended_at=None).update(mended_at=at)
    clocks.finish(application, limits.ACCEPTANCE, timezone.localdate(at), "deemed" if deemed else "")
    limit = limits.entry_for(limits.ACCEPTANCE, application).values["limit"]
    if selectors.is_reviewed(application):
        run = clocks.start(application, limits.REVIEW, on)
        clocks_told = [limits.in_words(run), limits.limit_in_words(limits.DECISION, application)]
    else:
        settle_lines(application.lines.all(), LineOutcome.GRANTED, by=by, why="no review on this route")
        moving.move(application, "decide_at_once", by=by, at=at, law=selectors.route_law(application))
        clocks_told = [limits.in_words(clocks.start(application, limits.DECISION, on))]
    documents.issue_document(
        application=application, kind="accepted",
        content={"deemed": deemed is not None, "deemed_days": str(limit), "clocks": clocks_told}, by=by, at=at,
    )  # fmt: skip


def _keep_gaps(application: Application, stated: Sequence[ToldGap], at: datetime) -> None:
    """Keep what a letter tells beside what the first one told: what it no longer names is mended by its day."""
    named = {(one.field[:80], one.words.strip()[:500]): one for one in stated}
    waiting = {(one.field, one.words): one for one in application.gaps.filter(mended_at=None)}
    mended = [one.pk for key, one in waiting.items() if key not in named]
    application.gaps.filter(pk__in=mended).update(mended_at=at)
    Gap.objects.bulk_create(
        Gap(
            application=application, field=one.field[:80], words=one.words.strip()[:500], remedy=one.remedy[:500],
            law=one.law[:120], told_at=at,
        )
        for key, one in named.items()
        if key not in waiting
    )  # fmt: skip


def _names(gap: Gap | ToldGap) -> Iterator[tuple[str, str]]:
    """Yield by what a gap is known again: its words, or the rule that found it, whose words count what is left."""
    yield gap.field[:80], gap.words.strip()[:500]
    if gap.law:
        yield gap.field[:80], gap.law.partition(" ")[0]


def _counted(gaps: Sequence[ToldGap]) -> str:
    return "；".join(one.words.strip() for one in gaps)
