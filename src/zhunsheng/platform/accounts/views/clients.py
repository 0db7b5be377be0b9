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
from django.views.decorators.cache import never_cache

from zhunsheng.platform.accounts import permissions, selectors, tokens
from zhunsheng.platform.accounts.changes import changes_of
from zhunsheng.platform.accounts.forms import ClientForm, ReasonForm
from zhunsheng.platform.accounts.models import ApiClient
from zhunsheng.platform.accounts.permissions import Can
from zhunsheng.platform.accounts.services import clients as services
from zhunsheng.platform.accounts.services.clients import NewSecret
from zhunsheng.platform.accounts.tables import ClientFilter, ClientTable
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.platform.listing import ListPage


class ClientList(LoginRequiredMixin, ListPage):
    """API clients that the person may manage."""

    table_class = ClientTable
    filterset_class = ClientFilter  # type: ignore[assignment]  # the library says None
    export_name = "api-clients"
    template_name = "accounts/clients.html"
    request: SignedInRequest

    def get_queryset(self) -> QuerySet[ApiClient]:
        """Return the clients in reach."""
        return selectors.api_clients_visible_to(self.request.user, today())

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the organisations of one's own that may get a client; others are found in their list."""
        mine = [one.organisation for one in self.request.user.memberships_on(today())]
        page: dict[str, Any] = super().get_context_data(**more)
        page["organisations"] = [
            one for one in mine if permissions.allowed(self.request.user, Can.MANAGE_API_CLIENTS, one, today())
        ]
        return page


@login_required
def client(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one client, how to fetch a token, and what happened to it."""
    found = get_object_or_404(selectors.api_clients_visible_to(request.user, today()), pk=pk)
    page = {
        "client": found,
        "changes": changes_of(found),
        "minutes": int(tokens.lifetime().total_seconds() // 60),
        "address": request.build_absolute_uri("/api/v1/token"),
        "check": request.build_absolute_uri("/api/v1/reports/check"),
        "reports": request.build_absolute_uri("/api/v1/reports"),
    }
    return render(request, "accounts/client.html", page)


@login_required
@never_cache
def client_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Create a client of an organisation."""
    organisation = get_object_or_404(selectors.organisations_visible_to(request.user, today()), pk=pk)
    permissions.require(request.user, Can.MANAGE_API_CLIENTS, organisation, today())
    form = ClientForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        made = services.create_api_client(
            organisation=organisation, name=given["name"], by=request.user, at=timezone.now(), why=given["why"]
        )
        return _show_secret(request, made)

    page = {
        "heading": _("New API client of %(name)s") % {"name": organisation.local_name},
        "lead": _(
            "A program of yours that submits reports. It gets a number and a secret, and fetches short-lived tokens."
        ),
        "submit": _("Create"),
        "back": reverse("accounts:organisation", args=[organisation.pk]),
    }
    return answer(request, form, act, page=page)


@login_required
@never_cache
def client_rotate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a client a new secret."""
    found = get_object_or_404(selectors.api_clients_visible_to(request.user, today()), pk=pk)
    form = ReasonForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        made = services.rotate_secret(client_id=found.pk, by=request.user, at=timezone.now(), why=given["why"])
        return _show_secret(request, made)

    page = {
        "heading": _("Renew the secret of %(name)s") % {"name": found.name},
        "lead": _("The old secret and all tokens fetched with it stop working at once."),
        "submit": _("Renew the secret"),
        "danger": True,
        "back": reverse("accounts:client", args=[found.pk]),
    }
    return answer(request, form, act, page=page)


@login_required
def client_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop a client for good."""
    found = get_object_or_404(selectors.api_clients_visible_to(request.user, today()), pk=pk)
    form = ReasonForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.deactivate_api_client(client_id=found.pk, by=request.user, at=timezone.now(), why=given["why"])
        messages.success(request, _("The client is stopped; its tokens are void."))
        return redirect("accounts:client", pk=found.pk)

    page = {
        "heading": _("Stop %(name)s") % {"name": found.name},
        "lead": _("Its tokens are void at once and it can't be started again. What it submitted stays."),
        "submit": _("Stop the client"),
        "danger": True,
        "back": reverse("accounts:client", args=[found.pk]),
    }
    return answer(request, form, act, page=page)


def _show_secret(request: SignedInRequest, made: NewSecret) -> HttpResponse:
    """Show the secret: this once."""
    page = {
        "heading": _("Secret of %(name)s") % {"name": made.client.name},
        "facts": [(_("Client number"), made.client.client_id), (_("Secret"), made.secret)],
        "warning": _("The secret is shown only now and kept nowhere. Put it into the program's own secret store."),
        "back": reverse("accounts:client", args=[made.client.pk]),
    }
    return render(request, "accounts/shown_once.html", page)
