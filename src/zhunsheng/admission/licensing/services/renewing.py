"""Renewals that ran out undecided count as granted: entered by the law itself, with letter and certificate."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from zhunsheng.admission.certificates import services as certificates
from zhunsheng.admission.licensing import decision_book
from zhunsheng.admission.licensing.lifecycle import LineAct, LineOutcome
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.rules.reasons import said
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.selectors import renewing as selectors
from zhunsheng.admission.licensing.services import clocks, documents, granting, moving
from zhunsheng.admission.licensing.services.refusals import log
from zhunsheng.foundation.errors import DomainError

_LOG = structlog.get_logger("zhunsheng.licensing")
_DAY = timedelta(days=1)


def deem_renewals(*, at: datetime) -> int:
    """Enter every renewal that the law counts as granted by this day; return how many. Safe to repeat.

    Source: Administrative Licensing Law, Art. 50(2).
    """
    done = 0
    for pk in list(selectors.overdue_renewals(timezone.localdate(at)).values_list("pk", flat=True)[:200]):
        try:
            done += _deem(pk, at)
        except DomainError as error:  # one file that the register refuses keeps no other from its right
            _LOG.warning("renewal could not be entered", application=pk, error=str(error))
    return done


@transaction.atomic
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
    application.lines.filter(act=LineAct.KEEP).update(outcome=LineOutcome.GRANTED)
    application.decided_at = at
    moving.move(
        application, "deem_renew", by=None, at=at, words=why.words["zh"], law=f"{why.rule} {why.version}",
        fields=["decided_at"],
    )  # fmt: skip
    clocks.finish_all(application, today, "deemed")
    number = documents.next_number("renewed", today)
    made = certificates.issue(
        grant=granting.grant_of(application, number=number, decided=today, valid_from=ended + _DAY), by=None, at=at,
        why=why.words["zh"][:300],
    )  # fmt: skip
    log(application, "issue_certificate", by=None, at=at, words=made.number)
    documents.issue_document(
        application=application, kind="renewed", number=number, by=None, at=at,
        content={"expires_on": documents.chinese(ended), "reasons": [why.words["zh"]],
                 "clocks": [limits.limit_in_words(limits.ISSUE, application)]},
    )  # fmt: skip
    return True
