"""What was read from a PDF, laid before the body: it is sent once the body has compared it with the signed original."""

from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_POST

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.checks import check_many
from zhunsheng.oversight.reports.format import Parsed, canonical_of, read_report
from zhunsheng.oversight.reports.forms import ConfirmForm
from zhunsheng.oversight.reports.models import Assurance, Channel
from zhunsheng.oversight.reports.permissions import Can, sender_of
from zhunsheng.oversight.reports.services.one_by_one import receive_one
from zhunsheng.oversight.reports.services.sealed_files import SealStanding, judged_seals
from zhunsheng.oversight.reports.uploads import filled_template
from zhunsheng.oversight.reports.uploads.columns import REPORT_COLUMNS, RESULT_COLUMNS, Column
from zhunsheng.oversight.reports.views.report import grouped, shown_findings
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.platform.documents.seals import Seal
from zhunsheng.platform.listing import XLSX_TYPE

_KEPT = {
    False: gettext_lazy("The report is kept, on the word of your account."),
    True: gettext_lazy("The report is kept, with the electronic seal of your body on its PDF."),
}
_SEALS = {
    SealStanding.COUNTS: ("good", gettext_lazy("Your registered seal; the file is as it was sealed")),
    SealStanding.UNREGISTERED: ("waiting", gettext_lazy("The seal holds, but its certificate is not registered")),
    SealStanding.OUT_OF_TIME: ("bad", gettext_lazy("Set outside its certificate's validity, or after its withdrawal")),
    SealStanding.BROKEN: ("bad", gettext_lazy("The file was changed after it was sealed")),
    SealStanding.UNKNOWN: ("neutral", gettext_lazy("Of a kind that can't be verified here (SM2)")),
}


@require_POST
@login_required
def confirm(request: SignedInRequest) -> HttpResponse:
    """Send what the body has confirmed, or give it as a workbook to correct. Raises: NotAllowed."""
    today = timezone.localdate()
    if not policy.allowed_somewhere(request.user, Can.SUBMIT_REPORTS, today):
        raise policy.NotAllowed(Can.SUBMIT_REPORTS)
    raw = request.POST.get("report", "").encode()
    parsed = read_report(raw)
    if "excel" in request.POST:
        return _workbook(parsed)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        outcome = receive_one(raw, sender=sender_of(request.user, today), channel=Channel.UPLOAD, at=timezone.now())
        if outcome.problem is None:
            messages.success(request, _KEPT[outcome.assurance == Assurance.ESEAL])
            return redirect("reports:report", digest=outcome.digest)
        explain(form, outcome.problem)
    return confirmation(request, parsed, (), form)


def confirmation(
    request: SignedInRequest, parsed: Parsed, unread: tuple[str, ...], form: ConfirmForm | None = None
) -> HttpResponse:
    """Return the page that asks the body to compare what was read with the original."""
    data: dict[str, Any] = msgspec.json.decode(canonical_of(parsed.report))
    columns = [column for column in RESULT_COLUMNS if any(_at(line, column) for line in data.get("results", ()))]
    try:
        findings = next(iter(check_many([parsed], received_at=timezone.now(), attachments_sent=True)))
    except DomainError as error:
        findings = []
        messages.warning(request, str(error))
    page = {
        "seals": _seals(parsed),
        "form": form or ConfirmForm(initial={"report": canonical_of(parsed.report).decode()}),
        "number": parsed.report.number,
        "fields": [(_heading(column), _at(data, column)) for column in REPORT_COLUMNS if _at(data, column)],
        "absent": [_heading(column) for column in REPORT_COLUMNS if not _at(data, column)],
        "headings": [_heading(column) for column in columns],
        "rows": [[_at(line, column) for column in columns] for line in data.get("results", ())],
        "unread": unread,
        "groups": grouped(shown_findings(findings)),
    }
    return render(request, "reports/confirm.html", page, status=422 if form is not None else 200)


def _seals(parsed: Parsed) -> list[tuple[Seal, str, str]]:
    """Return the seals in the file, each with the colour and the words of what it is worth."""
    try:
        judged = judged_seals(parsed)
    except DomainError:
        return []
    return [(seal, _SEALS[standing][0], str(_SEALS[standing][1])) for seal, standing in judged]


def _workbook(parsed: Parsed) -> HttpResponse:
    response = HttpResponse(filled_template(msgspec.json.decode(canonical_of(parsed.report))), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="zhunsheng-report-1.xlsx"'
    return response


def _heading(column: Column) -> str:
    return column.heading_en if (get_language() or "").startswith("en") else column.heading


def _at(data: Any, column: Column) -> str:
    for part in column.path.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return "" if data is None else str(data)
