"""The conclusion: written by the leader, spoken on by the members, printed as the review's report."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.admission.reviews import permissions, printing, selectors, services
from zhunsheng.admission.reviews.forms.work import ConclusionForm, VoiceForm, WhyForm
from zhunsheng.admission.reviews.lifecycle import REVIEW, MemberState, Stage
from zhunsheng.admission.reviews.models import Conclusion, Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.views.steps import refusals_kept, review_in_sight
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, carried_out, today


@login_required
@require_GET
def conclusion(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the conclusion line by line to the panel and officers, and to the body once it is final."""
    return _shown(request, _found(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Write the conclusion, speak on it, or make it final."""
    found = _found(request, number)
    with refusals_kept(request, found, action):
        return carried_out(
            request, found, action, STEPS, _offered(request, found, request.POST),
            lambda bound, status: _shown(request, found, bound, status),
            then=reverse("reviews:conclusion", args=[number]),
        )  # fmt: skip


@login_required
@require_GET
def report(request: SignedInRequest, number: str) -> HttpResponse:
    """Hand out the review's report as a PDF; before the conclusion is final it says so."""
    found = _found(request, number)
    answer = HttpResponse(printing.review_pdf(found, at=timezone.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


def _found(request: SignedInRequest, number: str) -> Review:
    found = review_in_sight(request, number)
    inside = permissions.seat_of(request.user, found, today()) or permissions.allowed(
        request.user, Can.APPOINT, found, today()
    )
    if not inside and found.stage != Stage.CONCLUDED:
        raise Http404
    return found


def _shown(request: SignedInRequest, found: Review, bound: Bound, status: int) -> HttpResponse:
    made = selectors.conclusion_of(found)
    page = {
        "review": found,
        "conclusion": made,
        "left": selectors.left_to_do(found) if found.stage in {Stage.AT_WORK, Stage.RECTIFYING} else None,
        "lines": list(made[0].lines.select_related("line", "line__site").order_by("line__number")) if made else [],
        "voices": list(selectors.voices_of(made[0]).select_related("member__expert")) if made else [],
        "offered": _offered(request, found, None) | bound,
    }
    return render(request, "reviews/conclusion.html", page, status=status)


def _offered(request: SignedInRequest, found: Review, data: Any) -> Bound:
    seat = permissions.seat_of(request.user, found, today())
    if seat is None or seat.state != MemberState.SERVING or "conclude" not in REVIEW.actions(found.stage):
        return {}
    written = Conclusion.objects.filter(review=found).first()
    made: Bound = {}
    if written is not None and seat.leader:
        made["final"] = WhyForm(data, auto_id="id_final_%s")
    if written is not None and not seat.leader:
        made["speak"] = VoiceForm(data, auto_id="id_speak_%s")
    if seat.leader and not selectors.left_to_do(found):
        language = "en" if translation.get_language() == "en" else "zh"
        possible = [(key, words[language]) for key, words in selectors.possible_for(found, today())]
        initial = {"kind": written.kind, "words": written.words} if written else None
        made["write"] = ConclusionForm(data, possible=possible, initial=initial, auto_id="id_write_%s")
    return made


def _write(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.draft_conclusion(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The conclusion is written. The other members say next whether they agree.")


def _speak(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.speak(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("What you say is on record.")


def _final(request: SignedInRequest, found: Review, given: dict[str, Any]) -> str:
    services.conclude(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The review is concluded; the file is with the officers.")


STEPS = {"write": _write, "speak": _speak, "final": _final}
