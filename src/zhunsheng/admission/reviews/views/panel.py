"""How a panel is drawn: the candidates with what bars them, the sealed draw, the appointment of whom it named."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.admission.reviews import lawbook, permissions, selectors, services
from zhunsheng.admission.reviews.forms.panel import SealForm
from zhunsheng.admission.reviews.forms.work import WhyForm
from zhunsheng.admission.reviews.lifecycle import REVIEW, MemberState
from zhunsheng.admission.reviews.models import Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.views.steps import refusals_kept, review_in_sight
from zhunsheng.admission.reviews.wording import BARRED
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, carried_out, today


@login_required
@require_GET
def panel(request: SignedInRequest, number: str) -> HttpResponse:
    """Show an officer whom a draw could name, who is barred and why, and the draws so far."""
    return _shown(request, _found(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Seal a draw, or appoint whom it named."""
    found = _found(request, number)
    with refusals_kept(request, found, action):
        return carried_out(
            request, found, action, STEPS, _offered(request, found, request.POST),
            lambda bound, status: _shown(request, found, bound, status), then=reverse("reviews:panel", args=[number]),
        )  # fmt: skip


def _found(request: SignedInRequest, number: str) -> Review:
    found = review_in_sight(request, number)
    if not permissions.allowed(request.user, Can.APPOINT, found, today()):
        raise Http404
    return found


def _shown(request: SignedInRequest, found: Review, bound: Bound, status: int) -> HttpResponse:
    candidates = selectors.candidates_for(found, today()) if "draw" in REVIEW.actions(found.stage) else []
    barred = Counter(reason for one in candidates for reason in one.barred)
    page = {
        "review": found,
        "members": selectors.members_of(found),
        "next_leader": selectors.who_may_step_up(found, today()) if "draw" in REVIEW.actions(found.stage) else None,
        "missing": found.size - found.members.exclude(state=MemberState.REPLACED).count(),
        "candidates": candidates,
        "free": sum(1 for one in candidates if not one.barred),
        "barred": [(BARRED[reason], total) for reason, total in barred.most_common()],
        "words": BARRED,
        "field_titles": selectors.field_titles(),
        "draws": list(found.draws.select_related("draw").order_by("-pk")),
        "rule_basis": "；".join(one.law for one in lawbook.rule(lawbook.AVOIDANCE, today()).basis),
        "rule": lawbook.rule(lawbook.AVOIDANCE, today()),
        "rule_name": lawbook.rule(lawbook.AVOIDANCE, today()).named,
        "rule_numbers": lawbook.avoidance(today()),
        "offered": _offered(request, found, None) | bound,
    }
    return render(request, "reviews/panel.html", page, status=status)


def _offered(request: SignedInRequest, found: Review, data: Any) -> Bound:
    can = REVIEW.actions(found.stage)
    open_draw = found.draws.filter(taken_at=None).select_related("draw").first()
    missing = found.size > found.members.exclude(state=MemberState.REPLACED).count()
    if "draw" in can and missing and open_draw is None:
        made: Bound = {"seal": SealForm(data, auto_id="id_seal_%s")}
        if selectors.who_may_step_up(found, today()) is not None:
            made["lead"] = WhyForm(data, auto_id="id_lead_%s")
        return made
    if "appoint" in can and open_draw is not None and selectors.is_drawn(open_draw):
        return {"appoint": forms.Form({} if data is not None else None)}
    return {}


def _seal(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.seal_draw(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The frame is sealed. Enter the chance on the draw's page as soon as it is known.")


def _appoint(request: SignedInRequest, found: Review, _given: dict[str, Any]) -> str:
    services.appoint_drawn(review_id=found.pk, by=request.user, at=timezone.now())
    return _("Those whom the lot named are told to declare their interests.")


def _lead(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.step_up(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The panel has a leader again. Let the free place be drawn.")


STEPS = {"seal": _seal, "appoint": _appoint, "lead": _lead}
