"""What every page of this room needs: who asks, on which day, and a form that ends in one service."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson

Answered = TypeVar("Answered")
Bound = dict[str, forms.Form]
"""Forms that a page offers, by the name of their step."""


class SignedInRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User


class NotOffered(NotAllowed):
    """A step that the page does not offer to this reader: by role, by place, or at this stage."""

    kept = True  # who is kept from a step by what they did before isn't offered it either

    def __init__(self, action: str) -> None:
        DomainError.__init__(
            self, "This step isn't open to you, or no longer.", params={"action": action},
            remedy="Open the page again: its buttons show what is possible now.",
        )  # fmt: skip


def today() -> date:
    """Return the day at the installation's place."""
    return timezone.localdate()


def acted_on(form: forms.Form, act: Callable[[dict[str, Any]], Answered]) -> Answered | None:
    """Act on a valid form; None where it isn't valid or the domain refuses, and then the form says why.

    Raises: NotAllowed, SamePerson, which are answers of their own.
    """
    if form.is_valid():
        try:
            return act(form.cleaned_data)
        except (NotAllowed, SamePerson):
            raise
        except DomainError as error:
            explain(form, error)
    return None


def say_refusal(request: HttpRequest, form: forms.Form) -> None:
    """Say above the page why a form was refused, where the page no longer shows that form."""
    for words in form.errors.values():
        for text in words:
            messages.error(request, str(text))


def answer(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], HttpResponse],
    *,
    page: dict[str, Any],
    template: str = "accounts/form.html",
) -> HttpResponse:
    """Show a form, or act on a valid one; a refusal by the domain stands beside its field.

    Raises: NotAllowed, SamePerson, which are answers of their own.
    """
    if request.method == "POST":
        done = acted_on(form, act)
        if done is not None:
            return done
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, **page}, status=status)


Step = Callable[[SignedInRequest, Any, dict[str, Any]], str]
"""One step about a thing: request, thing and what was filled in; returns what the reader is told."""


def carried_out(
    request: SignedInRequest,
    thing: Any,
    name: str,
    steps: Mapping[str, Step],
    offered: Bound,
    show: Callable[[Bound, int], HttpResponse],
    *,
    then: str,
) -> HttpResponse:
    """Do one of the steps that a page offers and go on to the address `then`; a refusal is shown beside its form.

    A step that does not exist is no address; one that isn't offered to this reader now is NotAllowed.
    """
    step, form = steps.get(name), offered.get(name)
    if step is None:
        raise Http404
    if form is None:
        raise NotOffered(name)
    said = acted_on(form, lambda given: step(request, thing, given))
    if said is not None:
        messages.success(request, said)
        return redirect(then)
    return show({name: form}, 422)
