"""Verification after decisions on trust: the tasks in sight, one task with what may be done to it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zhunsheng.admission.licensing import permissions
from zhunsheng.admission.licensing.forms.verifications import (
    AnswerForm,
    ConfirmForm,
    FindingForm,
    NoticeForm,
    OpinionForm,
    StatementForm,
    VerificationFilter,
    WordsForm,
)
from zhunsheng.admission.licensing.lifecycle import VERIFICATION, Finding
from zhunsheng.admission.licensing.models import Hearing, HearingStatement, Verification
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.routing import articles_of, version_of
from zhunsheng.admission.licensing.selectors import filed
from zhunsheng.admission.licensing.selectors import hearings as reads
from zhunsheng.admission.licensing.selectors import verifications as selectors
from zhunsheng.admission.licensing.selectors.applications import applications_visible_to
from zhunsheng.admission.licensing.selectors.bars import condition_words
from zhunsheng.admission.licensing.services import hearings, revoking
from zhunsheng.admission.licensing.services import verifications as services
from zhunsheng.admission.licensing.services.refusals import keep_refusal
from zhunsheng.admission.licensing.tables.verifications import MEANINGS, VerificationTable, late
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, acted_on, say_refusal, today
from zhunsheng.platform.documents import files

Made = tuple[type[forms.Form], str, str, Callable[..., Any], Any]


def _state(*, evidence: list[Any], **given: Any) -> HearingStatement:
    handed_in = [(one, str(one.name)) for one in evidence if one]
    return hearings.state(evidence=handed_in, **given)


ACTS: dict[str, Made] = {
    "find": (FindingForm, Can.VERIFY, "find_true", services.record_finding, gettext_lazy("Enter the finding")),
    "accept": (
        WordsForm, Can.VERIFY, "accept_rectification", services.accept_rectification,
        gettext_lazy("Accept the rectification"),
    ),
    "notify": (
        NoticeForm, Can.DECIDE, "notify", hearings.notify_untrue, gettext_lazy("Send the notice to the body"),
    ),
    "state": (StatementForm, Can.STATE, "state", _state, gettext_lazy("State your case")),
    "answer": (AnswerForm, Can.DECIDE, "answer", hearings.answer_statement, gettext_lazy("Answer the statement")),
    "examine": (
        OpinionForm, Can.EXAMINE, "examine", hearings.examine_untrue, gettext_lazy("Enter the legal opinion"),
    ),
    "confirm": (
        ConfirmForm, Can.DECIDE, "revoke", revoking.confirm_untrue, gettext_lazy("Decide that it was untrue"),
    ),
    "return": (WordsForm, Can.DECIDE, "return", services.return_finding, gettext_lazy("Send back to be verified anew")),
}  # fmt: skip
"""What may be done: form, permission, the move that must be legal at the stage, service, words."""


UNDECIDED = ("revoking", "hearing", "heard", "examined")
"""Stages at which "untrue" was found and nobody has decided yet."""
DONE: dict[str, Any] = {
    "revoke": gettext_lazy("The certificate was revoked."),
    "reduce": gettext_lazy("The lines granted then have ended; the schedule was issued anew."),
    "none": gettext_lazy("The certificate stays; credit file and routes follow."),
}
"""What confirming did to the certificate."""
MEASURES: dict[str, Any] = {
    "revoke": gettext_lazy("If it is confirmed, the certificate is revoked."),
    "reduce": gettext_lazy("If it is confirmed, the lines granted then end and the schedule is issued anew."),
    "none": gettext_lazy("If it is confirmed, the certificate stays; credit file and routes follow."),
}
"""What confirming does to the certificate."""


class VerificationList(LoginRequiredMixin, listing.ListPage):
    """The tasks in sight, the first due first."""

    table_class, export_name = VerificationTable, "verifications"
    filterset_class = VerificationFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "licensing/verifications.html"
    request: SignedInRequest

    def get_queryset(self) -> QuerySet[Verification]:
        """Return the tasks in sight."""
        may = (Can.SEE, Can.VERIFY)
        if not any(policy.allowed_somewhere(self.request.user, one, today()) for one in may):
            raise Http404
        return selectors.verifications_visible_to(self.request.user, today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell whether this reader verifies, or is verified."""
        may_verify = policy.allowed_somewhere(self.request.user, Can.VERIFY, today())
        return {**super().get_context_data(**kwargs), "may_verify": may_verify}


