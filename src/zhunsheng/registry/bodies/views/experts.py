"""The register of assessors and experts, for those who call them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.registry.bodies import permissions, selectors, services
from zhunsheng.registry.bodies.forms import AccountForm, EvaluationForm, ExpertFilter, MeasureForm
from zhunsheng.registry.bodies.models import Expert
from zhunsheng.registry.bodies.permissions import Can
from zhunsheng.registry.bodies.tables import ExpertTable
from zhunsheng.registry.bodies.wording import EXPERT_MEANINGS, EXPERT_WORDS


class ExpertList(LoginRequiredMixin, listing.ListPage):
    """Assessors and experts with workload, training and standing."""

    table_class, export_name = ExpertTable, "experts"
    filterset_class = ExpertFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "bodies/experts.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide the list from those who may see no expert."""
        may_see = policy.allowed_somewhere(request.user, Can.SEE_EXPERTS, timezone.localdate())
        if request.user.is_authenticated and not may_see:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Expert]:
        """Return the experts with their figures of today, by number."""
        today = timezone.localdate()
        return selectors.with_figures(selectors.experts_visible_to(self.request.user, today), today).order_by("code")


@login_required
@require_http_methods(["GET", "POST"])
def expert(request: SignedInRequest, code: str) -> HttpResponse:
    """Show an expert, take a measure, and judge the work on a task."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = get_object_or_404(selectors.experts_visible_to(request.user, today), code=code)
    may_manage = policy.allowed_somewhere(request.user, Can.MANAGE_EXPERTS, today)
    if request.method == "POST":
        permissions.require_experts(request.user, today)
    held = selectors.expert_on(found, today)
    tasks = [(one.reference, f"{one.reference} {one.task}") for one in held.assignments]
    step = _step(request)
    form = MeasureForm(request.POST if step == "measure" else None, auto_id="id_measure_%s")
    account = AccountForm(request.POST if step == "account" else None, auto_id="id_account_%s")
    evaluation = EvaluationForm(
        request.POST if step == "evaluation" else None, tasks=tasks, initial={"on": today}, auto_id="id_evaluation_%s"
    )
    for one, do, words in (
        (form, services.take_measure, _("The measure is on record.")),
        (account, services.link_account, _("From now on the expert signs in with this account.")),
        (evaluation, services.evaluate_expert, _("The evaluation is on record.")),
    ):
        if _done(one, do, {"expert_id": found.pk, "by": request.user, "at": now}):
            messages.success(request, words)
            return redirect("bodies:expert", code=found.code)
    page = {
        "expert": held.expert,
        "held": held,
        "today": today,
        "form": form if may_manage else None,
        "account": account if may_manage else None,
        "evaluation": evaluation if may_manage and tasks else None,
        "meaning": EXPERT_MEANINGS[held.expert.standing],
        "words": EXPERT_WORDS[held.expert.standing],
    }
    return render(request, "bodies/expert.html", page, status=422 if request.method == "POST" else 200)


def _step(request: HttpRequest) -> str:
    """Tell which of the page's forms was sent; none where the page is only read."""
    if request.method != "POST":
        return ""
    return "evaluation" if "score" in request.POST else "account" if "username" in request.POST else "measure"


def _done(form: forms.Form, do: Callable[..., object], who: dict[str, Any]) -> bool:
    """Tell whether a form was sent and carried out; a refusal stands in the form."""
    if not form.is_valid():
        return False
    try:
        do(**form.cleaned_data, **who)
    except DomainError as error:
        explain(form, error)
        return False
    return True
