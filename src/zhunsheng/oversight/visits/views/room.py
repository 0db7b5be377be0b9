"""The room of a remote check: what is asked for, what the body sent, which reports were pulled."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.oversight.visits import permissions, services
from zhunsheng.oversight.visits.forms import AskForm, PullForm, SendForm
from zhunsheng.oversight.visits.lifecycle import VISIT
from zhunsheng.oversight.visits.models import RequestedFile, Visit
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.views.steps import visit_in_sight
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, carried_out, today
from zhunsheng.platform.documents import files


@login_required
@require_GET
def room(request: SignedInRequest, number: str) -> HttpResponse:
    """Show what is asked for and what was sent."""
    return _shown(request, visit_in_sight(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Ask for files, send one, or pull reports."""
    found = visit_in_sight(request, number)
    return carried_out(
        request, found, action, STEPS, _offered(request, found, request.POST, request.FILES),
        lambda bound, status: _shown(request, found, bound, status), then=reverse("visits:room", args=[number]),
    )  # fmt: skip


@login_required
@require_GET
def file(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out a file that the body sent."""
    found = visit_in_sight(request, number)
    one = get_object_or_404(RequestedFile.objects.select_related("file"), pk=pk, request__visit=found)
    return FileResponse(files.open_by_digest(one.file.sha256), as_attachment=True, filename=one.name)


def _shown(request: SignedInRequest, found: Visit, bound: Bound, status: int) -> HttpResponse:
    inside = bool(permissions.seat_of(request.user, found, today()))
    inside = inside or permissions.allowed(request.user, Can.DECIDE, found, today())
    page = {
        "visit": found,
        "requests": list(found.requests.prefetch_related("files__file").order_by("pk")),
        "pulls": list(found.pulls.select_related("by").order_by("-pk")[:20]) if inside else [],
        "today": today(),
        "offered": _offered(request, found, None, None) | bound,
    }
    return render(request, "visits/room.html", page, status=status)


def _offered(request: HttpRequest, found: Visit, data: Any, uploads: Any) -> Bound:
    made: Bound = {}
    if "ask_files" not in VISIT.actions(found.stage):
        return made
    if permissions.seat_of(request.user, found, today()):
        made["ask"] = AskForm(data, auto_id="id_ask_%s")
        made["pull"] = PullForm(data, auto_id="id_pull_%s")
    elif permissions.allowed(request.user, Can.ANSWER, found, today()):
        asked = [(str(one.pk), one.words) for one in found.requests.order_by("pk")]
        if asked:
            made["send"] = SendForm(data, uploads, requests=asked, auto_id="id_send_%s")
    return made


def _ask(request: SignedInRequest, found: Visit, given: dict[str, Any]) -> str:
    services.ask_for_files(visit_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The body is asked for it and told by when.")


def _pull(request: SignedInRequest, found: Visit, given: dict[str, Any]) -> str:
    services.pull_reports(visit_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The reports are kept as they stand now.")


def _send(request: SignedInRequest, found: Visit, given: dict[str, Any]) -> str:
    sent = given["file"]
    upload = services.Upload(sent.name or "", sent.read(), sent.content_type or None)
    services.send_requested_file(request_id=int(given["request"]), upload=upload, by=request.user, at=timezone.now())
    return _("The file is sent.")


STEPS = {"ask": _ask, "pull": _pull, "send": _send}
