"""A report as files: the stored original, DCC XML, PDF, and the receipt of its seal."""

import hashlib
import json
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhunsheng.oversight.reports import selectors
from zhunsheng.oversight.reports.dcc import write_dcc
from zhunsheng.oversight.reports.format.structs import Report as StatedReport
from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.reports.printing import pdf_of
from zhunsheng.oversight.reports.services.submissions import keep_rendering
from zhunsheng.oversight.reports.views.report import note_reading, visible_report


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    safe = "".join(one if one.isalnum() or one in "-_." else "_" for one in name)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(safe)}"
    return response


@require_safe
def as_json(request: HttpRequest, digest: str) -> HttpResponse:
    """Give the canonical bytes exactly as stored, proof included."""
    report = visible_report(request, digest)
    note_reading(request, report)
    return _file(selectors.canonical_bytes_of(report), "application/json", f"{report.number}-v{report.version}.json")


@require_safe
def as_dcc(request: HttpRequest, digest: str) -> HttpResponse:
    """Give the report as a digital calibration certificate (PTB DCC XML)."""
    report = visible_report(request, digest)
    note_reading(request, report)
    content = write_dcc(_whole(report))
    return _file(content, "application/xml", f"{report.number}-v{report.version}.dcc.xml")


@require_safe
def as_pdf(request: HttpRequest, digest: str) -> HttpResponse:
    """Give the report as a PDF with its code, and remember the file so that a dropped copy is recognised."""
    report = visible_report(request, digest)
    note_reading(request, report)
    content = pdf_of(report, _whole(report), base=request.build_absolute_uri("/"))
    keep_rendering(report.pk, hashlib.sha256(content).hexdigest())
    return _file(content, "application/pdf", f"{report.number}-v{report.version}.pdf")


@require_safe
def receipt(request: HttpRequest, digest: str) -> HttpResponse:
    """Give the receipt that proves the seal offline; 404 while the seal is still to come."""
    report = visible_report(request, digest)
    found = selectors.receipt_of(report)
    if found is None:
        raise Http404
    content = json.dumps(found, ensure_ascii=False, indent=1).encode()
    return _file(content, "application/json", f"{report.number}-v{report.version}.receipt.json")


def _whole(report: Report) -> StatedReport:
    """Return what a report states. Raises: Http404 where only number and digest are registered."""
    if not report.held:
        raise Http404(_("Only number and digest registered"))
    return selectors.stated_report_of(report)
