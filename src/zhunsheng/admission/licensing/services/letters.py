"""The letter of a decision: outcome, reasons, lines granted and refused, what follows."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from zhunsheng.admission.licensing import decision_book
from zhunsheng.admission.licensing.lifecycle import LineAct, LineOutcome, Stage
from zhunsheng.admission.licensing.models import Application, ApplicationLine, Decision, IssuedDocument
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.selectors import officer as selectors
from zhunsheng.admission.licensing.services import documents
from zhunsheng.platform.accounts.models import User

MOST_ROWS = 300
"""Lines that a letter lists; the schedule of the certificate has all of them."""


def send(application: Application, decision: Decision, *, late: str, by: User, at: datetime) -> IssuedDocument:
    """Make and send the letter of a decision; `late` is the paragraph that explains a late one, empty otherwise."""
    today = timezone.localdate(at)
    granted, refused = _rows(application, LineOutcome.GRANTED), _rows(application, LineOutcome.REFUSED)
    paragraphs = [one for one in decision.reasons.split("\n") if one.strip() and one.strip() != late]
    content: dict[str, Any] = {
        "reasons": paragraphs,
        "late": late,
        "clocks": [limits.limit_in_words(limits.ISSUE, application)],
        "verification": "",
        "granted_count": granted.count(),
        "refused_count": refused.count(),
        "rows": [_cells(one, one.limitation) for one in granted[:MOST_ROWS]],
        "refused_rows": [_cells(one, one.reason) for one in refused[:MOST_ROWS]],
    }
    if application.stage != Stage.REFUSED and selectors.is_verified_after(application):
        entry, _version = decision_book.sentences(today)["DECIDE-VERIFIED-AFTER"]
        content["verification"] = entry.values["message"]["zh"]
    return documents.issue_document(
        application=application, kind=str(application.stage), content=content, by=by, at=at, number=decision.number
    )


def _rows(application: Application, outcome: LineOutcome) -> QuerySet[ApplicationLine]:
    rows = application.lines.filter(outcome=outcome).order_by("number")
    return rows if outcome == LineOutcome.REFUSED else rows.exclude(act=LineAct.GIVE_UP)


def _cells(line: ApplicationLine, last: str) -> list[str]:
    method = f"{line.method_text} {line.clause}".strip()
    return [str(line.number), line.object_text, line.parameter_text, method, last]
