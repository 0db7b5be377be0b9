"""A laboratory's file: checked before issuing (nothing stored), or handed in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports import selectors, wording
from zhunsheng.oversight.reports.checks import check_many
from zhunsheng.oversight.reports.format import Parsed
from zhunsheng.oversight.reports.forms import ReportFileForm
from zhunsheng.oversight.reports.models import Channel
from zhunsheng.oversight.reports.permissions import Can, require_check, sender_of
from zhunsheng.oversight.reports.services.file_reading import read_file
from zhunsheng.oversight.reports.services.intake import receive_many
from zhunsheng.oversight.reports.services.outcomes import Outcome
from zhunsheng.oversight.reports.services.refusals import Refusal
from zhunsheng.oversight.reports.uploads import Uploaded, write_template
from zhunsheng.oversight.reports.views.confirming import confirmation
from zhunsheng.oversight.reports.views.report import Group, ShownFinding, grouped, shown_findings
from zhunsheng.platform import refusals
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.platform.listing import XLSX_TYPE

MOST_SHOWN = 50
MOST_READ = 5_000
"""Reports that a page takes in one file; the API streams batches of any size."""


@dataclass(frozen=True)
class ShownProblem:
    """A refusal in the reader's language."""

    sentence: str
    remedy: str
    field: str


@dataclass(frozen=True)
class ShownOutcome:
    """What became of one report of the file, for the page."""

    name: str
    findings: list[ShownFinding] = field(default_factory=list)
    problems: list[ShownProblem] = field(default_factory=list)
    kept: str = ""
    href: str = ""

    @property
    def worst(self) -> int:
        """The gravest severity."""
        return max((one.finding.severity for one in self.findings), default=0)

    @property
    def groups(self) -> list[Group]:
        """The findings by rule."""
        return grouped(self.findings)

    @property
    def count(self) -> str:
        """How many findings, in words."""
        return ngettext("%(n)s finding", "%(n)s findings", len(self.findings)) % {"n": len(self.findings)}


def shown_problem(error: DomainError) -> ShownProblem:
    """Return a refusal in the reader's language: its own two, or the catalogue's."""
    language = get_language() or "zh-hans"
    chinese = str(getattr(error, "rule_zh", ""))
    if language.startswith("zh") and chinese:
        sentence, remedy = chinese, str(getattr(error, "remedy_zh", ""))
        if language == "zh-hant":
            sentence, remedy = wording.traditional(sentence), wording.traditional(remedy)
    elif getattr(error, "rule", ""):
        sentence, remedy = str(getattr(error, "rule", "")), error.remedy or ""
    else:
        sentence, remedy = refusals.sentence(error), refusals.remedy(error)
    return ShownProblem(sentence, remedy, "" if hasattr(error, "cell") else error.field or "")


@login_required
def try_file(request: SignedInRequest) -> HttpResponse:
    """Check a file by the rules of arrival and store nothing. Raises: NotAllowed."""
    require_check(request.user, timezone.localdate())
    form = ReportFileForm(request.POST or None, request.FILES or None)
    outcomes: list[ShownOutcome] = []
    if form.is_valid():
        outcomes = _checked(_read(form.cleaned_data["file"], keep_originals=False))
    page = {
        "heading": _("Check before issuing"),
        "lead": _("The same checks that a report meets on arrival. Nothing is stored and nobody else sees the result."),
        "submit": _("Check"),
    }
    return _page(request, form, outcomes, page)


@login_required
def submit(request: SignedInRequest) -> HttpResponse:
    """Hand in a file of one's own body. Raises: NotAllowed."""
    today = timezone.localdate()
    if not policy.allowed_somewhere(request.user, Can.SUBMIT_REPORTS, today):
        raise policy.NotAllowed(Can.SUBMIT_REPORTS)
    form = ReportFileForm(request.POST or None, request.FILES or None)
    outcomes: list[ShownOutcome] = []
    if form.is_valid():
        read = _read(form.cleaned_data["file"], keep_originals=True)
        if len(read) == 1 and read[0].from_pdf and read[0].parsed is not None:
            return confirmation(request, read[0].parsed, read[0].unread)
        outcomes = handed_in(request, read)
    page = {
        "heading": _("Submit reports"),
        "lead": _("Reports of your own body. Each is checked, kept with what was found, and sealed in the public log."),
        "submit": _("Submit"),
        "may_register": True,
    }
    return _page(request, form, outcomes, page)


def handed_in(request: SignedInRequest, read: list[Uploaded]) -> list[ShownOutcome]:
    """Hand in what was read, as the person who is signed in, and return what became of each."""
    sender = sender_of(request.user, timezone.localdate())
    items = [item.parsed or item.problem for item in read]
    received = receive_many(items, sender=sender, channel=Channel.UPLOAD, at=timezone.now())
    outcomes = [_kept(item, outcome) for item, outcome in zip(read, received, strict=True)]
    kept = sum(1 for one in outcomes if one.kept)
    if kept:
        messages.success(request, ngettext("%(n)s report is kept.", "%(n)s reports are kept.", kept) % {"n": kept})
    return outcomes


def _page(
    request: SignedInRequest, form: ReportFileForm, outcomes: list[ShownOutcome], page: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.errors else 200
    left_out = max(len(outcomes) - MOST_SHOWN, 0)
    words = {"form": form, "outcomes": outcomes[:MOST_SHOWN], "left_out": left_out, **page}
    return render(request, "reports/try.html", words, status=status)


def _read(file: "UploadedFile[bytes]", *, keep_originals: bool) -> list[Uploaded]:
    file.seek(0)
    reports = read_file(file.name or "", file.read(), at=timezone.now(), keep_originals=keep_originals)
    found = list(islice(reports, MOST_READ + 1))
    if len(found) > MOST_READ:
        return [Uploaded(file.name or "", problem=Refusal("file-reports", "file", limit=MOST_READ))]
    return found


def _checked(items: Iterable[Uploaded]) -> list[ShownOutcome]:
    listed = list(items)
    parsed: list[Parsed] = [item.parsed for item in listed if item.parsed is not None]
    found = iter(check_many(parsed, received_at=timezone.now(), attachments_sent=False) if parsed else [])
    shown = []
    for item in listed:
        if item.parsed is None:
            shown.append(ShownOutcome(item.name, problems=_problems(item)))
        else:
            shown.append(ShownOutcome(item.parsed.report.number, shown_findings(next(found))))
    return shown


def _problems(item: Uploaded) -> list[ShownProblem]:
    return [shown_problem(one) for one in (item.problem or DomainError("unreadable"), *item.further)]


def _kept(item: Uploaded, outcome: Outcome) -> ShownOutcome:
    if item.parsed is None:
        return ShownOutcome(item.name, problems=_problems(item))
    if outcome.problem is not None:
        return ShownOutcome(item.parsed.report.number, problems=[shown_problem(outcome.problem)])
    report = selectors.report_by_digest(outcome.digest)
    findings = shown_findings(selectors.findings_of(report)) if report else []
    words = _("kept") if outcome.status == "accepted" else _("was kept before")
    return ShownOutcome(outcome.number, findings, kept=words, href=reverse("reports:report", args=[outcome.digest]))


@require_safe
@login_required
def template(_request: SignedInRequest) -> HttpResponse:
    """Give the Excel template for bodies without software of their own."""
    response = HttpResponse(write_template(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="zhunsheng-report-1.xlsx"'
    return response
