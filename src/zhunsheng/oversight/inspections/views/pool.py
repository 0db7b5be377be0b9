"""The pool of inspectors: the list, a new entry, one entry with its interests."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.oversight.inspections import lawbook, selectors
from zhunsheng.oversight.inspections.forms.filters import InspectorFilter
from zhunsheng.oversight.inspections.forms.steps import InspectorForm, InterestForm, NewInspectorForm
from zhunsheng.oversight.inspections.models import Inspector
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.services import pool
from zhunsheng.oversight.inspections.tables import InspectorTable
from zhunsheng.oversight.inspections.views.steps import inspector_in_sight
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, answer, carried_out, today


class InspectorList(LoginRequiredMixin, listing.ListPage):
    """The pool in sight."""

    table_class, export_name = InspectorTable, "inspectors"
    filterset_class = InspectorFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "inspections/inspectors.html"

    def get_queryset(self) -> QuerySet[Inspector]:
        """Return who is in sight, with what each still has to do."""
        return selectors.with_load(selectors.inspectors_visible_to(self.request.user, timezone.localdate()))

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether this reader keeps the pool."""
        may = policy.allowed_somewhere(self.request.user, Can.KEEP_POOL, timezone.localdate())
        return super().get_context_data(**kwargs) | {"keeps": may}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Put an officer into the pool."""
    if not policy.allowed_somewhere(request.user, Can.KEEP_POOL, today()):
        raise policy.NotAllowed(Can.KEEP_POOL)
    form = NewInspectorForm(request.POST or None)

    def added(given: dict[str, Any]) -> HttpResponse:
        made = pool.add_inspector(
            user_id=given["user_id"].pk, card_no=given["card_no"], fields=given["fields_of_testing"],
            leads=given["leads"], why=given["why"], by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The officer is in the pool."))
        return redirect("inspections:inspector", code=made.code)

    return answer(request, form, added, page={}, template="inspections/inspector_form.html")


@login_required
@require_GET
def inspector(request: SignedInRequest, code: str) -> HttpResponse:
    """Show an entry of the pool, its interests and its visits."""
    return _shown(request, inspector_in_sight(request, code), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, code: str, action: str) -> HttpResponse:
    """Change an entry, or declare an interest."""
    found = inspector_in_sight(request, code)
    return carried_out(
        request, found, action, STEPS, _offered(request, found, request.POST),
        lambda bound, status: _shown(request, found, bound, status),
        then=reverse("inspections:inspector", args=[found.code]),
    )  # fmt: skip


def _shown(request: SignedInRequest, found: Inspector, bound: Bound, status: int) -> HttpResponse:
    rule = lawbook.rule(lawbook.INSPECTORS, today())
    page = {
        "inspector": found,
        "interests": list(found.interests.select_related("body").order_by("pk")),
        "offered": _offered(request, found, None) | bound,
        "rule": rule,
        "rule_name": lawbook.named(rule),
    }
    return render(request, "inspections/inspector.html", page, status=status)


def _offered(request: HttpRequest, found: Inspector, data: Any) -> Bound:
    keeps = policy.allowed(request.user, Can.KEEP_POOL, policy.Place(division_code=found.division_id), today())
    made: Bound = {}
    if keeps:
        initial = {
            "card_no": found.card_no,
            "fields_of_testing": found.fields,
            "leads": found.leads,
            "active": found.active,
        }
        made["change"] = InspectorForm(data, initial=initial, auto_id="id_change_%s")
    if keeps or found.user_id == request.user.pk:
        made["interest"] = InterestForm(data, auto_id="id_interest_%s")
    return made


def _change(request: SignedInRequest, found: Inspector, given: dict[str, Any]) -> str:
    pool.change_inspector(
        inspector_id=found.pk, card_no=given["card_no"], fields=given["fields_of_testing"], leads=given["leads"],
        active=given["active"], why=given["why"], by=request.user, at=timezone.now(),
    )  # fmt: skip
    return _("The entry is changed.")


def _interest(request: SignedInRequest, found: Inspector, given: dict[str, Any]) -> str:
    pool.declare_interest(
        inspector_id=found.pk, body_id=given["body"].pk, kind=given["kind"], until=given["until"], why=given["why"],
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    return _("The interest is declared; the lot will keep clear of that body.")


STEPS = {"change": _change, "interest": _interest}
