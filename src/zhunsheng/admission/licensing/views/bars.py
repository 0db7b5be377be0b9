"""Bars of routes: the list in sight; setting one by a decision, lifting one with its reason."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhunsheng.admission.licensing.forms.bars import BarFilter, BarForm, LiftForm
from zhunsheng.admission.licensing.models import RouteBar
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.selectors import bars as selectors
from zhunsheng.admission.licensing.services import bars
from zhunsheng.admission.licensing.tables.bars import BarTable
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today

TEMPLATE = "licensing/bar_form.html"


class BarList(LoginRequiredMixin, listing.ListPage):
    """The bars in sight, newest first."""

    table_class, export_name = BarTable, "route-bars"
    filterset_class = BarFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "licensing/bars.html"
    request: SignedInRequest

    def get_queryset(self) -> QuerySet[RouteBar]:
        """Return the bars in sight."""
        if not policy.allowed_somewhere(self.request.user, Can.SEE, today()):
            raise Http404
        return selectors.bars_visible_to(self.request.user, today())

    def get_table_kwargs(self) -> dict[str, Any]:
        """Leave the way to lifting out for who may not."""
        return {} if self._may() else {"exclude": ("lift",)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether this reader may set bars."""
        return {**super().get_context_data(**kwargs), "may_bar": self._may()}

    def _may(self) -> bool:
        return policy.allowed_somewhere(self.request.user, Can.BAR, today())


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Set a bar by a decision."""
    if not policy.allowed_somewhere(request.user, Can.SEE, today()):
        raise Http404
    if not policy.allowed_somewhere(request.user, Can.BAR, today()):
        raise policy.NotAllowed(Can.BAR)
    form = BarForm(request.POST or None, user=request.user, initial={"applicant": request.GET.get("uscc", "")[:18]})

    def done(_given: dict[str, Any]) -> HttpResponse:
        bars.set_bar(by=request.user, at=timezone.now(), **form.given())
        messages.success(request, _("The bar is set. It counts for applications received from now on."))
        return redirect("licensing:bars")

    return answer(request, form, done, page={"title": _("Set a bar")}, template=TEMPLATE)


@login_required
@require_GET
def applicants(request: SignedInRequest) -> HttpResponse:
    """Offer the applicants whose name or code has what was typed, as options of a list."""
    if not policy.allowed_somewhere(request.user, Can.BAR, today()):
        raise Http404
    found = selectors.applicants(request.user, request.GET.get("applicant", "")[:100], today())
    offers = [selectors.labelled(one) for one in found[: selectors.MOST_OFFERED]]
    return render(request, "licensing/_applicants.html", {"offers": offers})


@login_required
@require_http_methods(["GET", "POST"])
def lift(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lift a bar before its end, with the reason."""
    bar = get_object_or_404(selectors.bars_visible_to(request.user, today()), pk=pk)
    place = policy.Place(division_code=bar.organisation.division_id, organisation_id=bar.organisation_id)
    policy.require(request.user, Can.BAR, place, today())

    def done(given: dict[str, Any]) -> HttpResponse:
        bars.lift_bar(bar_id=bar.pk, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("The bar is lifted."))
        return redirect("licensing:bars")

    page = {"title": _("Lift a bar"), "bar": bar, "condition": selectors.condition_words(bar.condition)}
    return answer(request, LiftForm(request.POST or None), done, page=page, template=TEMPLATE)
