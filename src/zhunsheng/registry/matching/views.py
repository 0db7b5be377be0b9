"""The queue of names to decide, one name with its suggestions and history, and the producers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.changes import changes_of
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.registry.matching import lifecycle, permissions, selectors, services
from zhunsheng.registry.matching.forms import DecisionForm, MentionFilter, ProducerFilter, UndoForm
from zhunsheng.registry.matching.models import Decision, Mention, Producer, Suggestion
from zhunsheng.registry.matching.permissions import Can
from zhunsheng.registry.matching.tables import MentionTable, ProducerTable
from zhunsheng.registry.matching.wording import KINDS, reasons


class _Seen(LoginRequiredMixin):
    """Pages for those who may see mentions somewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if request.user.is_authenticated and not policy.allowed_somewhere(request.user, Can.SEE, timezone.localdate()):
            raise policy.NotAllowed(Can.SEE)
        return super().dispatch(request, *args, **kwargs)


class Queue(_Seen, listing.ListPage):
    """Names as they arrived; those to be decided first, the surest first."""

    table_class, export_name = MentionTable, "mentions"
    filterset_class = MentionFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "matching/queue.html"

    def get_queryset(self) -> QuerySet[Mention]:
        """Return what the reader may see, open ones first unless the address says otherwise."""
        found = selectors.mentions_visible_to(self.request.user, timezone.localdate())
        if "state" not in self.request.GET:
            found = found.filter(state=lifecycle.OPEN)
        return found.order_by(F("best").desc(nulls_last=True), "-times", "pk")


class ProducerList(_Seen, listing.ListPage):
    """The register of producers."""

    table_class, export_name = ProducerTable, "producers"
    filterset_class = ProducerFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "matching/producers.html"

    def get_queryset(self) -> QuerySet[Producer]:
        """Return the producers by name."""
        return selectors.producers_visible_to(self.request.user, timezone.localdate()).order_by("name", "pk")


@login_required
@require_GET
def producer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a producer, the names that link to it, and its history."""
    today = timezone.localdate()
    found = get_object_or_404(selectors.producers_visible_to(request.user, today), pk=pk)
    written = selectors.mentions_visible_to(request.user, today).filter(producer=found).order_by("-times", "pk")[:200]
    page = {"producer": found, "written": written, "names": found.names.order_by("name"), "changes": changes_of(found)}
    return render(request, "matching/producer.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def mention(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a name with whom it may mean and why; take the decision."""
    now = timezone.now()
    found = _found(request, pk)
    shown = list(found.suggestions.select_related("body__division", "producer").order_by("rank"))
    choices = [(str(_target(one).pk), f"{one.rank}. {_target(one)}") for one in shown]
    form = DecisionForm(found, choices, request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.decide(
                mention_id=pk, act=given["act"], target_id=given["target_id"], by=request.user, at=now, why=given["why"]
            )
        except policy.NotAllowed:
            raise
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(
                request, _("Decided; later mentions of this name share the decision. It can be taken back.")
            )
            return redirect("matching:mention", pk=pk)
    page = {
        "mention": found,
        "suggestions": [_explained(one) for one in shown],
        "form": form,
        "undo_form": UndoForm(),
        "undoable": selectors.may_be_undone(found),
        "decisions": [_told(one) for one in found.decisions.select_related("by").order_by("-id")],
        "may_decide": permissions.allowed(request.user, Can.DECIDE, found, timezone.localdate(now)),
    }
    return render(request, "matching/mention.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look in the register again for whom an open name may mean."""
    found = _found(request, pk)
    permissions.require(request.user, Can.DECIDE, found, timezone.localdate())
    services.suggest_for(mention_id=found.pk, at=timezone.now())
    messages.success(request, _("The register was searched again."))
    return redirect("matching:mention", pk=pk)


@login_required
@require_POST
def undo(request: SignedInRequest, pk: int, decision: int) -> HttpResponse:
    """Take the latest decision about a name back."""
    found = _found(request, pk)
    standing = get_object_or_404(found.decisions, pk=decision)
    services.undo(decision_id=standing.pk, by=request.user, at=timezone.now(), why=request.POST.get("why", ""))
    messages.success(request, _("The decision is taken back; all is as before it."))
    return redirect("matching:mention", pk=pk)


def _found(request: SignedInRequest, pk: int) -> Mention:
    return get_object_or_404(selectors.mentions_visible_to(request.user, timezone.localdate()), pk=pk)


def _target(one: Suggestion) -> Any:
    return one.body or one.producer


def _explained(one: Suggestion) -> dict[str, Any]:
    chance = 100 / (1 + 2 ** min(-one.bits, 60))
    return {
        "it": one,
        "target": _target(one),
        "reasons": reasons(one.parts),
        "kind": KINDS[one.matched_kind],
        "chance": "> 99" if chance > 99 else f"{chance:.0f}",
        "facts": {
            str(reason["feature"]): f"{reason['words']} ({reason['bits']:+.1f})" for reason in reasons(one.parts)
        },
    }


def _told(one: Decision) -> dict[str, Any]:
    meanings = {"accept": "good", "new": "good", "reject": "neutral", "undo": "attention"}
    return {
        "at": one.at,
        "title": one.get_act_display(),
        "text": one.why if one.by_id else _(one.why),
        "meaning": meanings[one.act],
        "by": str(one.by) if one.by else _("the system"),
    }
