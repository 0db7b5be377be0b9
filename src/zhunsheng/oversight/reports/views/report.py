"""One report: its lines with what the checks found beside them, its history, its seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec import UNSET, UnsetType

from zhunsheng.oversight.reports import selectors, wording
from zhunsheng.oversight.reports.checks import FoundBy
from zhunsheng.oversight.reports.format.structs import Report as StatedReport
from zhunsheng.oversight.reports.format.structs import Result, Task
from zhunsheng.oversight.reports.forms import BUSINESSES
from zhunsheng.oversight.reports.issuer_scope import proof_of
from zhunsheng.oversight.reports.models import Assurance, Finding, Report
from zhunsheng.oversight.reports.printing import limit_text, text_of
from zhunsheng.oversight.reports.rules import RULES
from zhunsheng.oversight.reports.rules.tiers import NEED_NO_CONTENT
from zhunsheng.oversight.reports.tables import MEANINGS, severity_word, verdict_word
from zhunsheng.oversight.reports.views.issuer import shown_proof
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.documents import qr


@dataclass(frozen=True)
class ShownFinding:
    """A finding in the reader's words, with the colour it is shown in."""

    finding: Finding | FoundBy
    explanation: wording.Explanation
    meaning: str
    severity: str


@dataclass(frozen=True)
class Group:
    """The findings of one rule: its words once, each place with its own sentence."""

    first: ShownFinding
    members: list[ShownFinding]

    @property
    def lines(self) -> list[int]:
        """The result lines concerned."""
        return [one.finding.line for one in self.members if one.finding.line is not None]


@dataclass(frozen=True)
class ShownLine:
    """A result line as a row: texts as stated, and the findings that concern it."""

    place: int
    result: Result
    limit: str
    findings: list[ShownFinding]


def shown_findings(findings: Sequence[Finding | FoundBy]) -> list[ShownFinding]:
    """Return findings in the reader's language."""
    language = get_language() or "zh-hans"
    return [
        ShownFinding(one, wording.explain(one, language), MEANINGS[one.severity], severity_word(one.severity))
        for one in findings
    ]


def grouped(findings: list[ShownFinding]) -> list[Group]:
    """Return the findings by rule, the gravest rule first."""
    groups: dict[str, Group] = {}
    for one in sorted(findings, key=lambda found: -found.finding.severity):
        groups.setdefault(one.finding.rule, Group(one, [])).members.append(one)
    return list(groups.values())


def shown_lines(report: StatedReport, findings: list[ShownFinding]) -> list[ShownLine]:
    """Return the result lines in order, each with its findings."""
    by_line: dict[int, list[ShownFinding]] = {}
    for one in findings:
        if one.finding.line is not None:
            by_line.setdefault(one.finding.line, []).append(one)
    return [
        ShownLine(place, result, limit_text(result.limit), by_line.get(place, []))
        for place, result in enumerate(report.results, 1)
    ]


def facts_of(report: StatedReport) -> list[tuple[str, str]]:
    """Return what the head of the report states, in the order of a printed report; absent facts are left out."""
    dates, sample, signer = report.dates, report.sample, report.signatory
    rows: list[tuple[str, str | UnsetType]] = [(_("Report title"), report.title), (_("Purpose"), report.purpose)]
    rows += business_of(report)
    if report.client is not UNSET:
        rows.append((_("Client"), report.client.name))
    if report.producer is not UNSET:
        rows.append((_("Producer"), report.producer.name))
    if sample is not UNSET:
        rows += [
            (_("Sample"), sample.name),
            (_("Test object"), sample.object),
            (_("Sample number"), sample.id),
            (_("Batch number"), sample.batch),
            (_("Sampled"), sample.sampled),
        ]
        if sample.place is not UNSET:
            rows.append((_("Sampling point"), sample.place.name))
        if sample.sampled_from is not UNSET:
            rows.append((_("Sampled from"), sample.sampled_from.name))
    rows.append((_("Site"), report.site))
    if dates is not UNSET:
        rows += [
            (_("Sample received"), dates.received),
            (_("Testing began"), dates.started),
            (_("Testing ended"), dates.finished),
            (_("Issued"), dates.issued),
        ]
    if signer is not UNSET:
        rows.append((_("Authorised signatory"), f"{text_of(signer.name)} {text_of(signer.code)}".strip()))
    rows.append((_("Conclusion"), report.conclusion))
    rows.append((_("Correction"), replacement_of(report)))
    return [(str(name), text_of(value)) for name, value in rows if text_of(value)]


