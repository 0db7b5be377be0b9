"""The list of reviews, one review with what its reader may do, and the opening of one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.admission.licensing.selectors.applications import applications_visible_to
from zhunsheng.admission.reviews import lawbook, permissions, selectors, services
from zhunsheng.admission.reviews.forms.panel import (
    CancelForm,
    EvaluateForm,
    ExcuseForm,
    FreeForm,
    InterestForm,
    OpenForm,
    PrepareForm,
    ReviewFilter,
)
from zhunsheng.admission.reviews.forms.work import WhyForm
from zhunsheng.admission.reviews.lifecycle import REVIEW, MemberState, Mode, Stage
from zhunsheng.admission.reviews.models import Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.tables import ReviewTable
from zhunsheng.admission.reviews.views.steps import refusals_kept, review_in_sight
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, answer, carried_out, today
from zhunsheng.registry.bodies.permissions import Can as BodiesCan


class ReviewList(LoginRequiredMixin, listing.ListPage):
    """The reviews in sight: for an assessor the own panels, for a body its own, for officers their division's."""

    table_class, export_name = ReviewTable, "reviews"
    filterset_class = ReviewFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "reviews/reviews.html"

    def get_queryset(self) -> QuerySet[Review]:
        """Return what this reader may see."""
        return selectors.reviews_visible_to(self.request.user, timezone.localdate())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether this reader sits on panels."""
        on = timezone.localdate()
        assessor = policy.allowed_somewhere(self.request.user, Can.WORK, on)
        return super().get_context_data(**kwargs) | {"assessor": assessor}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest, application: str) -> HttpResponse:
    """Open the review of an application."""
    found = get_object_or_404(applications_visible_to(request.user, today()), number=application)
    permissions.require_opening(request.user, found, today())
    mode = {"remote": Mode.REMOTE, "documents": Mode.DOCUMENT}.get(found.route, Mode.ON_SITE)
    initial = {
        "mode": mode,
        "size": lawbook.usual_size(mode, today()),
        "fields_to_cover": [found.field] if found.field else [],
    }
    form = OpenForm(request.POST or None, initial=initial)

    def opened(given: dict[str, Any]) -> HttpResponse:
        made = services.open_review(
            application_id=found.pk, mode=given["mode"], size=given["size"], fields=given["fields_to_cover"],
            by=request.user, at=timezone.now(), why=given["why"],
        )  # fmt: skip
        messages.success(request, _("The review is open. Let its panel be drawn next."))
        return redirect("reviews:panel", number=made.number)

    return answer(request, form, opened, page={"application": found}, template="reviews/new.html")


@login_required
@require_GET
def review(request: SignedInRequest, number: str) -> HttpResponse:
    """Show a review and what this reader may do next."""
    return _shown(request, review_in_sight(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Do one step of the review's page."""
    found = review_in_sight(request, number)
    with refusals_kept(request, found, action):
        return carried_out(
            request, found, action, STEPS, _offered(request, found, request.POST),
            lambda bound, status: _shown(request, found, bound, status), then=_after(action, number),
        )  # fmt: skip


def _after(action: str, number: str) -> str:
    """Return where a step leads: who declared an interest left the panel and sees this review no more."""
    return reverse("reviews:reviews") if action == "interest" else reverse("reviews:review", args=[number])


def _shown(request: SignedInRequest, found: Review, bound: Bound, status: int) -> HttpResponse:
    seat = permissions.seat_of(request.user, found, today())
    officer = permissions.allowed(request.user, Can.APPOINT, found, today())
    members = selectors.members_of(found)
    page = {
        "review": found,
        "members": members,
        "complete": sum(one.state == MemberState.SERVING for one in members) >= found.size,
        "field_titles": selectors.field_titles(),
        "seat": seat,
        "officer": officer,
        "answers": permissions.allowed(request.user, Can.ANSWER, found, today()),
        "serving": seat is not None and seat.state == MemberState.SERVING,
        "sheet_open": found.stage in {Stage.AT_WORK, Stage.RECTIFYING, Stage.CONCLUDED},
        "left": selectors.left_to_do(found) if found.stage in {Stage.AT_WORK, Stage.RECTIFYING} else None,
        "figures": selectors.figures_of(found),
        "offered": _offered(request, found, None) | bound,
        "conclusion": selectors.conclusion_of(found),
    }
    return render(request, "reviews/review.html", page, status=status)


def _offered(request: HttpRequest, found: Review, data: Any) -> Bound:
    """Return the forms of the steps that stage, policy and seat allow to this reader."""
    user, day = request.user, today()
    can = REVIEW.actions(found.stage)
    officer = permissions.allowed(user, Can.APPOINT, found, day)
    seat = permissions.seat_of(user, found, day)
    drawn = seat is not None and seat.state == MemberState.DRAWN
    leads = seat is not None and seat.leader and seat.state == MemberState.SERVING
    members = [one for one in selectors.members_of(found) if one.state != MemberState.REPLACED]
    manages = policy.allowed_somewhere(user, BodiesCan.MANAGE_EXPERTS, day)
    made: Bound = {}
    if "declare" in can and drawn:
        made["free"] = FreeForm(data, auto_id="id_free_%s")
    if ("declare" in can or "replace" in can) and seat is not None:
        made["interest"] = InterestForm(data, auto_id="id_interest_%s")
    if "start" in can and leads:
        made["start"] = WhyForm(data, auto_id="id_start_%s")
    if "prepare" in can and officer and members and all(one.state == MemberState.SERVING for one in members):
        made["prepare"] = PrepareForm(data, auto_id="id_prepare_%s")
    if ("declare" in can or "replace" in can) and officer and members:
        made["excuse"] = ExcuseForm(data, members=members, auto_id="id_excuse_%s")
    if "evaluate" in can and officer and manages and members:
        made["evaluate"] = EvaluateForm(data, members=members, auto_id="id_evaluate_%s")
    if "cancel" in can and officer:
        made["cancel"] = CancelForm(data, auto_id="id_cancel_%s")
    return made


def _free(request: SignedInRequest, found: Review, _given: dict[str, Any]) -> str:
    services.declare_free(review_id=found.pk, by=request.user, at=timezone.now())
    return _("You are on the panel.")


def _interest(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.declare_interest(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("Your declaration is kept. Somebody else will be drawn for your place.")


def _excuse(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.excuse(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The place is free. Let somebody be drawn for it.")


def _prepare(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.prepare(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The review is prepared. Its leader begins the work.")


def _start(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.start(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The work has begun. Open the sheet while you have a network; then it works without one.")


def _cancel(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.cancel(review_id=found.pk, by=request.user, at=timezone.now(), why=given["why"])
    return _("The review is called off.")


def _evaluate(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.evaluate(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The evaluation is on record.")


STEPS = {
    "free": _free,
    "interest": _interest,
    "excuse": _excuse,
    "prepare": _prepare,
    "start": _start,
    "cancel": _cancel,
    "evaluate": _evaluate,
}
