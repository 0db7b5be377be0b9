"""The list of cases, filing one, one case with everything that may be done to it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.oversight.enforcement import law_book, permissions, wording
from zhunsheng.oversight.enforcement.forms import cases as entered
from zhunsheng.oversight.enforcement.forms.lists import EventFilter, FileFilter
from zhunsheng.oversight.enforcement.lifecycle import CASE, DecisionState, Result
from zhunsheng.oversight.enforcement.models import Case, CaseDocument, CaseEvent, CaseFile
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.selectors import cases as selectors
from zhunsheng.oversight.enforcement.selectors import proposals_of
from zhunsheng.oversight.enforcement.selectors.clocks import running
from zhunsheng.oversight.enforcement.selectors.severe import removable_on
from zhunsheng.oversight.enforcement.services import exporting, file_case
from zhunsheng.oversight.enforcement.tables import CaseTable, EventTable, FileTable
from zhunsheng.oversight.enforcement.views import steps
from zhunsheng.oversight.enforcement.wording import EVENTS
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.leads.selectors import leads_visible_to
from zhunsheng.oversight.leads.tables import in_words
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, acted_on, answer
from zhunsheng.platform.documents import files

TABS = ("open", "mine", "late", "soon", "examine", "decide", "carry-out", "ended", "all")
FILES_SHOWN = 12


class CaseList(LoginRequiredMixin, listing.ListPage):
    """Cases, with a tab for each part of the work."""

    table_class, export_name = CaseTable, "cases"
    filterset_class = entered.CaseFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "enforcement/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the tab; one that doesn't exist is missing."""
        self.tab = str(kwargs.get("tab", "open"))
        if self.tab not in TABS:
            raise Http404
        today = timezone.localdate()
        if not any(policy.allowed_somewhere(request.user, one, today) for one in (Can.SEE, Can.SEE_OWN, Can.JOIN)):
            raise NotAllowed(Can.SEE)
        return super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types

    def get_queryset(self) -> QuerySet[Case]:
        """Return the tab's cases, newest first."""
        today = timezone.localdate()
        rows = selectors.in_tab(
            selectors.cases_visible_to(self.request.user, today), self.tab, self.request.user, today
        )
        return rows.select_related("investigator", "division").order_by("-filed_at", "-pk")

    def get_table_kwargs(self) -> dict[str, Any]:
        """Give the day that lateness is told by."""
        return {"today": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tabs; a party has none."""
        today, user = timezone.localdate(), self.request.user
        officer = policy.allowed_somewhere(user, Can.SEE, today)
        return {
            **super().get_context_data(**kwargs),
            "tab": self.tab,
            "tabs": TABS if officer else (),
            "officer": officer,
            "may_file": policy.allowed_somewhere(user, Can.FILE, today),
        }


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """File a case, from a lead where one is named."""
    today = timezone.localdate()
    if not policy.allowed_somewhere(request.user, Can.FILE, today):
        raise NotAllowed(Can.FILE)
    number = request.GET.get("lead", "")
    lead = get_object_or_404(leads_visible_to(request.user, today), number=number) if number else None
    form = entered.FileForm(request.POST or None, user=request.user, initial=_from_lead(lead))

    def act(given: dict[str, Any]) -> HttpResponse:
        made = file_case(
            body_id=given["body"], subject=given["subject"], lead_ids=[lead.pk] if lead else [],
            findings=[form.facts()], second_id=given["second"].pk if given["second"] else None, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The case %(number)s is filed.") % {"number": made.number})
        return redirect("enforcement:case", number=made.number)

    return answer(request, form, act, page={"lead": lead}, template="enforcement/new.html")


def _from_lead(lead: Lead | None) -> dict[str, Any]:
    if lead is None:
        return {}
    return {"body": lead.body.slug if lead.body else "", "subject": lead.subject, "found": lead.words}


@login_required
@require_GET
def case(request: SignedInRequest, number: str) -> HttpResponse:
    """Show one case: how it stands, what to do next, and everything in it."""
    return _shown(request, found_for(request, number))


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Do one step of a case. A refusal is shown beside its form."""
    found = found_for(request, number)
    step = steps.STEPS.get(action)
    if step is None:
        raise Http404
    form = step.form(request.POST, request.FILES, user=request.user, case=found, auto_id=f"id_{action}_%s")

    def done(given: dict[str, Any]) -> Any:
        step.act(found, request.user, given)
        return steps.done(action)

    said = acted_on(form, done)
    if said is not None:
        messages.success(request, said)
        seen = selectors.cases_visible_to(request.user, timezone.localdate()).filter(pk=found.pk).exists()
        return redirect("enforcement:case", number=number) if seen else redirect("enforcement:list")
    return _shown(request, found_for(request, number), {action: form}, status=422)


def found_for(request: HttpRequest, number: str) -> Case:
    """Return a case in sight with what its page names. Raises: Http404."""
    related = (
        "body", "division", "authority", "investigator", "second", "decision", "decision__by", "escalated_to"
    )  # fmt: skip
    rows = selectors.cases_visible_to(request.user, timezone.localdate())
    return get_object_or_404(rows.select_related(*related), number=number)


def _facts(found: Case) -> dict[str, Any]:
    """Return what decides which steps are offered, read once."""
    decision = getattr(found, "decision", None)
    pauses = list(found.pauses.order_by("since"))
    in_force = decision is not None and decision.result == Result.PUNISHED and decision.state == DecisionState.IN_FORCE
    return {
        "holds": list(found.holds.order_by("held_at")),
        "held": found.holds.filter(ended_at=None).exists() if found.stage == "investigating" else False,
        "pauses": pauses,
        "paused": any(one.until is None for one in pauses),
        "decision": decision,
        "in_force": in_force,
        "to_publish": bool(in_force and decision and decision.published_due_on and decision.published_at is None),
        "transfer": found.transfers.order_by("-reported_at").first(),
        "hearing_called": found.stage == "hearing" and found.events.filter(kind="hearing_called").exists(),
    }


def _shown(
    request: SignedInRequest, found: Case, bound: Mapping[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    seat = permissions.seat_of(request.user, found, today)
    officer = seat is not None or permissions.allowed(request.user, Can.SEE, found, today)
    documents = list(found.documents.order_by("made_at", "pk"))
    qualifications = list(found.qualifications.select_related("penalty", "referral").order_by("pk"))
    facts = _facts(found)
    severe = list(found.severe_entries.order_by("-since")) if facts["in_force"] else []
    facts |= {
        "seat": seat,
        "recommended": any(one.state == "recommended" for one in qualifications),
        "listed": any(one.removed_on is None for one in severe),
        "removable": any(one.removed_on is None and removable_on(one) <= today for one in severe),
        "unserved": any(
            one.outward and one.served_on is None and one.kind not in wording.DECISIONS for one in documents
        ),
    }
    found.page_facts = facts  # type: ignore[attr-defined]  # read by the steps
    offered = _offered(request, found, bound or {})
    page: dict[str, Any] = {
        "case": found,
        "officer": officer,
        "matter": in_words(found.matter),
        "clock_law": law_book.rule("CASE-DECIDE", found.filed_on),
        "stage_meaning": selectors.meaning_of(found.stage),
        "due_meaning": selectors.due_meaning(found, today),
        "measured": proposals_of(found),
        "penalties": list(found.penalties.filter(withdrawn_at=None).order_by("pk")),
        "qualifications": qualifications,
        "severe": severe,
        "facts": facts,
        "documents": documents if officer else [one for one in documents if one.outward],
        "events": _events(found, officer=officer),
        "offered": offered,
        "more_steps": [one for one in offered if not one["step"].primary],
        **(_for_officers(request, found) if officer else {}),
    }
    return render(request, "enforcement/case.html", page, status=status)


def _offered(request: SignedInRequest, found: Case, bound: Mapping[str, forms.Form]) -> list[dict[str, Any]]:
    """Return the steps offered to this reader, each with its form; a form that was sent stands as it was filled in."""
    return [
        {
            "name": name,
            "step": steps.STEPS[name],
            "form": bound.get(name)
            or steps.STEPS[name].form(user=request.user, case=found, auto_id=f"id_{name}_%s"),
        }
        for name in steps.offered(request.user, found)
    ]  # fmt: skip


def _for_officers(request: SignedInRequest, found: Case) -> dict[str, Any]:
    """Return what the page shows to officers and participants alone."""
    today, clocks = timezone.localdate(), running(found)
    return {
        "decide_about": next((one.due_on for one in clocks if one.name == "decide"), None),
        "participants": list(found.participants.select_related("organisation").order_by("pk")),
        "clocks": [{"clock": one, "title": wording.CLOCKS[one.name], "meaning": one.meaning(today)} for one in clocks],
        "files": list(found.files.order_by("number")[:FILES_SHOWN]),
        "leads": [one.lead for one in found.leads.select_related("lead")],
        "may_propose": "propose" in CASE.actions(found.stage)
        and request.user.pk in (found.investigator_id, found.second_id),
    }


TOLD_TO_PARTY = frozenset(
    {
        "notify",
        "state",
        "hearing_called",
        "hear",
        "correction",
        "document_served",
        "decide",
        "serve",
        "execute",
        "object",
        "publish",
        "close",
    }
)
"""Records that the party itself reads."""


def _events(found: Case, *, officer: bool) -> list[dict[str, Any]]:
    rows = selectors.events_of(found)
    return [
        {"at": one.at, "title": EVENTS.get(one.kind, one.kind), "text": one.words, "by": one.by if officer else None}
        for one in rows
        if officer or one.kind in TOLD_TO_PARTY
    ]


class _OfOneCase(LoginRequiredMixin, listing.ListPage):
    """A list of one case, for officers."""

    def found(self) -> Case:
        """Return the case. Raises: Http404, NotAllowed."""
        self.case = found_for(self.request, self.kwargs["number"])
        permissions.require_seeing(self.request.user, self.case, timezone.localdate())
        return self.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the case."""
        return {**super().get_context_data(**kwargs), "case": self.case}


class EventList(_OfOneCase):
    """Every record of a case, newest first."""

    table_class, export_name = EventTable, "case-records"
    filterset_class = EventFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "enforcement/events.html"

    def get_queryset(self) -> QuerySet[CaseEvent]:
        """Return the records."""
        return self.found().events.select_related("by").order_by("-at", "-pk")


class FileList(_OfOneCase):
    """Every file of a case."""

    table_class, export_name = FileTable, "case-files"
    filterset_class = FileFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "enforcement/files.html"

    def get_queryset(self) -> QuerySet[CaseFile]:
        """Return the files."""
        return self.found().files.select_related("case").order_by("number")


@login_required
@require_GET
def file(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out a file of a case to officers; that they read it is on record."""
    found = found_for(request, number)
    permissions.require_seeing(request.user, found, timezone.localdate())
    held = get_object_or_404(CaseFile, pk=pk, case=found)
    note_access(request.user, held, found.number, owner=permissions.place_of(found), at=timezone.now())
    return FileResponse(files.open_by_digest(held.file_id), as_attachment=True, filename=held.name)


@login_required
@require_GET
def document(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Show a document of a case: officers every one, the party those that go to it; that it was read is on record."""
    found = found_for(request, number)
    held = get_object_or_404(CaseDocument, pk=pk, case=found)
    if not held.outward and not permissions.sees_all(request.user, found, timezone.localdate()):
        raise Http404
    note_access(request.user, held, found.number, owner=permissions.place_of(found), at=timezone.now())
    return FileResponse(files.open_by_digest(held.file_id), filename=f"{held.title} {held.number}.pdf")


@login_required
@require_POST
def export(request: SignedInRequest, number: str) -> HttpResponseBase:
    """Hand out the whole evidence as one signed, sealed archive."""
    found = found_for(request, number)
    made = exporting.export(case_id=found.pk, by=request.user, at=timezone.now())
    return FileResponse(made.stream, as_attachment=True, filename=f"{found.number}.zip")