def business_of(report: StatedReport) -> list[tuple[str, str | UnsetType]]:
    """Return what the report says of its business: kind, task, who commissioned it, sampling sheet."""
    rows: list[tuple[str, str | UnsetType]] = []
    if report.business is not UNSET:
        rows.append((_("Business"), str(BUSINESSES[report.business])))
    if report.task is not UNSET:
        rows += [
            (_("Task"), report.task.name),
            (_("Task number"), report.task.number),
            (_("Commissioning authority"), report.task.authority),
            (_("Objection"), report.task.objection),
            (_("Retest of report"), report.task.retest_of),
        ]
        rows += follow_up_of(report.task)
    if report.sample is not UNSET and report.sample.sampling is not UNSET:
        rows.append((_("Sampling sheet"), report.sample.sampling.sheet))
    return rows


def follow_up_of(task: Task) -> list[tuple[str, str | UnsetType]]:
    """Return what the report says of what followed a failing test: by whom, under which number, with what outcome."""
    follow_up = task.follow_up
    if follow_up is UNSET:
        return []
    return [
        (_("Follow-up by"), follow_up.authority),
        (_("Follow-up number"), follow_up.number),
        (_("Follow-up ended"), follow_up.finished),
        (_("Outcome of the follow-up"), follow_up.outcome),
    ]


def replacement_of(report: StatedReport) -> str:
    """Return which version a report corrects or withdraws and why, empty for a first version."""
    if report.replaces is UNSET:
        return ""
    said = report.replaces
    words = (
        _("This version withdraws version %(version)s.")
        if said.kind == "withdrawal"
        else _("This version corrects version %(version)s.")
    ) % {"version": said.version}
    return words + (" " + _("Reason: %(reason)s") % {"reason": said.reason} if text_of(said.reason) else "")


def timeline(report: Report) -> list[dict[str, Any]]:
    """Return what happened to the report, for the kit's timeline."""
    words = {
        "received": _("Gathered"),
        "sealed": _("Sealed in the public log"),
        "replaced": _("Replaced by a newer version"),
        "withdrawn": _("Withdrawn by the body"),
        "completed": _("Full data received"),
    }
    return [
        {
            "at": event.at,
            "title": words[event.kind],
            "meaning": "good" if event.kind in ("received", "sealed", "completed") else "attention",
            "href": reverse("reports:report", args=[event.report.digest]) if event.report.pk != report.pk else "",
            "text": f"{report.get_assurance_display()} · {report.get_channel_display()}"
            if event.kind == "received"
            else "",
        }
        for event in selectors.timeline_of(report)
    ]


def visible_report(request: HttpRequest, digest: str) -> Report:
    """Return the report if this person may read it. Raises: Http404."""
    report = selectors.readable_report(request.user, digest, timezone.localdate())
    if report is None:
        raise Http404
    return report


def note_reading(request: HttpRequest, report: Report) -> None:
    """Record that somebody outside the body read its client's report; published reports are nobody's secret."""
    reader = request.user
    if report.assurance == Assurance.PUBLISHER or not isinstance(reader, User):
        return
    own = {one.organisation_id for one in reader.memberships_on(timezone.localdate())}
    if report.body.organisation_id not in own:
        note_access(reader, report, _("Read in supervision"), owner=selectors.place_of(report))


@require_safe
def report(request: HttpRequest, digest: str) -> HttpResponse:
    """Show one report with everything about it."""
    found = visible_report(request, digest)
    note_reading(request, found)
    original = selectors.stated_report_of(found)
    may_read = selectors.may_read_findings(request.user, found, timezone.localdate())
    findings = shown_findings(selectors.findings_of(found)) if may_read else []
    receipt = selectors.receipt_of(found)
    address = request.build_absolute_uri(reverse("verification:answer", args=[found.public_code]))
    page = {
        "report": found,
        "stated": original,
        "facts": facts_of(original),
        "lines": shown_lines(original, findings),
        "findings": findings,
        "groups": grouped(findings),
        "may_read_findings": may_read,
        "verdict": verdict_word(found.verdict),
        "timeline": timeline(found),
        "versions": selectors.versions_of(found),
        "issuer": shown_proof(proof_of(found, original)) if found.held else None,
        "receipt": receipt,
        "address": address,
        "qr": qr.svg(address, _("Verification address of this report")),
        "content": found.completed_by,
        "files": original.attachments,
        "completing": selectors.completing_variants(found),
        "checks_run": _("%(run)s of %(all)s checks ran") % {"run": len(NEED_NO_CONTENT), "all": len(RULES)},
        "crumbs": [(_("Reports"), reverse("reports:list")), (found.number, "")],
    }
    return render(request, "reports/report.html", page)
