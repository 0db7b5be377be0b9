"""The findings of a visit beside the yardstick: proposed by the leader, decided by another officer, concluded."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.oversight.inspections import lawbook as inspections_law
from zhunsheng.oversight.visits import permissions, selectors, services
from zhunsheng.oversight.visits.forms import ConcludeForm, HandlingForm, OrderForm
from zhunsheng.oversight.visits.lifecycle import VISIT, Side, Stage
from zhunsheng.oversight.visits.models import Finding, Visit
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.rules.outcomes import suggested_code
from zhunsheng.oversight.visits.views.steps import visit_in_sight
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, carried_out, today


def _language() -> str:
    return "en" if translation.get_language() == "en" else "zh"


def code_choices() -> list[tuple[str, str]]:
    """Return the standard result codes of today with their words."""
    known = inspections_law.result_codes(today())
    return [(code, f"{code} {words[_language()]}") for code, words in known.items()]


@login_required
@require_GET
def findings(request: SignedInRequest, number: str) -> HttpResponse:
    """Show what was found, what the yardstick says, and what was done with like findings."""
    return _shown(request, _inside(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Issue the order, or conclude the visit."""
    found = _inside(request, number)
    return carried_out(
        request, found, action, STEPS, _offered(request, found, request.POST),
        lambda bound, status: _shown(request, found, bound, status), then=reverse("visits:findings", args=[number]),
    )  # fmt: skip


@login_required
@require_POST
def act_on_one(request: SignedInRequest, number: str, place: int, action: str) -> HttpResponse:
    """Propose or decide what becomes of one finding."""
    found = _inside(request, number)
    one = get_object_or_404(found.findings.filter(stands=True), number=place)
    form = _form_for(request, found, one, request.POST)
    offered: Bound = {form[0]: form[1]} if form else {}
    return carried_out(
        request, one, action, STEPS_OF_ONE, offered,
        lambda bound, status: _shown(request, found, {f"{place}": next(iter(bound.values()))}, status),
        then=reverse("visits:findings", args=[number]),
    )  # fmt: skip


def _inside(request: SignedInRequest, number: str) -> Visit:
    """Return the visit for its inspectors and for officers: findings that nobody decided are not the body's to read."""
    found = visit_in_sight(request, number)
    officer = permissions.allowed(request.user, Can.DECIDE, found, today())
    if not officer and not permissions.seat_of(request.user, found, today()):
        raise Http404
    return found


def _shown(request: SignedInRequest, found: Visit, bound: Bound, status: int) -> HttpResponse:
    rows = []
    for one in selectors.measured(found):
        form = _form_for(request, found, one.finding, None, suggested=one.suggested)
        if form is not None and str(one.finding.number) in bound:
            form = form[0], bound[str(one.finding.number)]
        rows.append((one, form[0] if form else "", form[1] if form else None))
    page = {
        "visit": found,
        "rows": rows,
        "orders": list(found.orders.order_by("pk")),
        "result": getattr(found, "result", None),
        "offered": _offered(request, found, None) | {key: one for key, one in bound.items() if key in STEPS},
    }
    return render(request, "visits/findings.html", page, status=status)


def _form_for(
    request: HttpRequest, found: Visit, one: Finding, data: Any, suggested: str = ""
) -> tuple[str, Form] | None:
    """Return which step of a finding this reader may take, with its form."""
    can, prefix = VISIT.actions(found.stage), f"f{one.number}"
    if one.decided_at is not None:
        return None
    seat = permissions.seat_of(request.user, found, today())
    initial = {"handling": one.handling or suggested, "violation": one.violation, "departure": one.departure}
    auto = f"id_{prefix}_%s"
    if seat == Side.LEADER and "propose" in can:
        titles = selectors.violation_titles(timezone.localdate(found.opened_at))
        chosen = [(key, str(words[_language()])) for key, words in titles.items()]
        return "propose", HandlingForm(data, initial=initial, violations=chosen, auto_id=auto)
    officer = not seat and permissions.allowed(request.user, Can.DECIDE, found, today())
    if officer and "decide" in can and one.proposed_at is not None:
        return "decide", HandlingForm(data, initial=initial, auto_id=auto)
    return None


def _offered(request: HttpRequest, found: Visit, data: Any) -> Bound:
    made: Bound = {}
    if found.stage != Stage.SIGNED:
        return made
    tally = selectors.tally_of(found)
    seat = permissions.seat_of(request.user, found, today())
    if tally.unordered and permissions.allowed(request.user, Can.DECIDE, found, today()):
        made["order"] = OrderForm(data, auto_id="id_order_%s")
    if seat == Side.LEADER and not tally.undecided and not tally.unordered:
        code = suggested_code(upheld=tally.upheld, open_orders=tally.open_orders, cases=tally.cases)
        made["conclude"] = ConcludeForm(data, codes=code_choices(), initial={"codes": [code]}, auto_id="id_conclude_%s")
    return made


def _order(request: SignedInRequest, found: Visit, given: dict[str, Any]) -> str:
    services.issue_order(visit_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The order to correct is issued and the body is told.")


def _conclude(request: SignedInRequest, found: Visit, given: dict[str, Any]) -> str:
    services.conclude_visit(visit_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The visit is concluded; the clock of disclosure runs.")


def _propose(request: SignedInRequest, one: Finding, given: dict[str, Any]) -> str:
    services.propose_handling(finding_id=one.pk, by=request.user, at=timezone.now(), **given)
    return _("The proposal is kept. Another officer decides.")


def _decide(request: SignedInRequest, one: Finding, given: dict[str, Any]) -> str:
    services.decide_finding(finding_id=one.pk, by=request.user, at=timezone.now(), **given)
    return _("It is decided what becomes of the finding.")


STEPS = {"order": _order, "conclude": _conclude}
STEPS_OF_ONE = {"propose": _propose, "decide": _decide}
