"""Schedules handed in: the list, handing one in, its page with progress, its error file, entering it."""

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.schedules import errorfile, permissions, selectors, services, wording
from zhunsheng.registry.schedules.forms import EnterForm, HandInForm, ScheduleFilter
from zhunsheng.registry.schedules.models import Schedule, Stage
from zhunsheng.registry.schedules.permissions import Can
from zhunsheng.registry.schedules.tables import LineTable, ScheduleTable

MOST_PROBLEMS_SHOWN = 100
MOST_SIGNATORIES_SHOWN = 500


class ScheduleList(LoginRequiredMixin, listing.ListPage):
    """The schedules that the reader may see."""

    table_class, export_name = ScheduleTable, "schedules"
    filterset_class = ScheduleFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "schedules/list.html"

    def get_queryset(self) -> QuerySet[Schedule]:
        """Return them, newest first."""
        return selectors.schedules_visible_to(self.request.user, timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the reader may hand one in."""
        may = policy.allowed_somewhere(self.request.user, Can.HAND_IN, timezone.localdate())
        return {**super().get_context_data(**kwargs), "may_hand_in": may}


@login_required
@require_http_methods(["GET", "POST"])
def hand_in(request: SignedInRequest) -> HttpResponse:
    """Take a body's file."""
    now = timezone.now()
    permissions.require_somewhere(request.user, Can.HAND_IN, timezone.localdate(now))
    own = selectors.bodies_of(request.user, timezone.localdate(now))
    first = {"body": request.GET.get("body") or (own[0].slug if len(own) == 1 else "")}
    form = HandInForm(request.POST or None, request.FILES or None, initial=first)
    if form.is_valid():
        try:
            body = bodies.body_by_slug(form.cleaned_data["body"])
            made, new = services.receive(
                body=body, name=form.cleaned_data["file"].name, content=form.cleaned_data["file"], whole=True,
                by=request.user, at=now, why="",
            )  # fmt: skip
        except Body.DoesNotExist:
            form.add_error("body", _("The register doesn't know this body."))
        except policy.NotAllowed:
            raise
        except DomainError as error:
            explain(form, error)
        else:
            if not new:
                messages.info(request, _("This file was handed in before; nothing has changed."))
            return redirect("schedules:schedule", pk=made.pk)
    return render(request, "schedules/hand_in.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_GET
def schedule(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Show a schedule: how far it is, what is refused, what is in doubt, its lines."""
    found = _found(request, pk)
    today = timezone.localdate()
    lines = found.lines.order_by("-doubts", "position")
    if request.GET.get("doubtful"):
        lines = lines.filter(doubts__gt=0)
    make: Any = LineTable  # django-tables2 has no types
    table = listing.arrange(make(lines), request)
    file = listing.exported(table, request, name=f"schedule-{found.pk}")
    if file is not None:
        return file
    page = {
        **_state(found),
        "table": table,
        "problems": _problems(found),
        "printed_signatories": found.signatories[:50],
        "signatories": selectors.signatories_of(found)[:MOST_SIGNATORIES_SHOWN],
        "form": EnterForm(),
        "may_enter": found.stage in (Stage.READ, Stage.ENTERED)
        and permissions.allowed(request.user, Can.ENTER, found.body, today),
    }
    return render(request, "schedules/schedule.html", page)


@login_required
@require_GET
def state(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far a schedule is; the page asks until the work is done, then loads anew."""
    found = _found(request, pk)
    response = render(request, "schedules/_state.html", _state(found))
    if not found.working:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_GET
def errors(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the error file."""
    found = _found(request, pk)
    target = io.BytesIO()
    errorfile.write(target, errorfile.rows_of(found))
    response = HttpResponse(target.getvalue(), content_type=listing.XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="schedule-{found.pk}-errors.xlsx"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a read schedule entered in the register."""
    found = _found(request, pk)
    permissions.require(request.user, Can.ENTER, found.body, timezone.localdate())

    def act(data: dict[str, Any]) -> HttpResponse:
        services.start_entering(
            schedule_id=found.pk, whole=bool(data["whole"]), by=request.user, at=timezone.now(), why=data["why"]
        )
        return redirect("schedules:schedule", pk=found.pk)

    form = EnterForm(request.POST or None)
    page = {**_state(found), "title": _("Enter in the register")}
    return answer(request, form, act, page=page, template="schedules/act.html")


def _found(request: HttpRequest, pk: int) -> Schedule:
    return get_object_or_404(selectors.schedules_visible_to(request.user, timezone.localdate()), pk=pk)


def _state(found: Schedule) -> dict[str, Any]:
    doubtful: int = found.doubtful  # type: ignore[attr-defined]  # annotated by the selector
    clear = found.lines_total - doubtful
    tiles = [
        {"name": _("Schedule lines"), "value": found.lines_total},
        {"name": _("Line clear"), "value": clear},
        {"name": _("In doubt"), "value": doubtful},
        {"name": _("Rows refused"), "value": found.problem_count},
        {"name": _("In the register"), "value": found.lines_entered},
    ]
    people = found.signing.filter(doubts__gt=0).count()
    if people:
        tiles.append({"name": _("Signatories in doubt"), "value": people})
    refusal = found.refusal
    said = {}
    if refusal:
        said = {"message": _(refusal["message"]) % refusal["params"], "remedy": _(refusal["remedy"])}
    return {"schedule": found, "tiles": tiles, "ready": clear, "refusal": said, "people_in_doubt": people}


def _problems(found: Schedule) -> list[dict[str, Any]]:
    shown = []
    for one in found.problems.order_by("pk")[:MOST_PROBLEMS_SHOWN]:
        rule, remedy = wording.problem_words(one.code, one.facts)
        shown.append(
            {"where": f"{one.sheet} {one.row}{one.column}", "value": one.value, "rule": rule, "remedy": remedy}
        )
    return shown
