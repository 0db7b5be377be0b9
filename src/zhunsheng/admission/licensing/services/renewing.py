"""Renewals that ran out undecided count as granted: entered by the law itself, with letter and certificate."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from zhunsheng.admission.certificates import services as certificates
from zhunsheng.admission.licensing import decision_book
from zhunsheng.admission.licensing.lifecycle import LineAct, LineOutcome
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.rules.reasons import listed, said
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.selectors import renewing as selectors
from zhunsheng.admission.licensing.services import clocks, documents, granting, moving
from zhunsheng.admission.licensing.services.outcomes import settle_lines
from zhunsheng.admission.licensing.services.refusals import log
from zhunsheng.platform.jobs import rows

_DAY = timedelta(days=1)


def deem_renewals(*, at: datetime) -> int:
    """Enter every renewal that the law counts as granted by this day; return how many. Safe to repeat.

    Source: Administrative Licensing Law, Art. 50(2).
    """
    overdue = selectors.overdue_renewals(timezone.localdate(at)).only("pk")
    return rows.each("deemed-renewals", rows.chunks(overdue), lambda one: _deem(one.pk, at))


def _deem(application_id: int, at: datetime) -> bool:
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    today = timezone.localdate(at)
    found = selectors.deemed_renewed(application, today)
    if found is None:
        return False
    filed, ended = limits.law_day(application), found.passed_on
    entry, version = decision_book.sentences(today)["DECIDE-DEEMED-RENEWED"]
    why = said(
        entry, version, months=found.entry.values["limit"], filed_on=filed.isoformat(), expires_on=ended.isoformat()
    )
    moving.explain(application, "deemed_renewed", why, {"clock": found.entry.id, "since": found.since.isoformat()}, at)
    beside = _settle_lines(application, today)
    application.decided_at = at
    moving.move(
        application, "deem_renew", by=None, at=at, words=why.words["zh"], law=f"{why.rule} {why.version}",
        fields=["decided_at"],
    )  # fmt: skip
    clocks.finish_all(application, today, "deemed")
    number = documents.next_number("renewed", today)
    grant = granting.grant_of(application, number=number, decided=today, valid_from=ended + _DAY)
    made = certificates.issue(
        grant=replace(grant, carried=(*grant.carried, *_held(application)), refused=()), by=None, at=at,
        why=why.words["zh"][:300],
    )  # fmt: skip
    log(application, "issue_certificate", by=None, at=at, words=made.number)
    documents.issue_document(
        application=application, kind="renewed", number=number, by=None, at=at,
        content={"expires_on": documents.chinese(ended), "reasons": [why.words["zh"], *beside],
                 "clocks": [limits.limit_in_words(limits.ISSUE, application)]},
    )  # fmt: skip
    return True


def _settle_lines(application: Application, today: date) -> list[str]:
    """Renew the lines that were to be kept; leave nothing else in the air, and return what the letter says of it."""
    why = "DECIDE-DEEMED-RENEWED"
    settle_lines(application.lines.filter(act=LineAct.KEEP), LineOutcome.GRANTED, by=None, why=why, reason="")
    beside = application.lines.exclude(act=LineAct.KEEP)
    places = list(beside.order_by("number").values_list("number", flat=True))
    if not places:
        return []
    entry, version = decision_book.sentences(today)["DECIDE-DEEMED-NOT-COVERED"]
    reason = said(entry, version, count=len(places), places=listed(places)).words["zh"]
    settle_lines(beside, LineOutcome.NOT_COVERED, by=None, why=why, reason=reason)
    return [reason]


def _held(application: Application) -> list[int]:
    """Return the lines of the register whose change was asked for: unchanged they are renewed with the others."""
    asked = application.lines.filter(act=LineAct.REPLACE, outcome=LineOutcome.NOT_COVERED).exclude(scope_line=None)
    return [key for key in asked.order_by("number").values_list("scope_line_id", flat=True) if key is not None]
