"""Results of inspections: the officers' list with its clock, one result's steps, the public's list."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.oversight.visits import selectors, services
from zhunsheng.oversight.visits.forms import DisclosedFilter, RestoreForm, ResultFilter, StartForm, WhyForm
from zhunsheng.oversight.visits.lifecycle import RESULT
from zhunsheng.oversight.visits.models import Result
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.tables import DisclosedTable, ResultTable
from zhunsheng.oversight.visits.views.deciding import code_choices
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, carried_out, today


class ResultList(LoginRequiredMixin, listing.ListPage):
    """The results in sight of officers."""

    table_class, export_name = ResultTable, "inspection-results"
    filterset_class = ResultFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "visits/results.html"

    def get_queryset(self) -> QuerySet[Result]:
        """Return what this reader may see."""
        return selectors.results_visible_to(self.request.user, timezone.localdate())


class DisclosedList(listing.ListPage):
    """The results that anyone may read."""

    table_class, export_name = DisclosedTable, "disclosed-results"
    filterset_class = DisclosedFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "visits/disclosed.html"

    def get_queryset(self) -> QuerySet[Result]:
        """Return what is disclosed."""
        return selectors.results_disclosed()


def _in_sight(request: HttpRequest, number: str) -> Result:
    return get_object_or_404(selectors.results_visible_to(request.user, today()), visit__number=number)


@login_required
@require_GET
def result(request: SignedInRequest, number: str) -> HttpResponse:
    """Show a result, its clock and its history of disclosure."""
    return _shown(request, _in_sight(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Disclose, withdraw or restore."""
    found = _in_sight(request, number)
    return carried_out(
        request, found, action, STEPS, _offered(request, found, request.POST),
        lambda bound, status: _shown(request, found, bound, status), then=reverse("visits:result", args=[number]),
    )  # fmt: skip


def _shown(request: SignedInRequest, found: Result, bound: Bound, status: int) -> HttpResponse:
    history: Any = found.history
    page = {
        "result": found,
        "visit": found.visit,
        "overdue": found.stage == "ready" and found.due_on is not None and found.due_on < today(),
        "history": list(history.select_related("history_user").order_by("-history_date")[:50]),
        "offered": _offered(request, found, None) | bound,
    }
    return render(request, "visits/result.html", page, status=status)


def _offered(request: HttpRequest, found: Result, data: Any) -> Bound:
    user = request.user if request.user.is_authenticated else None
    place = policy.Place(division_code=found.division_id)
    if not policy.allowed(user, Can.DISCLOSE, place, today()):
        return {}
    can = RESULT.actions(found.stage)
    made: Bound = {}
    if "disclose" in can:
        made["disclose"] = StartForm(data, auto_id="id_disclose_%s")
    if "withdraw" in can:
        made["withdraw"] = WhyForm(data, auto_id="id_withdraw_%s")
    if "restore" in can:
        made["restore"] = RestoreForm(
            data, codes=code_choices(), initial={"codes": found.codes}, auto_id="id_restore_%s"
        )
    return made


def _disclose(request: SignedInRequest, found: Result, _given: dict[str, Any]) -> str:
    services.disclose(result_id=found.pk, by=request.user, at=timezone.now())
    return _("The result is public.")


def _withdraw(request: SignedInRequest, found: Result, given: dict[str, Any]) -> str:
    services.withdraw_result(result_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The result is no longer public; the reason stands in the file.")


def _restore(request: SignedInRequest, found: Result, given: dict[str, Any]) -> str:
    services.restore_result(result_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The result is public again.")


STEPS = {"disclose": _disclose, "withdraw": _withdraw, "restore": _restore}
