"""The list of visits, one visit with what its reader may do, its opening, its record."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.oversight.inspections.selectors import tasks_of
from zhunsheng.oversight.visits import permissions, printing, selectors, services
from zhunsheng.oversight.visits.forms import OpenForm, SeenForm, StartForm, SupplementForm, VisitFilter, WhyForm
from zhunsheng.oversight.visits.lifecycle import VISIT, Side, Stage
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.tables import VisitTable
from zhunsheng.oversight.visits.views.steps import visit_in_sight
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, answer, carried_out, today
from zhunsheng.platform.documents import files, qr


class VisitList(LoginRequiredMixin, listing.ListPage):
    """The visits in sight: an inspector's own, a body's own, officers' their division's."""

    table_class, export_name = VisitTable, "visits"
    filterset_class = VisitFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "visits/visits.html"

    def get_queryset(self) -> QuerySet[Visit]:
        """Return what this reader may see."""
        return selectors.visits_visible_to(self.request.user, timezone.localdate())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the tasks that wait for a visit by this reader."""
        user = self.request.user
        waiting = []
        if isinstance(user, User) and policy.allowed_somewhere(user, Can.CONDUCT, timezone.localdate()):
            waiting = list(tasks_of(user).filter(stage="assigned").exclude(visits__stage__in=_OPEN)[:10])
        inspector = policy.allowed_somewhere(user, Can.CONDUCT, today())
        library = inspector or policy.allowed_somewhere(user, Can.IMPORT_LIBRARY, today())
        return super().get_context_data(**kwargs) | {"waiting": waiting, "inspector": inspector, "library": library}


_OPEN = (Stage.PREPARED, Stage.UNDER_WAY, Stage.SIGNED, Stage.CONCLUDED)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest, task: str) -> HttpResponse:
    """Open the visit of a task."""
    found = get_object_or_404(tasks_of(request.user), number=task)
    first = min(max(today(), found.first_day), found.last_day)
    form = OpenForm(request.POST or None, initial={"mode": "on_site", "first_day": first, "last_day": first})

    def opened(given: dict[str, Any]) -> HttpResponse:
        made = services.open_visit(task_id=found.pk, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("The visit is open. Its checklist holds what applies to this body."))
        return redirect("visits:visit", number=made.number)

    return answer(request, form, opened, page={"task": found}, template="visits/new.html")


