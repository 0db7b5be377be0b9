"""Integrity files of practitioners: shown only to those with the right, and every reading is recorded."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.registry.bodies.models import Expert, Person
from zhunsheng.registry.credit import permissions, selectors, services
from zhunsheng.registry.credit.forms import AccountForm, PersonEventFilter, PersonEventForm, WhyForm
from zhunsheng.registry.credit.models import PersonEvent
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.tables import PersonEventTable
from zhunsheng.registry.credit.views.grades import compares

WHY = "诚信档案"


class PersonEventList(LoginRequiredMixin, listing.ListPage):
    """The integrity events in sight, newest first; that the list was read is recorded."""

    request: SignedInRequest
    table_class, export_name = PersonEventTable, "integrity-events"
    filterset_class = PersonEventFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "credit/persons.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the list to those with the right, once it is recorded that they read it."""
        if not policy.allowed_somewhere(self.request.user, Can.SEE_PERSONS, today()):
            raise Http404
        note_access(self.request.user, "诚信档案列表", WHY)
        page: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # the library
        return page

    def get_queryset(self) -> QuerySet[PersonEvent]:
        """Return the events in sight."""
        return selectors.person_events_visible_to(self.request.user, today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the tabs ask."""
        return super().get_context_data(**kwargs) | compares(self.request)


@login_required
@require_safe
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the integrity file of a person of a body."""
    return _file(request, get_object_or_404(Person.objects.select_related("body"), pk=pk), "credit:person-record")


@login_required
@require_safe
def expert(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the integrity file of an assessor or expert."""
    return _file(request, get_object_or_404(Expert, pk=pk), "credit:expert-record")


@login_required
@require_safe
def own(request: SignedInRequest) -> HttpResponse:
    """Show assessors, experts and signatories what was recorded about themselves."""
    who, rows = selectors.own_file(request.user)
    if not policy.allowed_somewhere(request.user, Can.SEE_OWN_FILE, today()):
        raise Http404
    make: Any = PersonEventTable  # django-tables2 has no types
    unknown = _("Your account is linked to nobody on your body's staff: ask the authority that oversees it.")
    if any(one.role == Role.EXPERT for one in request.user.memberships_on(today())):
        unknown = _("Your account is linked to nobody of the register of experts: ask the office that keeps it.")
    table = make(rows, exclude=("who",), empty_text=_("Nothing is recorded about you.") if who else unknown)
    page = {
        "who": who or {"name": str(request.user)},
        "body": who.body if isinstance(who, Person) else None,
        "number": "",
        "table": listing.arrange(table, request),
        "own": True,
    }
    return render(request, "credit/person.html", page)


def _file(request: SignedInRequest, who: Person | Expert, record: str) -> HttpResponse:
    place = permissions.place_of_practitioner(who)
    if not policy.allowed(request.user, Can.SEE_PERSONS, place, today()):
        raise Http404
    note_access(request.user, who, WHY, owner=place)
    make: Any = PersonEventTable  # django-tables2 has no types
    rows = selectors.events_of_practitioner(who, request.user, today())
    page = {
        "who": who,
        "body": who.body if isinstance(who, Person) else None,
        "number": masked(who.number_encrypted),
        "table": listing.arrange(make(rows, exclude=("who",)), request),
        "record": record,
        "account": selectors.account_of(who) if isinstance(who, Person) else None,
        "may_record": policy.allowed(request.user, Can.RECORD_PERSONS, place, today()),
    }
    return render(request, "credit/person.html", page)


def masked(number: str) -> str:
    """Return an identity number with its first three and last two characters, nothing of a short one."""
    return f"{number[:3]}{'•' * (len(number) - 5)}{number[-2:]}" if len(number) >= 8 else "•" * len(number)


@login_required
@require_http_methods(["GET", "POST"])
def record_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter an event of a person of a body."""
    who = get_object_or_404(Person.objects.select_related("body"), pk=pk)
    return _record(request, who, lambda: redirect("credit:person", pk=pk), person_id=pk)


@login_required
@require_http_methods(["GET", "POST"])
def account(request: SignedInRequest, pk: int) -> HttpResponse:
    """Link a person of a body with the account that they sign in with, or end the link."""
    who = get_object_or_404(Person.objects.select_related("body"), pk=pk)
    place = permissions.place_of_practitioner(who)
    if not policy.allowed(request.user, Can.SEE_PERSONS, place, today()):
        raise Http404
    permissions.require_place(request.user, Can.RECORD_PERSONS, place, today())
    held = selectors.account_of(who)

    def done(given: dict[str, Any]) -> HttpResponse:
        made = services.link_account(person_id=pk, by=request.user, at=timezone.now(), **given)
        linked = _("From now on this account reads the file as its own.")
        messages.success(request, linked if made else _("No account is linked any more."))
        return redirect("credit:person", pk=pk)

    form = AccountForm(request.POST or None, initial={"username": held.user.username if held else ""})
    page = {"who": who, "title": _("Link an account"), "account": True}
    return answer(request, form, done, page=page, template="credit/person_form.html")


@login_required
@require_http_methods(["GET", "POST"])
def record_expert(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter an event of an assessor or expert."""
    return _record(request, get_object_or_404(Expert, pk=pk), lambda: redirect("credit:expert", pk=pk), expert_id=pk)


def _record(
    request: SignedInRequest, who: Person | Expert, back: Callable[[], HttpResponse], **whom: Any
) -> HttpResponse:
    place = permissions.place_of_practitioner(who)
    if not policy.allowed(request.user, Can.SEE_PERSONS, place, today()):
        raise Http404
    permissions.require_place(request.user, Can.RECORD_PERSONS, place, today())

    def done(given: dict[str, Any]) -> HttpResponse:
        services.record_person_event(**whom, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("Entered into the integrity file."))
        return back()

    page = {"who": who, "title": _("Record an event")}
    return answer(request, PersonEventForm(request.POST or None), done, page=page, template="credit/person_form.html")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_event(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraw an event of a practitioner that should not stand."""
    rows = selectors.person_events_visible_to(request.user, today())
    found = get_object_or_404(rows, pk=pk)
    who: Any = found.person or found.expert
    permissions.require_place(request.user, Can.RECORD_PERSONS, permissions.place_of_practitioner(who), today())

    def done(given: dict[str, Any]) -> HttpResponse:
        services.withdraw_person_event(event_id=pk, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("The event is withdrawn and counts no more."))
        return redirect("credit:person" if found.person_id else "credit:expert", pk=who.pk)

    page = {"who": who, "title": _("Withdraw an event"), "about": found.words}
    return answer(request, WhyForm(request.POST or None), done, page=page, template="credit/person_form.html")
