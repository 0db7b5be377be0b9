"""Credit files: the events and open obligations in sight, and one body's file with what officers enter."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.registry.credit import law_book, permissions, selectors, services
from zhunsheng.registry.credit.forms import (
    EventFilter,
    EventForm,
    GradeForm,
    ObligationFilter,
    ObligationForm,
    OutcomeForm,
    ReleaseForm,
    WhyForm,
)
from zhunsheng.registry.credit.models import Obligation
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.showing import MEANINGS
from zhunsheng.registry.credit.tables import EventTable, ObligationTable, kind_words
from zhunsheng.registry.credit.views.grades import compares, in_sight


class _InSight(LoginRequiredMixin, listing.ListPage):
    """A list for those who may see credit files at all: `rows` says which, for a person on a day."""

    request: SignedInRequest
    rows: Callable[[User, date], QuerySet[Any]]

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows in sight."""
        if not policy.allowed_somewhere(self.request.user, Can.SEE, today()):
            raise Http404
        return self.rows(self.request.user, today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the reader compares bodies, for the tabs."""
        return super().get_context_data(**kwargs) | compares(self.request)


class EventList(_InSight):
    """The events in sight, newest first."""

    table_class, export_name = EventTable, "credit-events"
    filterset_class = EventFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "credit/events.html"
    rows = staticmethod(selectors.events_visible_to)


class ObligationList(_InSight):
    """The open obligations in sight, the first due first."""

    table_class, export_name = ObligationTable, "open-obligations"
    filterset_class = ObligationFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "credit/obligations.html"
    rows = staticmethod(selectors.obligations_visible_to)


@login_required
@require_safe
def body(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Show a body's credit file to officers of its place and to the body itself."""
    whose = in_sight(request, slug)
    make: Any = EventTable  # django-tables2 has no types
    table = listing.arrange(make(selectors.events_of(whose.pk), exclude=("body",)), request)
    file = listing.exported(table, request, name=f"credit-{whose.slug.replace(':', '-')}")
    if file is not None:
        return file
    grade = selectors.grade_on(whose.pk, today())
    page = {
        "body": whose,
        "table": table,
        "grade": grade,
        "meaning": MEANINGS[grade.grade] if grade else "waiting",
        "grades": selectors.grades_of(whose.pk)[:20],
        "obligations": [
            {"one": one, "kind": kind_words(law_book.obligations(), one.kind), "late": _late(one)}
            for one in selectors.obligations_of(whose.pk)[:100]
        ],
        "may_record": permissions.allowed(request.user, Can.RECORD, whose, today()),
        "may_grade": permissions.allowed(request.user, Can.GRADE, whose, today()),
    }
    return render(request, "credit/body.html", page)


def _late(one: Obligation) -> bool:
    return one.discharged_at is None and one.due_on is not None and one.due_on < today()


Made = tuple[type[forms.Form], str, Callable[..., Any], Any]
ACTS: dict[str, Made] = {
    "event": (EventForm, Can.RECORD, services.record, gettext_lazy("Record an event")),
    "obligation": (ObligationForm, Can.RECORD, services.oblige, gettext_lazy("Ask for something by a day")),
    "grade": (GradeForm, Can.GRADE, services.set_grade, gettext_lazy("Enter the grade")),
    "release": (ReleaseForm, Can.GRADE, services.release_grade, gettext_lazy("End the entered grade")),
}


@login_required
@require_http_methods(["GET", "POST"])
def act(request: SignedInRequest, slug: str, action: str) -> HttpResponse:
    """Enter an event, an obligation or a grade into a body's file."""
    if action not in ACTS:
        raise Http404
    form_class, can, service, title = ACTS[action]
    whose = in_sight(request, slug)
    permissions.require(request.user, can, whose, today())

    def done(given: dict[str, Any]) -> HttpResponse:
        service(body_id=whose.pk, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("Entered into the credit file."))
        return redirect("credit:body", slug=whose.slug)

    form = form_class(request.POST or None)
    return answer(request, form, done, page={"body": whose, "title": title}, template="credit/form.html")


@login_required
@require_http_methods(["GET", "POST"])
def discharge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what became of an obligation."""
    found = get_object_or_404(selectors.obligations_visible_to(request.user, today(), ended=True), pk=pk)
    permissions.require(request.user, Can.RECORD, found.body, today())

    def done(given: dict[str, Any]) -> HttpResponse:
        services.discharge(obligation_id=pk, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("The obligation has ended."))
        return redirect("credit:body", slug=found.body.slug)

    page = {"body": found.body, "title": _("End an obligation"), "about": found.words}
    return answer(request, OutcomeForm(request.POST or None), done, page=page, template="credit/form.html")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraw an event that should not stand."""
    found = get_object_or_404(selectors.events_visible_to(request.user, today()), pk=pk)
    permissions.require(request.user, Can.GRADE, found.body, today())

    def done(given: dict[str, Any]) -> HttpResponse:
        services.withdraw(event_id=pk, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("The event is withdrawn and counts no more."))
        return redirect("credit:body", slug=found.body.slug)

    page = {"body": found.body, "title": _("Withdraw an event"), "about": found.words}
    return answer(request, WhyForm(request.POST or None), done, page=page, template="credit/form.html")
