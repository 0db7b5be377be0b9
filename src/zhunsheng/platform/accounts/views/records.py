from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from zhunsheng.platform.accounts import policy, selectors
from zhunsheng.platform.accounts.models import AccessRecord
from zhunsheng.platform.accounts.permissions import Can
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tables import AccessFilter, AccessTable
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today
from zhunsheng.platform.listing import ListPage


@login_required
def organisation_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show every change to an organisation, its people's roles and its clients: who, when, why, before and after."""
    found = get_object_or_404(selectors.histories_visible_to(request.user, today()), pk=pk)
    page = {"organisation": found, "changes": selectors.organisation_changes(found)}
    return render(request, "accounts/history.html", page)


class AccessList(LoginRequiredMixin, ListPage):
    """Who read protected data of others."""

    table_class = AccessTable
    filterset_class = AccessFilter  # type: ignore[assignment]  # the library says None
    export_name = "access-records"
    template_name = "accounts/access.html"
    request: SignedInRequest

    def get_queryset(self) -> QuerySet[AccessRecord]:
        """Return the records in reach. Raises NotAllowed where the person has no such reach at all."""
        if not policy.allowed_somewhere(self.request.user, Can.VIEW_ACCESS_RECORDS, today()):
            raise NotAllowed(Can.VIEW_ACCESS_RECORDS)
        return selectors.access_records_visible_to(self.request.user, today())
