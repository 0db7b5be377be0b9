"""Nonconformities: both sides confirm them, the body mends them with evidence, the panel verifies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.admission.reviews import permissions, selectors, services
from zhunsheng.admission.reviews.forms.work import AnswerForm, ObjectionForm, VerifyForm, WhyForm
from zhunsheng.admission.reviews.lifecycle import UNSETTLED, MemberState, NonconformityState, Stage
from zhunsheng.admission.reviews.models import Nonconformity, RectificationEvidence, RectificationRound, Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.views.steps import refusals_kept, review_in_sight
from zhunsheng.platform.accounts.views.signed_in import Bound, NotOffered, SignedInRequest, acted_on, carried_out, today
from zhunsheng.platform.documents import files

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, asked once for the whole page: a serving member, the leader, the body; and the round that runs."""

    serving: bool
    leads: bool
    body: bool
    stage: str
    running: RectificationRound | None

    @property
    def body_is_asked(self) -> bool:
        """Whether this reader answers for the body in a round that isn't handed in."""
        return self.body and self.running is not None and self.running.sent_at is None


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
    with refusals_kept(request, found, action):
        return carried_out(
            request, found, action, STEPS, _offered(_reader(request, found), found, request.POST),
            lambda bound, status: _shown(request, found, bound, status),
            then=reverse("reviews:nonconformities", args=[number]),
        )  # fmt: skip


@login_required
@require_POST
def act_on_one(request: SignedInRequest, number: str, place: int, action: str) -> HttpResponse:
    """Confirm, take back, answer or verify one nonconformity."""
    found = review_in_sight(request, number)
    one = get_object_or_404(_listed(request, found), number=place)
    form = _forms_of(_reader(request, found), one, request.POST, request.FILES).get(action)
    if action not in STEPS_ON_ONE:
        raise Http404
    with refusals_kept(request, found, action):
        if form is None:
            raise NotOffered(action)
        said = acted_on(form, lambda given: STEPS_ON_ONE[action](request, one, given))
    if said is not None:
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
    reader = _reader(request, found)
    items = []
    for one in rows:
        offered = _forms_of(reader, one, None, None)
        offered |= {name: form for name in list(STEPS_ON_ONE) if (form := bound.get(f"{one.pk}:{name}"))}
        items.append({"row": one, "offered": offered})
    page = {
        "review": found,
        "items": items,
        "running": reader.running,
        "serving": reader.serving,
        "due": selectors.rectification_due(found),
        "rounds": list(found.rounds.order_by("number")),
        "offered": _offered(reader, found, None) | {key: form for key, form in bound.items() if ":" not in key},
    }
    return render(request, "reviews/nonconformities.html", page, status=status)


def _offered(reader: Reader, found: Review, data: Any) -> Bound:
    unsettled = found.nonconformities.filter(state__in=UNSETTLED)
    made: Bound = {}
    if reader.leads and found.stage in {Stage.AT_WORK, Stage.RECTIFYING} and unsettled.exists():
        if reader.running is None and not unsettled.filter(panel_at=None).exists():
            made["ask"] = WhyForm(data, auto_id="id_ask_%s")
        sent = data is not None  # what is sent too early is told why, beside its form
        if sent or selectors.may_be_given_up(found.rounds.order_by("-number").first(), today()):
            made["give-up"] = WhyForm(data, auto_id="id_give_up_%s")
    if reader.body_is_asked and found.stage == Stage.RECTIFYING:
        made["hand-in"] = forms.Form({} if data is not None else None)
    return made


def _reader(request: SignedInRequest, found: Review) -> Reader:
    seat = permissions.seat_of(request.user, found, today())
    serving = seat is not None and seat.state == MemberState.SERVING
    return Reader(
        serving=serving,
        leads=serving and seat is not None and seat.leader,
        body=permissions.allowed(request.user, Can.ANSWER, found, today()),
        stage=found.stage,
        running=found.rounds.filter(closed_at=None).first(),
    )


def _forms_of(reader: Reader, one: Nonconformity, data: Any, uploads: Any) -> Bound:
    """Return the forms about one nonconformity that this reader may use."""
    is_open, running = one.state == NonconformityState.OPEN, reader.running
    ids = f"id_{one.number}_{{}}_%s"
    made: Bound = {}
    if reader.leads and reader.stage == Stage.AT_WORK and is_open:
        if one.panel_at is None:
            made["confirm"] = forms.Form({} if data is not None else None)
        made["take-back"] = WhyForm(data, auto_id=ids.format("back"))
    if reader.body and one.panel_at is not None and one.body_at is None and reader.stage != Stage.CONCLUDED:
        made["acknowledge"] = ObjectionForm(data, auto_id=ids.format("body"))
    if reader.body_is_asked and is_open and running is not None:
        written = next((answer for answer in one.answers.all() if answer.round_id == running.pk), None)
        initial = {"words": written.words} if written else None
        made["answer"] = AnswerForm(data, uploads, initial=initial, auto_id=ids.format("answer"))
    handed_in = running is not None and running.sent_at is not None
    if reader.serving and handed_in and one.state == NonconformityState.ANSWERED:
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
