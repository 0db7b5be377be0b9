from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhunsheng.platform.accounts import permissions, policy, selectors
from zhunsheng.platform.accounts.forms import OrganisationForm
from zhunsheng.platform.accounts.models import Organisation
from zhunsheng.platform.accounts.permissions import Can
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.services import organisations as services
from zhunsheng.platform.accounts.tables import OrganisationFilter, OrganisationTable
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.platform.listing import ListPage


class OrganisationList(LoginRequiredMixin, ListPage):
    """Organisations within the person's sight."""

    table_class = OrganisationTable
    filterset_class = OrganisationFilter  # type: ignore[assignment]  # the library says None
    export_name = "organisations"
    template_name = "accounts/organisations.html"
    request: SignedInRequest

    def get_queryset(self) -> QuerySet[Organisation]:
        """Return what the person may see, with head counts."""
        return selectors.with_member_counts(selectors.organisations_visible_to(self.request.user, today()), today())

    def get_filterset(self, filterset_class: type[OrganisationFilter]) -> OrganisationFilter:
        """Offer the divisions that have organisations in sight, and those above them."""
        found: OrganisationFilter = super().get_filterset(filterset_class)  # type: ignore[no-untyped-call]  # no types there
        found.filters["division"].queryset = selectors.divisions_of(
            selectors.organisations_visible_to(self.request.user, today())
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the person may register one."""
        may_create = policy.allowed_somewhere(self.request.user, Can.MANAGE_ORGANISATIONS, today())
        return {**super().get_context_data(**kwargs), "may_create": may_create}


@login_required
def organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one organisation: what it is, its people, its programs."""
    on = today()
    found = get_object_or_404(selectors.organisations_visible_to(request.user, on), pk=pk)
    place = permissions.place_of(found)
    may = {
        name: policy.allowed(request.user, action, place, on)
        for name, action in {
            "change": Can.MANAGE_ORGANISATIONS,
            "see_people": Can.VIEW_MEMBERS,
            "manage_people": Can.MANAGE_MEMBERS,
            "manage_clients": Can.MANAGE_API_CLIENTS,
            "see_history": Can.VIEW_HISTORY,
        }.items()
    }
    people = selectors.people_of(found, on) if may["see_people"] else []
    page = {
        "organisation": found,
        "may": may,
        "people": people,
        "head_count": len({one.user_id for one in people if one.in_force}),
        "clients": selectors.api_clients_visible_to(request.user, on).filter(organisation=found).order_by("name")
        if may["manage_clients"]
        else [],
        "below": selectors.organisations_visible_to(request.user, on)
        .filter(parent=found)
        .order_by("division_id", "name"),
    }
    return render(request, "accounts/organisation.html", page)


@login_required
def organisation_new(request: SignedInRequest) -> HttpResponse:
    """Register an organisation."""
    if not policy.allowed_somewhere(request.user, Can.MANAGE_ORGANISATIONS, today()):
        raise NotAllowed(Can.MANAGE_ORGANISATIONS)
    form = OrganisationForm(request.POST or None, user=request.user, on=today())

    def act(given: dict[str, Any]) -> HttpResponse:
        made = services.create_organisation(facts=form.facts(), by=request.user, at=timezone.now(), why=given["why"])
        messages.success(request, _("%(name)s is registered.") % {"name": made.local_name})
        return redirect("accounts:organisation", pk=made.pk)

    page = {
        "heading": _("Register an organisation"),
        "lead": _("An authority, a sector department, a testing body or an enterprise whose people will sign in."),
        "submit": _("Register"),
        "back": reverse("accounts:organisations"),
    }
    return answer(request, form, act, page=page)


@login_required
def organisation_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is stated about an organisation."""
    found = get_object_or_404(selectors.organisations_visible_to(request.user, today()), pk=pk)
    permissions.require(request.user, Can.MANAGE_ORGANISATIONS, found, today())
    form = OrganisationForm(request.POST or None, user=request.user, on=today(), organisation=found)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.change_organisation(
            organisation_id=found.pk, facts=form.facts(), by=request.user, at=timezone.now(), why=given["why"]
        )
        messages.success(request, _("The change is recorded."))
        return redirect("accounts:organisation", pk=found.pk)

    page = {
        "heading": _("Change %(name)s") % {"name": found.local_name},
        "lead": _("What was stated before stays in the change history."),
        "submit": _("Record the change"),
        "back": reverse("accounts:organisation", args=[found.pk]),
    }
    return answer(request, form, act, page=page)
