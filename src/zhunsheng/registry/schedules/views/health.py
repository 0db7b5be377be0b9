"""能力附表体检: of an uploaded file (nothing stored), of a body's stored scope, of all bodies at a glance."""

import io
import tempfile
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from openpyxl import Workbook

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.platform.documents import pdf
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.schedules import health, permissions, thresholds, trial
from zhunsheng.registry.schedules.errorfile import inert
from zhunsheng.registry.schedules.forms import FileForm, HealthFilter
from zhunsheng.registry.schedules.permissions import Can
from zhunsheng.registry.schedules.rules.health import MEANINGS
from zhunsheng.registry.schedules.tables import HealthTable

MOST_SHOWN = 200
MOST_IN_LETTER = 40
_LETTER = Path(__file__).parents[1] / "typst" / "health.typ"


class HealthList(LoginRequiredMixin, listing.ListPage):
    """All bodies with the health of their stored scope."""

    table_class, export_name = HealthTable, "health"
    filterset_class = HealthFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "schedules/health_list.html"

    def get_queryset(self) -> QuerySet[Body]:
        """Return the bodies within the reader's reach, those with outdated standards first."""
        return health.bodies_with_health(self.request.user, timezone.localdate())

    def get_table_kwargs(self) -> dict[str, Any]:
        """Give the table what its numbers come from."""
        today = timezone.localdate()
        return {"numbers": lambda ids: health.counts_of(ids, today)}


@login_required
@require_http_methods(["GET", "POST"])
def check(request: SignedInRequest) -> HttpResponse:
    """Check an uploaded schedule and store nothing."""
    today = timezone.localdate()
    permissions.require_somewhere(request.user, Can.READ, today)
    form = FileForm(request.POST or None, request.FILES or None)
    page: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            report = _of_file(form.cleaned_data["file"], today)
        except DomainError as error:
            explain(form, error)
        else:
            if "workbook" in request.POST:
                return _workbook(report)
            if "letter" in request.POST:
                return _letter(report)
            page |= _shown(report)
    return render(request, "schedules/check.html", page, status=422 if form.errors else 200)


@login_required
@require_GET
def body_health(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Show the health of a body's stored scope; as a workbook or a draft letter with `export`."""
    today = timezone.localdate()
    try:
        body = bodies.body_by_slug(slug)
    except Body.DoesNotExist as error:
        raise Http404 from error
    if not permissions.allowed(request.user, Can.READ, body, today):
        raise Http404
    report = health.of_body(body, today=today)
    if request.GET.get("export") == "xlsx":
        return _workbook(report)
    if request.GET.get("export") == "letter":
        return _letter(report)
    return render(request, "schedules/body_health.html", {"body": body, **_shown(report)})


def _of_file(file: "UploadedFile[bytes]", today: Any) -> health.Report:
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        found = trial.read_file(
            Path(copy.name), on=today, confidence=thresholds.acceptance(today)[0], sites={}, keep=True,
            most=health.MOST_LINES,
        )  # fmt: skip
    return health.of_upload(found, title=file.name or "", today=today)


def _shown(report: health.Report) -> dict[str, Any]:
    counted = report.counts
    tiles = [
        {"name": _("Schedule lines"), "value": report.lines},
        {"name": _("Rows with something to mend"), "value": report.touched},
        {"name": health.title_of("outdated"), "value": counted.get("outdated", 0)},
        {"name": _("Granted twice or contradictory"),
         "value": sum(counted.get(code, 0) for code in ("duplicate", "contradiction", "two_editions"))},
        {"name": health.title_of("year_missing"), "value": counted.get("year_missing", 0)},
        {"name": _("Not in the catalogue"),
         "value": sum(counted.get(f"unknown_{part}", 0) for part in ("object", "parameter", "method"))},
        {"name": _("Not renewable by the national library"),
         "value": sum(counted.get(code, 0) for code in ("abolished_in_library", "not_in_library",
                                                        "other_edition_in_library"))},
    ]  # fmt: skip
    rows = [
        {"finding": one, "title": health.title_of(one.code), "words": health.sentence_of(one)}
        for one in report.findings[:MOST_SHOWN]
    ]
    return {"report": report, "tiles": tiles, "rows": rows, "more": len(report.findings) - len(rows),
            "chart": _chart(counted)}  # fmt: skip


def _chart(counted: dict[str, int]) -> dict[str, Any] | None:
    if not counted:
        return None
    codes = sorted(counted, key=lambda code: counted[code])
    most = max(counted, key=lambda code: counted[code])
    return {
        "kind": "hbar",
        "title": _("Most often: %(kind)s (%(number)s)") % {"kind": health.title_of(most), "number": counted[most]},
        "x": {"name": _("Kind"), "values": [health.title_of(code) for code in codes]},
        "y": {"name": _("lines"), "whole": True},
        "series": [{"name": _("lines"), "values": [counted[code] for code in codes],
                    "meaning": MEANINGS[most]}],
        "description": _("How many lines have each kind of finding."),
    }  # fmt: skip


def _workbook(report: health.Report) -> HttpResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append([_("Kind"), _("Row"), _("Test object"), _("Parameter"), _("Method"), _("What to do")])
    for row in health.rows_of(report):
        sheet.append([inert(cell) for cell in row])
    target = io.BytesIO()
    book.save(target)
    response = HttpResponse(target.getvalue(), content_type=listing.XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="health-{report.on.isoformat()}.xlsx"'
    return response


def _letter(report: health.Report) -> HttpResponse:
    """Give a draft notice to the body; a person reads, completes and signs it."""
    now = timezone.now()
    _within, days = thresholds.health(report.on)
    data = {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "title": _("Notice on the health of a capability schedule (draft)"),
        "foot": _("Draft made by machine on %(day)s; without signature and seal it has no effect.")
        % {"day": report.on.isoformat()},
        "to": report.title,
        "opening": _("Your schedule was checked on %(day)s: %(lines)s lines, %(rows)s of them to be looked at.")
        % {"day": report.on.isoformat(), "lines": report.lines, "rows": report.touched},
        "counts": [[health.title_of(code), str(number)] for code, number in report.counts.items()],
        "head": [_("Row"), _("Scope line"), _("What to do")],
        "rows": [
            [one.where, " / ".join(filter(None, (one.object, one.parameter, one.method))),
             f"{health.title_of(one.code)}: {health.sentence_of(one)}"]
            for one in report.findings[:MOST_IN_LETTER]
        ],
        "closing": _(
            "Please check these lines and answer within %(days)s working days. Where the actual capability is"
            " unchanged, a replaced standard may be declared by self-declaration."
        )
        % {"days": days},
    }  # fmt: skip
    response = HttpResponse(pdf.render(_LETTER, data, at=now), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="notice-{report.on.isoformat()}.pdf"'
    return response
