"""The letters of an application: opening one is its electronic service; officers enter every other way."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhunsheng.admission.licensing import permissions
from zhunsheng.admission.licensing.forms.officer import ServeForm
from zhunsheng.admission.licensing.models import Attachment, IssuedDocument
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.selectors.applications import applications_visible_to
from zhunsheng.admission.licensing.services import documents
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer
from zhunsheng.platform.documents import files


@login_required
@require_GET
def document(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Hand a letter out; when somebody of the applicant opens it first, that is its receipt."""
    found = _found(request, pk)
    opened = documents.open_document(document_id=found.pk, by=request.user, at=timezone.now())
    return FileResponse(
        files.open_by_digest(str(opened.file_id)), filename=f"{opened.number}.pdf", content_type="application/pdf"
    )


@login_required
@require_http_methods(["GET", "POST"])
def serve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter how a letter was handed over otherwise than in this system."""
    found = _found(request, pk)
    permissions.require(request.user, Can.HANDLE, found.application, timezone.localdate())
    form = ServeForm(
        request.POST or None, request.FILES or None, initial={"served_on": timezone.localdate().isoformat()}
    )

    def done(given: dict[str, Any]) -> HttpResponse:
        documents.serve_document(
            document_id=found.pk, how=given["how"], received_by=given["received_by"], served_at=form.served_at(),
            receipt=given["receipt"], by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The service is entered."))
        return redirect("licensing:file", number=found.application.number)

    page = {"document": found, "application": found.application}
    return answer(request, form, done, page=page, template="licensing/officer/serve.html")


@login_required
@require_GET
def receipt(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Hand out the receipt of a service to officers."""
    found = _found(request, pk)
    permissions.require(request.user, Can.HANDLE, found.application, timezone.localdate())
    if found.receipt is None:
        raise Http404
    return FileResponse(files.open_by_digest(found.receipt.sha256), as_attachment=True, filename=f"{found.number}")


@login_required
@require_GET
def attachment(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Hand out a file that an applicant handed in; that an officer read it is on record."""
    visible = applications_visible_to(request.user, timezone.localdate())
    rows = Attachment.objects.select_related("file", "application").filter(application__in=visible)
    found = get_object_or_404(rows, pk=pk)
    own = {one.organisation_id for one in request.user.memberships_on(timezone.localdate())}
    if found.application.organisation_id not in own:
        note_access(
            request.user, found, f"{found.application.number}", owner=permissions.place_of(found.application),
            at=timezone.now(),
        )  # fmt: skip
    return FileResponse(files.open_by_digest(found.file.sha256), as_attachment=True, filename=found.name)


def _found(request: SignedInRequest, pk: int) -> IssuedDocument:
    visible = applications_visible_to(request.user, timezone.localdate())
    rows = IssuedDocument.objects.select_related("application", "file", "receipt").filter(application__in=visible)
    return get_object_or_404(rows, pk=pk)
