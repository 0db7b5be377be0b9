"""The public list of draws, one draw with all that recomputes it, and its two steps for officers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.foundation.canonical import canonical_bytes
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.platform.draws import permissions, selectors, services, showing
from zhunsheng.platform.draws.forms import DrawFilter, RedrawForm, SourceForm
from zhunsheng.platform.draws.lifecycle import DRAW, Stage
from zhunsheng.platform.draws.models import Draw
from zhunsheng.platform.draws.permissions import Can
from zhunsheng.platform.draws.tables import DrawTable


class DrawList(listing.ListPage):
    """Every draw, for everybody."""

    table_class, export_name = DrawTable, "draws"
    filterset_class = DrawFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "draws/draws.html"

    def get_queryset(self) -> QuerySet[Draw]:
        """Return all draws without what a list does not show."""
        return selectors.listed(selectors.draws_visible_to(self.request.user, timezone.localdate()))


@require_GET
def secret(request: HttpRequest) -> HttpResponse:
    """Let a party to a draw make its secret and the digest of it; the page's script does it, nothing is sent."""
    return render(request, "draws/secret.html")


@require_GET
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """Show what was committed, the source, the result, and how to recompute it."""
    return _shown(request, _found(request, number))


@require_GET
def transcript(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the transcript to the byte."""
    found = _found(request, number)
    if not found.transcript:
        raise Http404
    return _file(found.transcript.encode("utf-8"), f"{found.number}-transcript.json", "application/json")


@require_GET
def commitment(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out what was committed, in the bytes whose SHA-256 was sealed."""
    found = _found(request, number)
    return _file(canonical_bytes(found.commitment), f"{found.number}-commitment.json", "application/json")


@require_GET
def receipts(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the log's receipts of commitment and transcript."""
    found = _found(request, number)
    answer = JsonResponse(selectors.receipts_of(found), json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{found.number}-receipts.json"'
    return answer


@require_GET
def frame(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the frame: to everybody once it is drawn, before that to officers of the place."""
    found = _found(request, number)
    if not _sees_frame(request, found):
        raise Http404
    return _file(found.frame.encode("utf-8"), f"{found.number}-frame.csv", "text/csv; charset=utf-8")


@login_required
@require_POST
def enter(request: SignedInRequest, number: str) -> HttpResponse:
    """Enter parts of the source; a refusal stands beside its field."""
    found = _found(request, number)
    form = SourceForm(found, request.POST)
    if form.is_valid():
        try:
            done = services.enter_source(
                draw_id=found.pk, material=form.cleaned_data, by=request.user, at=timezone.now()
            )
        except (NotAllowed, SamePerson):
            raise
        except DomainError as error:
            explain(form, error)
        else:
            whole = done.stage == Stage.KNOWN
            messages.success(
                request,
                _("The source is whole; the draw can be made.")
                if whole
                else _("Entered. The draw waits for the other part, or for the second person."),
            )
            return redirect("draws:draw", number=number)
    return _shown(request, _found(request, number), {"form": form}, status=422)


@login_required
@require_POST
def again(request: SignedInRequest, number: str) -> HttpResponse:
    """Commit a new draw in place of this one, from the same frame."""
    found, form = _found(request, number), RedrawForm(request.POST)
    if form.is_valid():
        try:
            made = services.redraw(draw_id=found.pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (NotAllowed, SamePerson):
            raise
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("The new draw is committed; the old one stays visible."))
            return redirect("draws:draw", number=made.number)
    return _shown(request, found, {"redraw": form}, status=422)


@login_required
@require_POST
def run(request: SignedInRequest, number: str) -> HttpResponse:
    """Draw."""
    services.draw(draw_id=_found(request, number).pk, by=request.user, at=timezone.now())
    messages.success(request, _("Drawn. The transcript is public and anybody can recompute it."))
    return redirect("draws:draw", number=number)


def _found(request: HttpRequest, number: str) -> Draw:
    return get_object_or_404(selectors.draws_visible_to(request.user, timezone.localdate()), number=number)


def _sees_frame(request: HttpRequest, found: Draw) -> bool:
    return bool(found.transcript) or permissions.allowed(request.user, Can.SEE_FRAME, found, timezone.localdate())


def _shown(request: HttpRequest, found: Draw, bound: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    possible, after = DRAW.actions(Stage(found.stage)), Draw.objects.filter(replaces=found).first()
    page: dict[str, Any] = {
        "draw": found,
        "kind": showing.kind_words(found.kind),
        "source": showing.source_of(found),
        "needs": showing.needs_of(found),
        "entries": showing.entries_of(found),
        "result": showing.result_of(found),
        "sealed": selectors.sealed_of(found),
        "sees_frame": _sees_frame(request, found),
        "before": found.replaces,
        "after": after,
        "early": found.known_at is not None and timezone.now() < found.known_at,
        "chose": request.user.pk == found.committed_by_id and bool(possible) and not found.transcript,
        **_offered(request, found, final=after is not None),
    }
    return render(request, "draws/draw.html", page | (bound or {}), status=status)


def _offered(request: HttpRequest, found: Draw, *, final: bool) -> dict[str, Any]:
    """Return the steps that the stage and the policy allow to this reader."""
    today, possible = timezone.localdate(), DRAW.actions(Stage(found.stage))
    may_enter = "enter_source" in possible and permissions.allowed(request.user, Can.ENTER_SOURCE, found, today)
    may_redraw = not final and "redraw" in possible
    may_redraw = may_redraw and policy.allowed(request.user, Can.COMMIT, permissions.place_of(found), today)
    return {
        "form": SourceForm(found) if may_enter else None,
        "may_draw": "draw" in possible and permissions.allowed(request.user, Can.DRAW, found, today),
        "redraw": RedrawForm(auto_id="id_again_%s") if may_redraw else None,
    }


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
