"""The library of checklists: what holds today, as XLSForm, and editions that are imported and approved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.oversight.visits import selectors, services, xlsform
from zhunsheng.oversight.visits.forms import ImportForm
from zhunsheng.oversight.visits.models import Edition
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.platform.documents.media import XLSX

READERS = (Can.SEE, Can.CONDUCT, Can.IMPORT_LIBRARY)


def _require_reader(request: SignedInRequest) -> None:
    if not any(policy.allowed_somewhere(request.user, one, today()) for one in READERS):
        raise NotAllowed(Can.SEE)


@login_required
@require_http_methods(["GET", "POST"])
def library(request: SignedInRequest) -> HttpResponse:
    """Show the checklists of today and the editions that wait; import one."""
    _require_reader(request)
    may_import = policy.allowed_somewhere(request.user, Can.IMPORT_LIBRARY, today())
    if request.method == "POST" and not may_import:
        raise NotAllowed(Can.IMPORT_LIBRARY)
    data, uploads = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportForm(data, uploads, initial={"effective_from": today()})

    def imported(given: dict[str, Any]) -> HttpResponse:
        services.import_edition(
            content=given["file"].read(), effective_from=given["effective_from"], why=given["why"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The edition is imported. Another officer approves it."))
        return redirect("visits:library")

    page = {
        "checklists": selectors.checklists_on(today()),
        "editions": list(Edition.objects.select_related("imported_by", "approved_by").order_by("-pk")[:50]),
        "may_import": may_import,
        "may_approve": policy.allowed_somewhere(request.user, Can.APPROVE_LIBRARY, today()),
    }
    return answer(request, form, imported, page=page, template="visits/library.html")


@login_required
@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve an edition that somebody else imported."""
    if not Edition.objects.filter(pk=pk).exists():
        raise Http404
    services.approve_edition(edition_id=pk, why=_("approved"), by=request.user, at=timezone.now())
    messages.success(request, _("The edition is approved and holds from its day on."))
    return redirect("visits:library")


@login_required
@require_GET
def checklist(request: SignedInRequest, code: str) -> HttpResponse:
    """Show one checklist as it holds today."""
    _require_reader(request)
    found = selectors.checklist_on(code, today())
    if found is None:
        raise Http404
    page = {"checklist": found, "titles": selectors.violation_titles(today())}
    return render(request, "visits/checklist.html", page)


@login_required
@require_GET
def as_xlsform(request: SignedInRequest, code: str) -> HttpResponse:
    """Hand out a checklist as XLSForm."""
    _require_reader(request)
    found = selectors.checklist_on(code, today())
    if found is None:
        raise Http404
    content = xlsform.written(found.code, found.title, found.version, found.items)
    made = HttpResponse(content, content_type=XLSX)
    made["Content-Disposition"] = f'attachment; filename="checklist-{found.code}.xlsx"'
    return made
