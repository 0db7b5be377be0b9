"""The list of plans, one plan with what its reader may do, its frame and the draws that carry it out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.oversight.inspections import lawbook, permissions, selectors
from zhunsheng.oversight.inspections.forms.filters import PlanFilter
from zhunsheng.oversight.inspections.forms.steps import (
    ApproveForm,
    CauseForm,
    InputForm,
    PlanForm,
    SealForm,
    TakeForm,
    WhyForm,
)
from zhunsheng.oversight.inspections.lifecycle import PLAN, PlanStage, Purpose
from zhunsheng.oversight.inspections.models import Plan
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.selectors.suggestions import suggestions_for
from zhunsheng.oversight.inspections.services import causes, drawing, plans, staffing
from zhunsheng.oversight.inspections.tables import PlanTable
from zhunsheng.oversight.inspections.views.steps import plan_in_sight
from zhunsheng.oversight.inspections.wording import LEFT_OUT
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, answer, carried_out, today
from zhunsheng.platform.draws.words import method_words


class PlanList(LoginRequiredMixin, listing.ListPage):
    """The plans in sight."""

    table_class, export_name = PlanTable, "inspection-plans"
    filterset_class = PlanFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "inspections/plans.html"

    def get_queryset(self) -> QuerySet[Plan]:
        """Return what this reader may see, with figures."""
        on = timezone.localdate()
        return selectors.with_figures(selectors.plans_visible_to(self.request.user, on), on)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether this reader drafts plans."""
        may = policy.allowed_somewhere(self.request.user, Can.PLAN, timezone.localdate())
        return super().get_context_data(**kwargs) | {"may_plan": may}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Draft a plan for the reader's own authority or department."""
    places = [one for one in request.user.memberships_on(today()) if policy.reach_of_membership(one, Can.PLAN)]
    if not places:
        raise policy.NotAllowed(Can.PLAN)
    year = today().year
    initial = {
        "first_day": today(), "last_day": f"{year}-12-31", "strata": ["field"], "matters": ["reports", "records"],
        "floor": str(lawbook.rule(lawbook.RATES, today()).values["least_probability"]),
    }  # fmt: skip
    form = PlanForm(request.POST or None, initial=initial)

    def drafted(given: dict[str, Any]) -> HttpResponse:
        made = plans.draft_plan(
            draft=form.draft(), organisation_id=places[0].organisation_id, why=given["why"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The plan is drafted. Hand it in for approval when it is complete."))
        return redirect("inspections:plan", number=made.number)

    page = {
        "rule": lawbook.rule(lawbook.RATES, today()),
        "rule_name": lawbook.named(lawbook.rule(lawbook.RATES, today())),
    }
    return answer(request, form, drafted, page=page, template="inspections/plan_form.html")


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, number: str) -> HttpResponse:
    """Change a plan while it is a draft."""
    plan = plan_in_sight(request, number)
    permissions.require(request.user, Can.PLAN, plan, today())
    rates = {f"rate_{grade or 'none'}": rate for grade, rate in plan.rates.items()}
    initial = {
        "kind": plan.kind, "title": plan.title, "first_day": plan.first_day, "last_day": plan.last_day,
        "matters": plan.matters, "fields_of_testing": plan.fields, "strata": plan.strata, "floor": plan.floor,
        "departments": list(plan.departments.values_list("pk", flat=True)), **rates,
    }  # fmt: skip
    form = PlanForm(request.POST or None, initial=initial)

    def changed(given: dict[str, Any]) -> HttpResponse:
        plans.change_plan(plan_id=plan.pk, draft=form.draft(), why=given["why"], by=request.user, at=timezone.now())
        messages.success(request, _("The plan is changed."))
        return redirect("inspections:plan", number=plan.number)

    page = {"plan": plan, "rule": lawbook.rule(lawbook.RATES, today()), "rule_name": plan.law}
    return answer(request, form, changed, page=page, template="inspections/plan_form.html")


@login_required
@require_GET
def plan(request: SignedInRequest, number: str) -> HttpResponse:
    """Show a plan and what this reader may do next."""
    return _shown(request, plan_in_sight(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Do one step of the plan's page."""
    found = plan_in_sight(request, number)
    return carried_out(
        request, found, action, STEPS, _offered(request, found, request.POST),
        lambda bound, status: _shown(request, found, bound, status),
        then=reverse("inspections:plan", args=[found.number]),
    )  # fmt: skip


@login_required
@require_GET
def frame(request: SignedInRequest, number: str) -> HttpResponse:
    """Show from whom a plan would draw today, how many of each stratum, and who is left out."""
    found = plan_in_sight(request, number)
    if not permissions.allowed(request.user, Can.PLAN, found, today()):
        raise Http404
    made = selectors.frame_for(found, today())
    words = selectors.stratum_words(made.n, today())
    sizes: dict[str, list[float]] = {}
    for row in made.rows:
        sizes.setdefault(row["stratum"], []).append(float(row["size"]))
    page = {
        "plan": found,
        "frame": made,
        "strata": [
            {
                "name": words.get(name, name or "—"),
                "units": len(sizes[name]),
                "n": n,
                "mean": sum(sizes[name]) / len(sizes[name]),
            }
            for name, n in made.n.items()
        ],
        "left_out": [(body, LEFT_OUT[why]) for body, why in made.left_out[:200]],
        "left_out_total": len(made.left_out),
        "method": method_words(made.method),
        "rule": lawbook.rule(lawbook.RATES, today()),
        "rule_name": found.law,
        "may_seal": "draw" in PLAN.actions(found.stage),
    }
    return render(request, "inspections/frame.html", page)


@login_required
@require_GET
def open_causes(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the leads and obligations of the plan's place that call for a visit and have none."""
    found = plan_in_sight(request, number)
    if not permissions.allowed(request.user, Can.PLAN, found, today()) or "add_cause" not in PLAN.actions(found.stage):
        raise Http404
    page = {"plan": found, "suggestions": suggestions_for(found, request.user, today())}
    return render(request, "inspections/causes.html", page)


def _shown(request: SignedInRequest, found: Plan, bound: Bound, status: int) -> HttpResponse:
    draws = selectors.draws_of(found)
    page = {
        "plan": found,
        "figures": selectors.figures_of(found, today()),
        "draws": draws,
        "departments": list(found.departments.all()),
        "inputs": list(found.inputs.select_related("department", "by").order_by("-at", "-pk")[:50]),
        "may_plan": permissions.allowed(request.user, Can.PLAN, found, today()),
        "offered": _offered(request, found, None, draws) | bound,
        "frequency": lawbook.rule(lawbook.FREQUENCY, today()),
        "frequency_name": lawbook.named(lawbook.rule(lawbook.FREQUENCY, today())),
    }
    return render(request, "inspections/plan.html", page, status=status)


def _offered(request: HttpRequest, found: Plan, data: Any, draws: Any = None) -> Bound:
    """Return the forms of the steps that stage and policy allow to this reader."""
    user, can = request.user, PLAN.actions(found.stage)
    planner = permissions.allowed(user, Can.PLAN, found, today())
    author = user.pk in {found.drafted_by_id, found.submitted_by_id}
    approver = permissions.allowed(user, Can.APPROVE, found, today()) and not author
    made: Bound = {}
    for name, kind in (("submit", WhyForm), ("withdraw", WhyForm), ("close", WhyForm)):
        if name in can and planner:
            made[name] = kind(data, auto_id=f"id_{name}_%s")
    if "contribute" in can and permissions.part_in(user, found, today()) is not None:
        made["contribute"] = InputForm(data, auto_id="id_contribute_%s")
    if "approve" in can and approver:
        made |= {"approve": ApproveForm(data, auto_id="id_approve_%s"), "return": WhyForm(data, auto_id="id_return_%s")}
    if found.stage == PlanStage.APPROVED and planner and found.last_day >= today():
        made |= _drawing(found, data, selectors.draws_of(found) if draws is None else draws)
        made["cause"] = CauseForm(data, auto_id="id_cause_%s")
    return made


def _drawing(found: Plan, data: Any, draws: Any) -> Bound:
    """Return the steps by which bodies, then inspectors are drawn: seal, or take the result over."""
    made: Bound = {}
    waiting = {one.purpose: one for one in draws if one.taken_at is None}
    for purpose, seal, take in (
        (Purpose.BODIES, "seal_bodies", "take_bodies"), (Purpose.INSPECTORS, "seal_inspectors", "take_inspectors"),
    ):  # fmt: skip
        one = waiting.get(purpose)
        if one is None:
            made[seal] = SealForm(data, auto_id=f"id_{seal}_%s")
        elif (one.newest.result or {}).get("outcome") == "drawn":
            made[take] = TakeForm({} if data is not None else None)
    return made


def _submit(request: SignedInRequest, found: Plan, given: dict[str, Any]) -> str:
    plans.submit_plan(plan_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The plan waits for approval by somebody else.")


def _approve(request: SignedInRequest, found: Plan, given: dict[str, Any]) -> str:
    plans.approve_plan(plan_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The plan is approved and public.")


def _return(request: SignedInRequest, found: Plan, given: dict[str, Any]) -> str:
    plans.return_plan(plan_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The plan is sent back to be changed.")


def _withdraw(request: SignedInRequest, found: Plan, given: dict[str, Any]) -> str:
    plans.withdraw_plan(plan_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The plan is withdrawn.")


def _close(request: SignedInRequest, found: Plan, given: dict[str, Any]) -> str:
    plans.close_plan(plan_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The plan is closed.")


def _contribute(request: SignedInRequest, found: Plan, given: dict[str, Any]) -> str:
    plans.contribute(plan_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("It stands with the plan, and the plan's authority is told.")


def _seal_bodies(request: SignedInRequest, found: Plan, given: dict[str, Any]) -> str:
    drawing.seal_bodies_draw(plan_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The frame is sealed. Somebody else enters the chance on the draw's page and draws.")


def _take_bodies(request: SignedInRequest, found: Plan, _given: dict[str, Any]) -> str:
    tasks = drawing.take_bodies(plan_id=found.pk, by=request.user, at=timezone.now())
    return _("%(count)s bodies are drawn. Let their inspectors be drawn next.") % {"count": len(tasks)}


def _seal_inspectors(request: SignedInRequest, found: Plan, given: dict[str, Any]) -> str:
    staffing.seal_inspectors_draw(plan_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The frame is sealed. Somebody else enters the chance on the draw's page and draws.")


def _take_inspectors(request: SignedInRequest, found: Plan, _given: dict[str, Any]) -> str:
    one = selectors.open_draw(found, Purpose.INSPECTORS)
    tasks = staffing.take_inspectors(plan_draw_id=one.pk if one else 0, by=request.user, at=timezone.now())
    return _("%(count)s visits have their two inspectors.") % {"count": len(tasks)}


def _cause(request: SignedInRequest, found: Plan, given: dict[str, Any]) -> str:
    task = causes.add_cause(
        plan_id=found.pk, body_id=given["body"].pk, kind=given["kind"], reference=given["reference"],
        words=given["words"], by=request.user, at=timezone.now(),
    )  # fmt: skip
    return _("The cause stands in task %(number)s.") % {"number": task.number}


STEPS = {
    "submit": _submit,
    "approve": _approve,
    "return": _return,
    "withdraw": _withdraw,
    "close": _close,
    "contribute": _contribute,
    "seal_bodies": _seal_bodies,
    "take_bodies": _take_bodies,
    "seal_inspectors": _seal_inspectors,
    "take_inspectors": _take_inspectors,
    "cause": _cause,
}
