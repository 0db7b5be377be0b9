"""The file room of a review and its recorded sessions."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.admission.reviews import permissions, services
from zhunsheng.admission.reviews.forms.work import FileForm, SessionForm
from zhunsheng.admission.reviews.lifecycle import MemberState, Mode, Stage
from zhunsheng.admission.reviews.models import Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.views.steps import refusals_kept, review_in_sight
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, carried_out, today
from zhunsheng.platform.documents import files


@login_required
@require_GET
def room(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the files laid out and the sessions recorded."""
    return _shown(request, review_in_sight(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Lay a file out, or enter a session."""
    found = review_in_sight(request, number)
    with refusals_kept(request, found, action):
        return carried_out(
            request, found, action, STEPS, _offered(request, found, request.POST, request.FILES),
            lambda bound, status: _shown(request, found, bound, status), then=reverse("reviews:room", args=[number]),
        )  # fmt: skip


@login_required
@require_GET
def file(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out a file of the room; those taken away to officers alone."""
    found = review_in_sight(request, number)
    kept = found.files.select_related("file")
    if not permissions.allowed(request.user, Can.APPOINT, found, today()):
        kept = kept.filter(removed_at=None)
    one = get_object_or_404(kept, pk=pk)
    return FileResponse(files.open_by_digest(one.file.sha256), as_attachment=True, filename=one.name)


@login_required
@require_POST
def remove(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Take one's own file away."""
    found = review_in_sight(request, number)
    one = get_object_or_404(found.files.filter(removed_at=None), pk=pk)
    services.take_file_away(file_id=one.pk, by=request.user, at=timezone.now())
    return redirect("reviews:room", number=number)


def _shown(request: SignedInRequest, found: Review, bound: Bound, status: int) -> HttpResponse:
    kept = found.files.select_related("file", "added_by").order_by("-added_at")
    page = {
        "review": found,
        "files": list(kept.filter(removed_at=None)),
        "removed": list(kept.exclude(removed_at=None))
        if permissions.allowed(request.user, Can.APPOINT, found, today())
        else [],
        "sessions": list(found.sessions.select_related("by").order_by("began_at")),
        "remote": found.mode == Mode.REMOTE,
        "serving": permissions.serves(request.user, found, today()),
        "offered": _offered(request, found, None, None) | bound,
    }
    return render(request, "reviews/room.html", page, status=status)


def _offered(request: SignedInRequest, found: Review, data: Any, uploads: Any) -> Bound:
    seat = permissions.seat_of(request.user, found, today())
    serving = seat is not None and seat.state == MemberState.SERVING
    is_open = found.stage in {Stage.PREPARED, Stage.AT_WORK, Stage.RECTIFYING}
    made: Bound = {}
    if is_open and (serving or permissions.allowed(request.user, Can.ANSWER, found, today())):
        made["lay-out"] = FileForm(data, uploads, auto_id="id_file_%s")
    if is_open and serving and found.mode == Mode.REMOTE:
        made["session"] = SessionForm(data, auto_id="id_session_%s")
    return made


def _lay_out(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    sent = given.pop("file")
    upload = services.Upload(sent.name or "", sent, sent.content_type or None)
    services.lay_out_file(review_id=found.pk, upload=upload, by=request.user, at=timezone.now(), **given)
    return _("The file lies in the room.")


def _session(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.record_session(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The session is on record.")


STEPS = {"lay-out": _lay_out, "session": _session}
