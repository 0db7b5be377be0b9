"""Nonconformities: both sides confirm them, the body mends them with evidence, the panel verifies."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.admission.reviews import permissions, selectors, services
from zhunsheng.admission.reviews.forms.work import AnswerForm, ObjectionForm, VerifyForm, WhyForm
from zhunsheng.admission.reviews.lifecycle import MemberState, NonconformityState, Stage
from zhunsheng.admission.reviews.models import Nonconformity, RectificationEvidence, Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.views.steps import Bound, carried_out, review_in_sight
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today
from zhunsheng.platform.documents import files

Given = dict[str, Any]


@login_required
@require_GET
def nonconformities(request: SignedInRequest, number: str) -> HttpResponse:
    """Show what was found wanting and how far its mending has come."""
    return _shown(request, review_in_sight(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Ask for rectification, hand it in, or give up what is left."""
    found = review_in_sight(request, number)
    return carried_out(
        request, found, action, STEPS, _offered(request, found, request.POST),
        lambda bound, status: _shown(request, found, bound, status), then="reviews:nonconformities",
    )  # fmt: skip


@login_required
@require_POST
def act_on_one(request: SignedInRequest, number: str, place: int, action: str) -> HttpResponse:
    """Confirm, take back, answer or verify one nonconformity."""
    found = review_in_sight(request, number)
    one = get_object_or_404(_listed(request, found), number=place)
    form = _forms_of(request, found, one, request.POST, request.FILES).get(action)
    if action not in STEPS_ON_ONE:
        raise Http404
    if form is None:
        raise NotAllowed(action)
    if form.is_valid():
        try:
            said = STEPS_ON_ONE[action](request, one, form.cleaned_data)
        except NotAllowed:
            raise
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, said)
            return redirect("reviews:nonconformities", number=number)
    return _shown(request, found, {f"{one.pk}:{action}": form}, 422)


