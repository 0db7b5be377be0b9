"""Forms by which lines of a scope end: an officer's decision, or the body's own word."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.registry.bodies import permissions, selectors, services
from zhunsheng.registry.bodies.forms import MOST_SHOWN, DayForm, ReductionForm, StopForm
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.permissions import Can


@login_required
@require_http_methods(["GET", "POST"])
def reduce(request: SignedInRequest, slug: str) -> HttpResponse:
    """End or strike lines of a body's scope by a decision. Raises: NotAllowed, Http404."""
    body = _found(request, slug, Can.CHANGE_REGISTER)
    search, found = _lines(request, body)
    form = ReductionForm(request.POST or None, found=found)
    if form.is_valid():
        given = form.cleaned_data
        decision = services.Decision(given["kind"], given["on"], given["ground"], given["document_no"])
        try:
            services.decide_reduction(
                body_id=body.pk, line_ids=form.chosen(), decision=decision, by=request.user, at=timezone.now(),
                why=given["why"],
            )  # fmt: skip
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("The reduction is on record; reports are checked against it from now on."))
            return redirect("bodies:body", slug=body.slug)
    return _page(request, body, form, search, _("Reduce the scope"))


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let a body declare that it stops using lines. Raises: NotAllowed, Http404."""
    body = _found(request, slug, Can.STOP_USING)
    search, found = _lines(request, body, open_only=True)
    form = StopForm(request.POST or None, found=found)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.declare_stopped(
                body_id=body.pk, line_ids=form.chosen(), on=given["on"], document_no=given["document_no"],
                by=request.user, at=timezone.now(), why=given["why"],
            )  # fmt: skip
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("The declaration is on record; the lines end the day before."))
            return redirect("bodies:body", slug=body.slug)
    return _page(request, body, form, search, _("Stop using lines"))


def _found(request: SignedInRequest, slug: str, action: str) -> Body:
    try:
        body = selectors.body_by_slug(slug)
    except Body.DoesNotExist as error:
        raise Http404 from error
    permissions.require(request.user, action, body, timezone.localdate())
    return body


def _lines(request: SignedInRequest, body: Body, *, open_only: bool = False) -> tuple[DayForm, Any]:
    search = DayForm({"q": request.GET.get("q", "")})
    open_on = timezone.localdate() if open_only else None
    return search, selectors.lines_to_end(body, search.words(), open_on=open_on)


def _page(request: SignedInRequest, body: Body, form: StopForm, search: DayForm, title: str) -> HttpResponse:
    total = form.found.count()
    page = {
        "body": body,
        "form": form,
        "search": search,
        "title": title,
        "total": total,
        "hidden": max(total - MOST_SHOWN, 0),
        "by_officer": isinstance(form, ReductionForm),
    }
    return render(request, "bodies/reduce.html", page, status=422 if form.is_bound else 200)
