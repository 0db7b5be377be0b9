"""What every page of this room needs: who asks, on which day, and a form that ends in one service."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson

Answered = TypeVar("Answered")


class SignedInRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User


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
