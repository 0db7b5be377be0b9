"""A page that offers forms by name, each ending in one service: shown, or carried out and told."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.inspections import selectors
from zhunsheng.oversight.inspections.models import Inspector, Plan, Task
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest

Thing = TypeVar("Thing", Plan, Task, Inspector)
Bound = dict[str, forms.Form]
Step = Callable[[SignedInRequest, Thing, dict[str, Any]], str]


def plan_in_sight(request: HttpRequest, number: str) -> Plan:
    """Return a plan that this reader may see. Raises: Http404."""
    return get_object_or_404(selectors.plans_visible_to(request.user, timezone.localdate()), number=number)


def task_in_sight(request: HttpRequest, number: str) -> Task:
    """Return a task that this reader may see. Raises: Http404."""
    seen = selectors.tasks_visible_to(request.user, timezone.localdate())
    return get_object_or_404(
        seen.select_related("draw__draw", "inspectors_draw__draw", "plan__division"), number=number
    )


def inspector_in_sight(request: HttpRequest, code: str) -> Inspector:
    """Return an entry of the pool that this reader may see. Raises: Http404."""
    return get_object_or_404(selectors.inspectors_visible_to(request.user, timezone.localdate()), code=code)


def carried_out(
    request: SignedInRequest,
    thing: Thing,
    name: str,
    steps: Mapping[str, Step[Thing]],
    offered: Bound,
    show: Callable[[Bound, int], HttpResponse],
    *,
    then: str,
) -> HttpResponse:
    """Do one step and go on to the address `then`; a refusal is shown beside its form.

    A step that does not exist is no address; one that isn't offered to this reader now is refused.
    """
    step, form = steps.get(name), offered.get(name)
    if step is None:
        raise Http404
    if form is None:
        raise NotAllowed(name)
    if form.is_valid():
        try:
            said = step(request, thing, form.cleaned_data)
        except (NotAllowed, SamePerson):
            raise
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, said)
            return redirect(then)
    return show({name: form}, 422)