@login_required
@require_safe
def verification(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a task: by which rule, lot and day, what was found, and what this reader may do."""
    return _page(request, _in_sight(request, pk))


@login_required
@require_POST
def act(request: SignedInRequest, pk: int, action: str) -> HttpResponse:
    """Take one step of a task."""
    task = _in_sight(request, pk)
    if action not in ACTS:
        raise Http404
    form_class, _can, _move, service, _words = ACTS[action]
    form = form_class(request.POST, request.FILES)

    def step(given: dict[str, Any]) -> bool:
        service(verification_id=task.pk, by=request.user, at=timezone.now(), **given)
        return True

    if acted_on(form, step):
        messages.success(request, _("Entered into the task."))
        return redirect("licensing:verification", pk=task.pk)
    legal = VERIFICATION.actions(task.stage)
    if ACTS[action][2] not in legal and not (action == "find" and "find_untrue" in legal):
        say_refusal(request, form)  # the page no longer shows this step's form
    return _page(request, task, {action: form}, status=422)


@login_required
@require_safe
def evidence(request: SignedInRequest, pk: int, file: int) -> HttpResponseBase:
    """Hand out a file of a statement; that an officer read it is on record."""
    task = _in_sight(request, pk)
    found = reads.file_of(task, file)
    if found is None:
        raise Http404
    own = {one.organisation_id for one in request.user.memberships_on(today())}
    if task.application.organisation_id not in own:
        owner = permissions.place_of(task.application)
        note_access(request.user, found, task.application.number, owner=owner, at=timezone.now())
    return FileResponse(files.open_by_digest(found.file.sha256), as_attachment=True, filename=found.name)


def _term(hearing: Hearing) -> dict[str, Any]:
    """Return how the term of a notice stands, as the page says it."""
    entry, reading = reads.term_of(hearing), reads.reading_of(hearing, today())
    return {
        "law": entry,
        "articles": articles_of(entry),
        "served": hearing.notice.served_at,
        "due_on": reading.due_on if reading else None,
        "between": filed.unannounced(reading) if reading and reading.due_on is None else "",
    }


def _open_day(task: Verification, at: str) -> str:
    """Say between which days a task is to be verified while the holidays of its year are not announced."""
    reading = selectors.reading_of(task, today()) if at == "open" and task.due_on is None else None
    return filed.unannounced(reading) if reading else ""


def _decided(task: Verification) -> dict[str, Any] | None:
    """Return how it was decided that something was untrue, as the page says it."""
    found = selectors.decision_of(task)
    if found is None:
        return None
    bars = [{"condition": condition_words(one.condition), "until": one.until} for one in found.bars]
    return {"it": found, "measure": DONE[selectors.measure_for(task)], "bars": bars}


def _in_sight(request: SignedInRequest, pk: int) -> Verification:
    found = selectors.verifications_visible_to(request.user, today()).filter(pk=pk).first()
    if found is not None:
        return found
    if request.method == "POST":
        for other in Verification.objects.filter(pk=pk):
            error = NotAllowed(Can.VERIFY)
            keep_refusal(other.application_id, "verification.find", by=request.user, at=timezone.now(), error=error)
    raise Http404


def _page(
    request: SignedInRequest, task: Verification, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    legal = VERIFICATION.actions(task.stage)
    heard = reads.hearings_of(task)
    waiting = bool(heard) and not reads.is_over(heard[0], today())
    steps = [
        {"action": action, "words": words, "form": (bound or {}).get(action) or form_class()}
        for action, (form_class, can, move, _service, words) in ACTS.items()
        if (move in legal or (action == "find" and "find_untrue" in legal))
        and permissions.allowed(request.user, can, task.application, today())
        and not (action == "answer" and waiting)
    ]
    law, told = selectors.law_of(task), Finding(task.told)  # type: ignore[attr-defined]  # annotated
    official = selectors.read_officially(request.user, task, today())
    at: str = task.told_stage  # type: ignore[attr-defined]  # annotated
    untold = at != task.stage
    page = {
        "task": task,
        "meaning": MEANINGS[told],
        "told": told.label,
        "at": at,
        "stage": selectors.STAGES[at],
        "late": late(task.stage, task.due_on, today()),
        "open_day": _open_day(task, at),
        "law": law,
        "version": version_of(law),
        "articles": articles_of(law),
        "steps": steps,
        "sampled": {"rate": f"{task.rate:.4f}"} | ({"lot": f"{task.lot:.12f}"} if task.lot is not None else {}),
        "measure": MEASURES[selectors.measure_for(task)] if task.stage in UNDECIDED and not untold else "",
        "decided": _decided(task),
        "file_open": permissions.allowed(request.user, Can.READ_QUEUE, task.application, today()),
        "hearings": [{"held": one, "term": _term(one)} for one in heard],
        "waiting": waiting and task.stage == "hearing",
        "official": official,
        "untold": untold,
        "reused": reads.reused_files(task, applications_visible_to(request.user, today())) if official else {},
    }
    return render(request, "licensing/verification.html", page, status=status)
