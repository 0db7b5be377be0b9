"""A page that offers forms by name, each ending in one service: shown, or carried out and told."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.visits import selectors
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today

Bound = dict[str, forms.Form]
Step = Callable[[SignedInRequest, Any, dict[str, Any]], str]


def visit_in_sight(request: HttpRequest, number: str) -> Visit:
    """Return a visit that this reader may see. Raises: Http404."""
    seen = selectors.visits_visible_to(request.user, today())
    return get_object_or_404(
        seen.select_related("organisation", "task__plan", "task__leader", "task__second"), number=number
    )


def carried_out(
    request: SignedInRequest,
    found: Any,
    name: str,
    steps: Mapping[str, Step],
    offered: Bound,
    show: Callable[[Bound, int], HttpResponse],
    *,
    then: str,
) -> HttpResponse:
    """Do one step and go on to the address `then`; a refusal is shown beside its form.

    A form that isn't offered is no address: NotAllowed.
    """
    step, form = steps.get(name), offered.get(name)
    if step is None:
        raise Http404
    if form is None:
        raise NotAllowed(name)
    if form.is_valid():
        try:
            said = step(request, found, form.cleaned_data)
        except (NotAllowed, SamePerson):
            raise
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, said)
            return redirect(then)
    return show({name: form}, 422)
