"""Renaming, moving, merging, splitting and closing a body."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.registry.bodies import permissions, selectors, services
from zhunsheng.registry.bodies.forms import ActForm, MoveForm, OtherBodiesForm, RenameForm
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.permissions import Can


def _rename(body: Body, given: dict[str, Any], who: dict[str, Any]) -> object:
    return services.rename_body(body_id=body.pk, **given, **who)


def _move(body: Body, given: dict[str, Any], who: dict[str, Any]) -> object:
    return services.move_body(body_id=body.pk, **given | {"division": given["division"] or None}, **who)


def _merge(body: Body, given: dict[str, Any], who: dict[str, Any]) -> object:
    return services.merge_bodies(body_ids=given.pop("others"), into_id=body.pk, **given, **who)


def _split(body: Body, given: dict[str, Any], who: dict[str, Any]) -> object:
    return services.split_body(body_id=body.pk, into_ids=given.pop("others"), **given, **who)


def _close(body: Body, given: dict[str, Any], who: dict[str, Any]) -> object:
    return services.close_body(body_id=body.pk, **given, **who)


Act = tuple[Any, Any, type[ActForm], Callable[[Body, dict[str, Any], dict[str, Any]], object]]
ACTS: dict[str, Act] = {
    "rename": (
        gettext_lazy("Rename"), gettext_lazy("The old name stays findable as a former name."), RenameForm, _rename,
    ),
    "move": (gettext_lazy("Change the address"), gettext_lazy("The history keeps the old one."), MoveForm, _move),
    "merge": (
        gettext_lazy("Merge others into it"),
        gettext_lazy("The others end the day before; scope and reports stay with them, their names find this one."),
        OtherBodiesForm,
        _merge,
    ),
    "split": (
        gettext_lazy("Others split off it"),
        gettext_lazy("Enter the new bodies first; scope goes to them by their own decisions."),
        OtherBodiesForm,
        _split,
    ),
    "close": (
        gettext_lazy("Close"), gettext_lazy("Its certificates are cancelled and its open scope lines end."), ActForm,
        _close,
    ),
}  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def life(request: SignedInRequest, slug: str, act: str) -> HttpResponse:
    """Enter one event in the life of a body."""
    if act not in ACTS:
        raise Http404
    try:
        body = selectors.body_by_slug(slug)
    except Body.DoesNotExist as error:
        raise Http404 from error
    now = timezone.now()
    permissions.require(request.user, Can.CHANGE_REGISTER, body, timezone.localdate(now))
    title, effect, form_class, do = ACTS[act]
    form = form_class(request.POST or None)
    if form.is_valid():
        try:
            do(body, dict(form.cleaned_data), {"by": request.user, "at": now})
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("It is on record."))
            return redirect("bodies:body", slug=body.slug)
    acts = [(name, words, name == act) for name, (words, *_rest) in ACTS.items()]
    page = {"body": body, "form": form, "title": title, "effect": effect, "acts": acts}
    return render(request, "bodies/life.html", page, status=422 if form.is_bound else 200)
