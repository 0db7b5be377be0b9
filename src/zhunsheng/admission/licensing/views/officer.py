"""The officers' queue and one file with everything that may be done to it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.admission.licensing import parts
from zhunsheng.admission.licensing.forms import officer as entered
from zhunsheng.admission.licensing.lifecycle import APPLICATION
from zhunsheng.admission.licensing.models import Application, ApplicationLine
from zhunsheng.admission.licensing.permissions import Can, allowed
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.selectors import file as files
from zhunsheng.admission.licensing.selectors import officer as selectors
from zhunsheng.admission.licensing.selectors.missing import missing_of
from zhunsheng.admission.licensing.services import acceptance, clocks, deciding, handling
from zhunsheng.admission.licensing.step_words import CAUSES
from zhunsheng.admission.licensing.tables.officer import EndedTable, LineTable, QueueTable, due_meaning, stage_meaning
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, acted_on, say_refusal


class Queue(LoginRequiredMixin, listing.ListPage):
    """Applications by what is due, with a tab for each part of the work."""

    table_class, export_name = QueueTable, "applications"
    filterset_class = entered.QueueFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "licensing/officer/queue.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the tab; one that doesn't exist is missing, and a reader without a division may not see any."""
        self.tab = str(kwargs.get("tab", "open"))
        if self.tab not in selectors.TABS:
            raise Http404
        if not policy.allowed_somewhere(request.user, Can.READ_QUEUE, timezone.localdate()):
            raise NotAllowed(Can.READ_QUEUE)
        self.table_class = EndedTable if self.tab == "ended" else QueueTable
        return super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types

    def get_queryset(self) -> QuerySet[Application]:
        """Return the tab's applications in this officer's reach."""
        rows = selectors.filed_visible_to(self.request.user, timezone.localdate())
        return selectors.in_tab(rows, self.tab).select_related("division__parent", "handler")

    def get_table_kwargs(self) -> dict[str, Any]:
        """Give the day that lateness is told by."""
        return {"today": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tabs."""
        return {**super().get_context_data(**kwargs), "tab": self.tab, "tabs": list(selectors.TABS)}


class LineList(LoginRequiredMixin, listing.ListPage):
    """Every line of capability of one application."""

    table_class, export_name = LineTable, "application-lines"
    template_name = "licensing/officer/lines.html"
    filterset_class = entered.LineFilter  # type: ignore[assignment]  # the library declares it as None

    def get_queryset(self) -> QuerySet[ApplicationLine]:
        """Return the lines of an application in sight, in their order."""
        self.application = _found(self.request, self.kwargs["number"])
        return self.application.lines.select_related("site").order_by("number")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the application."""
        return {**super().get_context_data(**kwargs), "application": self.application}


@login_required
@require_GET
def file(request: SignedInRequest, number: str) -> HttpResponse:
    """Show one file: how it stands, what to do next, and everything in it."""
    return _shown(request, _found(request, number))


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Do one step of the officers'. A refusal is shown beside its form."""
    found = _found(request, number)
    step = STEPS.get(action)
    if step is None:
        raise Http404
    form = _forms(found, request.POST, limits.main_of(found))[action]
    said = acted_on(form, lambda _given: step(request, found, form))
    if said is not None:
        messages.success(request, said)
        return redirect("licensing:file", number=number)
    found.refresh_from_db()
    if action not in _offered(request.user, found, limits.main_of(found)):
        say_refusal(request, form)
    return _shown(request, found, {action: form}, status=422)


def _found(request: HttpRequest, number: str) -> Application:
    rows = selectors.filed_visible_to(request.user, timezone.localdate())
    return get_object_or_404(rows.select_related("division", "handler", "body", "organisation"), number=number)


def _shown(
    request: SignedInRequest, found: Application, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    today, run = timezone.localdate(), limits.main_of(found)
    offered = _offered(request.user, found, run)
    page = {
        "application": found,
        "stage_meaning": stage_meaning(found.stage),
        "due_meaning": due_meaning(found, today),
        "next": files.next_step(found),
        "offered": {name: form for name, form in (_forms(found, None, run) | (bound or {})).items() if name in offered},
        "parts": parts.of(request, found),
        "may_bar": allowed(request.user, Can.BAR, found, today),
        "may_serve": allowed(request.user, Can.HANDLE, found, today),
        **files.contents(found, request.user, today),
    }
    return render(request, "licensing/officer/file.html", page, status=status)


def _offered(user: User, found: Application, run: limits.Main | None) -> set[str]:
    """Return the steps that the stage and the policy offer to this reader; the services refuse all others."""
    today = timezone.localdate()
    can = set(APPLICATION.actions(found.stage))
    may = {one: allowed(user, one, found, today) for one in (Can.HANDLE, Can.PROPOSE, Can.EXAMINE, Can.DECIDE)}
    wanted = {
        "take": may[Can.HANDLE] and found.handler_id != user.pk and bool(can),
        "accept": may[Can.HANDLE] and "accept" in can,
        "gaps": may[Can.HANDLE] and "tell_gaps" in can,
        "not_accept": may[Can.HANDLE] and "not_accept" in can,
        "stop": may[Can.HANDLE] and run is not None and not run.is_stopped and bool(clocks.causes_of(run)),
        "resume": may[Can.HANDLE] and run is not None and run.is_stopped and "close_rectification" not in can,
        "propose": may[Can.PROPOSE] and "propose" in can,
        "opinion": may[Can.EXAMINE] and "examine" in can,
        "decide": may[Can.DECIDE] and "grant" in can,
        "return": may[Can.DECIDE] and "grant" in can,
    }
    return {name for name, wants in wanted.items() if wants}


def _forms(found: Application, data: Any, run: limits.Main | None) -> dict[str, forms.Form]:
    """Return the form of every step; ids are told apart by a prefix of the step."""
    today = timezone.localdate()
    ids = "id_{}_%s"
    initial = deciding.start_of_proposal(found, today) if "propose" in APPLICATION.actions(found.stage) else {}
    gaps = _gaps_found(found) if "tell_gaps" in APPLICATION.actions(found.stage) else []
    late = bool(run and run.due_on and run.due_on < today)
    return {
        "take": entered.TakeForm(data, auto_id=ids.format("take")),
        "accept": entered.AcceptForm(data, auto_id=ids.format("accept")),
        "gaps": entered.GapsForm(data, gaps=gaps, auto_id=ids.format("gaps")),
        "not_accept": entered.ReasonsForm(data, auto_id=ids.format("not_accept")),
        "stop": entered.StopForm(data, causes=_causes(run), auto_id=ids.format("stop")),
        "resume": entered.ResumeForm(data, auto_id=ids.format("resume")),
        "propose": entered.ProposeForm(data, auto_id=ids.format("propose"), initial=initial),
        "opinion": entered.OpinionForm(data, auto_id=ids.format("opinion")),
        "decide": entered.DecideForm(data, late=late, auto_id=ids.format("decide")),
        "return": entered.ReturnForm(data, auto_id=ids.format("return")),
    }


def _gaps_found(found: Application) -> list[acceptance.ToldGap]:
    """Return what the rules of completeness find missing, as the letter would say it."""
    return [
        acceptance.ToldGap(one.field, one.message["zh"], one.remedy["zh"], f"{one.rule} {one.version}")
        for one in missing_of(found, limits.law_day(found))
    ]


def _causes(run: limits.Main | None) -> list[tuple[str, Any]]:
    """Return the causes for which a clock may be stopped by hand, in words."""
    return [(one, CAUSES.get(one, one)) for one in clocks.causes_of(run)] if run else []


def _take(request: SignedInRequest, found: Application, _form: Any) -> str:
    handling.take_over(application_id=found.pk, by=request.user, at=timezone.now())
    return _("You handle this application now.")


def _accept(request: SignedInRequest, found: Application, _form: Any) -> str:
    acceptance.accept(application_id=found.pk, by=request.user, at=timezone.now())
    return _("Accepted. The applicant is told and the next time limit runs.")


def _gaps(request: SignedInRequest, found: Application, form: Any) -> str:
    acceptance.tell_gaps(application_id=found.pk, gaps=form.gaps(), by=request.user, at=timezone.now())
    return _("The letter is sent. The time limit begins anew when the applicant files again.")


def _not_accept(request: SignedInRequest, found: Application, form: Any) -> str:
    reasons = form.cleaned_data["reasons"].splitlines()
    acceptance.not_accept(application_id=found.pk, reasons=reasons, by=request.user, at=timezone.now())
    return _("The application is not accepted; the applicant is told why, and what can be done against it.")


def _stop(request: SignedInRequest, found: Application, form: Any) -> str:
    clocks.stop_clock(application_id=found.pk, by=request.user, at=timezone.now(), **form.cleaned_data)
    return _("The time limit stands still.")


def _resume(request: SignedInRequest, found: Application, _form: Any) -> str:
    clocks.resume_clock(application_id=found.pk, by=request.user, at=timezone.now())
    return _("The time limit runs again.")


def _propose(request: SignedInRequest, found: Application, form: Any) -> str:
    deciding.propose(application_id=found.pk, by=request.user, at=timezone.now(), **form.cleaned_data)
    return _("Proposed. Somebody else examines and decides it.")


def _opinion(request: SignedInRequest, found: Application, form: Any) -> str:
    agrees = form.cleaned_data["agrees"] == "1"
    deciding.give_legal_opinion(
        application_id=found.pk, agrees=agrees, opinion=form.cleaned_data["opinion"], by=request.user, at=timezone.now()
    )
    return _("Examined; it waits for the decision.") if agrees else _("Returned to the proposer with the objection.")


def _decide(request: SignedInRequest, found: Application, form: Any) -> str:
    made = deciding.decide(
        application_id=found.pk, late_why=form.cleaned_data.get("late_why", ""), by=request.user, at=timezone.now()
    )
    return _("Decided: %(number)s. The letter is sent, register and certificate are written.") % {"number": made.number}


def _return(request: SignedInRequest, found: Application, form: Any) -> str:
    deciding.return_proposal(application_id=found.pk, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
    return _("Returned to the proposer.")


STEPS: dict[str, Callable[[SignedInRequest, Application, Any], str]] = {
    "take": _take,
    "accept": _accept,
    "gaps": _gaps,
    "not_accept": _not_accept,
    "stop": _stop,
    "resume": _resume,
    "propose": _propose,
    "opinion": _opinion,
    "decide": _decide,
    "return": _return,
}