@login_required
@require_GET
def evidence(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out a file of evidence to everybody who sees the review."""
    found = review_in_sight(request, number)
    kept = get_object_or_404(
        RectificationEvidence.objects.select_related("file").filter(answer__round__review=found), pk=pk
    )
    return FileResponse(files.open_by_digest(kept.file.sha256), as_attachment=True, filename=kept.name)


def _listed(request: SignedInRequest, found: Review) -> Any:
    """Return the nonconformities; the body sees those that the panel has confirmed."""
    rows = found.nonconformities.select_related("by", "panel_by", "body_by").order_by("number")
    inside = permissions.seat_of(request.user, found, today()) or permissions.allowed(
        request.user, Can.APPOINT, found, today()
    )
    return rows if inside else rows.exclude(panel_at=None)


def _shown(request: SignedInRequest, found: Review, bound: Bound, status: int) -> HttpResponse:
    rows = list(
        _listed(request, found).prefetch_related(
            "lines", "answers__round", "answers__evidence__file", "answers__verified_by", "answers__by"
        )
    )
    running = found.rounds.filter(closed_at=None).first()
    items = []
    for one in rows:
        offered = _forms_of(request, found, one, None, None)
        offered |= {name: form for name in list(STEPS_ON_ONE) if (form := bound.get(f"{one.pk}:{name}"))}
        items.append({"row": one, "offered": offered})
    page = {
        "review": found,
        "items": items,
        "running": running,
        "due": selectors.rectification_due(found),
        "rounds": list(found.rounds.order_by("number")),
        "offered": _offered(request, found, None) | {key: form for key, form in bound.items() if ":" not in key},
        "clauses": dict(found.checklist.values_list("clause", "words")),
    }
    return render(request, "reviews/nonconformities.html", page, status=status)


def _offered(request: SignedInRequest, found: Review, data: Any) -> Bound:
    seat = permissions.seat_of(request.user, found, today())
    leads = seat is not None and seat.leader and seat.state == MemberState.SERVING
    unsettled = found.nonconformities.filter(state__in=[NonconformityState.OPEN, NonconformityState.ANSWERED])
    running = found.rounds.filter(closed_at=None).first()
    made: Bound = {}
    if leads and found.stage in {Stage.AT_WORK, Stage.RECTIFYING} and unsettled.exists():
        if running is None and not unsettled.filter(panel_at=None).exists():
            made["ask"] = WhyForm(data, auto_id="id_ask_%s")
        made["give-up"] = WhyForm(data, auto_id="id_give_up_%s")
    body = permissions.allowed(request.user, Can.ANSWER, found, today())
    if body and running is not None and running.sent_at is None and found.stage == Stage.RECTIFYING:
        made["hand-in"] = forms.Form({} if data is not None else None)
    return made


def _forms_of(request: SignedInRequest, found: Review, one: Nonconformity, data: Any, uploads: Any) -> Bound:
    """Return the forms about one nonconformity that this reader may use."""
    seat = permissions.seat_of(request.user, found, today())
    serving = seat is not None and seat.state == MemberState.SERVING
    body = permissions.allowed(request.user, Can.ANSWER, found, today())
    is_open = one.state == NonconformityState.OPEN
    ids = f"id_{one.number}_{{}}_%s"
    made: Bound = {}
    if serving and seat is not None and seat.leader and found.stage == Stage.AT_WORK and is_open:
        if one.panel_at is None:
            made["confirm"] = forms.Form({} if data is not None else None)
        made["take-back"] = WhyForm(data, auto_id=ids.format("back"))
    if body and one.panel_at is not None and one.body_at is None and found.stage != Stage.CONCLUDED:
        made["acknowledge"] = ObjectionForm(data, auto_id=ids.format("body"))
    running = found.rounds.filter(closed_at=None).first()
    if body and running is not None and running.sent_at is None and is_open:
        written = one.answers.filter(round=running).first()
        initial = {"words": written.words} if written else None
        made["answer"] = AnswerForm(data, uploads, initial=initial, auto_id=ids.format("answer"))
    if serving and running is not None and running.sent_at is not None and one.state == NonconformityState.ANSWERED:
        made["verify"] = VerifyForm(data, auto_id=ids.format("verify"))
    return made


def _ask(request: SignedInRequest, found: Review, given: Given) -> str:
    services.ask_rectification(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The body is asked to mend what was found; the clock of the review stands still.")


def _give_up(request: SignedInRequest, found: Review, given: Given) -> str:
    services.give_up(review_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("What was open is recorded as not rectified.")


def _hand_in(request: SignedInRequest, found: Review, _given: Given) -> str:
    services.hand_in(review_id=found.pk, by=request.user, at=timezone.now())
    return _("Handed in. The panel verifies it.")


def _confirm(request: SignedInRequest, one: Nonconformity, _given: Given) -> str:
    services.confirm_by_panel(nonconformity_id=one.pk, by=request.user, at=timezone.now())
    return _("Confirmed for the panel.")


def _take_back(request: SignedInRequest, one: Nonconformity, given: Given) -> str:
    services.take_back(nonconformity_id=one.pk, by=request.user, at=timezone.now(), **given)
    return _("Taken back; it stays on record.")


def _acknowledge(request: SignedInRequest, one: Nonconformity, given: Given) -> str:
    services.confirm_by_body(nonconformity_id=one.pk, by=request.user, at=timezone.now(), **given)
    return _("Confirmed for the body.")


def _answer(request: SignedInRequest, one: Nonconformity, given: Given) -> str:
    evidence = [services.Upload(sent.name or "", sent, sent.content_type or None) for sent in given["evidence"]]
    services.answer(
        nonconformity_id=one.pk, words=given["words"], evidence=evidence, by=request.user, at=timezone.now()
    )
    return _("The answer is kept. Hand everything in when all are answered.")


def _verify(request: SignedInRequest, one: Nonconformity, given: Given) -> str:
    last = one.answers.filter(round__closed_at=None).get()
    services.verify(answer_id=last.pk, by=request.user, at=timezone.now(), **given)
    return _("The verification is on record.")


STEPS = {"ask": _ask, "give-up": _give_up, "hand-in": _hand_in}
STEPS_ON_ONE: dict[str, Callable[[SignedInRequest, Nonconformity, Given], str]] = {
    "confirm": _confirm,
    "take-back": _take_back,
    "acknowledge": _acknowledge,
    "answer": _answer,
    "verify": _verify,
}