@login_required
@require_GET
def visit(request: SignedInRequest, number: str) -> HttpResponse:
    """Show a visit and what this reader may do next."""
    return _shown(request, visit_in_sight(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Do one step of the visit's page."""
    found = visit_in_sight(request, number)
    return carried_out(
        request, found, action, STEPS, _offered(request, found, request.POST, request.FILES),
        lambda bound, status: _shown(request, found, bound, status), then=reverse("visits:visit", args=[number]),
    )  # fmt: skip


def _shown(request: SignedInRequest, found: Visit, bound: Bound, status: int) -> HttpResponse:
    seat = permissions.seat_of(request.user, found, today())
    inside = bool(seat) or permissions.allowed(request.user, Can.DECIDE, found, today())
    counted = found.items.aggregate(
        all=Count("pk"), judged=Count("pk", filter=~Q(verdict="")), failed=Count("pk", filter=Q(verdict="fails"))
    )
    code = request.build_absolute_uri(reverse("visits:pass", args=[found.pass_code]))
    sealed = found.stage in {Stage.SIGNED, Stage.CONCLUDED}
    page = {
        "visit": found,
        "seat": seat,
        "inside": inside,
        "counted": counted,
        "pass_address": code,
        # The library draws the picture from our own address: nothing of it comes from outside.
        "pass_picture": mark_safe(qr.svg(code, _("Code of identification"))) if seat else "",  # noqa: S308 - see above
        "sheet_open": bool(seat) and found.stage not in {Stage.PREPARED, Stage.CANCELLED},
        "record": getattr(found, "record", None) if sealed else None,
        "photos": list(found.photos.select_related("file").order_by("taken_at")[:60]) if inside or sealed else [],
        "signatures": list(found.signatures.order_by("pk")),
        "supplements": list(found.supplements.select_related("by", "file").order_by("pk")),
        "offered": _offered(request, found, None, None) | bound,
    }
    return render(request, "visits/visit.html", page, status=status)


def _offered(request: HttpRequest, found: Visit, data: Any, uploads: Any) -> Bound:
    """Return the forms of the steps that stage, policy and seat allow to this reader."""
    can = VISIT.actions(found.stage)
    seat = permissions.seat_of(request.user, found, today())
    made: Bound = {}
    if seat and "start" in can and found.first_day <= today() <= found.last_day:
        made["start"] = StartForm(data, auto_id="id_start_%s")
    if seat == Side.LEADER and "void" in can and found.signatures.filter(signed=True).exists():
        made["void"] = WhyForm(data, auto_id="id_void_%s")
    if seat and "supplement" in can:
        made["supplement"] = SupplementForm(data, uploads, auto_id="id_supplement_%s")
    if "cancel" in can and (seat or permissions.allowed(request.user, Can.DECIDE, found, today())):
        made["cancel"] = WhyForm(data, auto_id="id_cancel_%s")
    return made


def _start(request: SignedInRequest, found: Visit, _given: dict[str, Any]) -> str:
    services.start_visit(visit_id=found.pk, by=request.user, at=timezone.now())
    return _("The visit has begun. Open the sheet while you have a network; then it works without one.")


def _void(request: SignedInRequest, found: Visit, given: dict[str, Any]) -> str:
    services.take_signatures_back(visit_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("All signatures are taken back. Mend the sheet and let both sides sign anew.")


def _supplement(request: SignedInRequest, found: Visit, given: dict[str, Any]) -> str:
    sent = given.pop("file")
    upload = services.Upload(sent.name or "", sent.read(), sent.content_type or None) if sent else None
    services.add_supplement(visit_id=found.pk, upload=upload, by=request.user, at=timezone.now(), **given)
    return _("The supplement stands beside the record.")


def _cancel(request: SignedInRequest, found: Visit, given: dict[str, Any]) -> str:
    services.cancel_visit(visit_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The visit is called off.")


STEPS = {"start": _start, "void": _void, "supplement": _supplement, "cancel": _cancel}


@never_cache
@require_http_methods(["GET", "POST"])
def identification(request: HttpRequest, code: str) -> HttpResponse:
    """Show the body who the inspectors are, by a code that nobody guesses; it confirms that it has seen it."""
    found = get_object_or_404(
        Visit.objects.select_related("body", "task__plan__organisation", "task__leader", "task__second").exclude(
            stage=Stage.CANCELLED
        ),
        pass_code=code,
    )
    form = SeenForm(request.POST or None)

    def seen(given: dict[str, Any]) -> HttpResponse:
        services.show_identity(pass_code=code, at=timezone.now(), **given)
        return redirect("visits:pass", code=code)

    holds = found.first_day <= today() <= found.last_day and found.stage in {Stage.PREPARED, Stage.UNDER_WAY}
    return answer(request, form, seen, page={"visit": found, "holds": holds}, template="visits/pass.html")


@login_required
@require_GET
def record(request: SignedInRequest, number: str) -> HttpResponse:
    """Hand out the signed record as a PDF; until it is sealed, a draft for the inspectors."""
    found = visit_in_sight(request, number)
    sealed = getattr(found, "record", None)
    if sealed is None and not permissions.seat_of(request.user, found, today()):
        raise Http404
    content = printing.record_pdf(found, at=sealed.at if sealed else timezone.now())
    made = HttpResponse(content, content_type="application/pdf")
    made["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return made


@login_required
@require_GET
def photo(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out a photograph or file of a visit."""
    found = visit_in_sight(request, number)
    one = get_object_or_404(found.photos.select_related("file"), pk=pk)
    return FileResponse(files.open_by_digest(one.file.sha256), as_attachment=True, filename=one.name)


@login_required
@require_GET
def pack(request: SignedInRequest, number: str) -> HttpResponse:
    """Hand out the pack to take along: notice, proof of the draws, checklist."""
    found = visit_in_sight(request, number)
    inside = permissions.seat_of(request.user, found, today())
    if not inside and not permissions.allowed(request.user, Can.DECIDE, found, today()):
        raise Http404
    made = HttpResponse(printing.pack_pdf(found, at=timezone.now()), content_type="application/pdf")
    made["Content-Disposition"] = f'inline; filename="{found.number}-pack.pdf"'
    return made
