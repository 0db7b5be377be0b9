"""The inbox of leads and one lead with everything that may be done to it."""

from collections.abc import Callable
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

from zhunsheng.oversight.leads import law_book, parts, permissions
from zhunsheng.oversight.leads.forms import officer as entered
from zhunsheng.oversight.leads.lifecycle import LEAD
from zhunsheng.oversight.leads.models import Complaint, Lead, LeadEvidence
from zhunsheng.oversight.leads.permissions import Can
from zhunsheng.oversight.leads.selectors import leads as selectors
from zhunsheng.oversight.leads.services import complaints, evidence, opening, referring, triage
from zhunsheng.oversight.leads.tables import LeadTable, in_words
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, acted_on, answer
from zhunsheng.platform.documents import files

TABS = ("new", "mine", "late", "open", "all")


class LeadList(LoginRequiredMixin, listing.ListPage):
    """Leads, with a tab for each part of the work."""

    table_class, export_name = LeadTable, "leads"
    filterset_class = entered.LeadFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "leads/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the tab; one that doesn't exist is missing, and who oversees nothing may not see any."""
        self.tab = str(kwargs.get("tab", "open"))
        if self.tab not in TABS:
            raise Http404
        if not policy.allowed_somewhere(request.user, Can.SEE, timezone.localdate()):
            raise NotAllowed(Can.SEE)
        return super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types

    def get_queryset(self) -> QuerySet[Lead]:
        """Return the tab's leads in this officer's reach, newest first."""
        today = timezone.localdate()
        rows = selectors.leads_visible_to(self.request.user, today)
        rows = selectors.in_tab(rows, self.tab, self.request.user, today)
        return rows.select_related("body", "handler").order_by("-opened_at", "-pk")

    def get_table_kwargs(self) -> dict[str, Any]:
        """Give the day that lateness is told by."""
        return {"today": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tabs."""
        may_enter = policy.allowed_somewhere(self.request.user, Can.ENTER, timezone.localdate())
        return {**super().get_context_data(**kwargs), "tab": self.tab, "tabs": TABS, "may_enter": may_enter}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Enter a lead that an officer noticed."""
    today = timezone.localdate()
    if not policy.allowed_somewhere(request.user, Can.ENTER, today):
        raise NotAllowed(Can.ENTER)
    form = entered.LeadForm(request.POST or None, request.FILES or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        kept = [evidence.kept(one, one.name) for one in given["uploads"]]
        place = request.user.memberships_on(today)[0].organisation.division_id
        made = opening.open_lead(
            source="officer", reference=f"{request.user.pk}:{timezone.now():%Y%m%d%H%M%S%f}", matter=given["matter"],
            title=given["title"], words=given["words"], body_id=given["body"], subject=given["subject"],
            division_id=None if given["body"] else place, evidence=kept, by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The lead %(number)s is open.") % {"number": made.number})
        return redirect("leads:lead", number=made.number)

    return answer(request, form, act, page={}, template="leads/new.html")


@login_required
@require_GET
def lead(request: SignedInRequest, number: str) -> HttpResponse:
    """Show one lead: how it stands, what supports it, what may be done."""
    return _shown(request, _found(request, number))


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Do one step about a lead. A refusal is shown beside its form."""
    found = _found(request, number)
    step = STEPS.get(action)
    if step is None:
        raise Http404
    form = step[0](request.POST, request.FILES, auto_id=f"id_{action}_%s")
    said = acted_on(form, lambda given: step[1](request, found, given))
    if said is not None:
        messages.success(request, said)
        again = selectors.leads_visible_to(request.user, timezone.localdate()).filter(pk=found.pk).exists()
        return redirect("leads:lead", number=number) if again else redirect("leads:list")
    return _shown(request, found, {action: form}, status=422)


@login_required
@require_GET
def file(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out a file that supports a lead; that an officer read it is on record."""
    found = _found(request, number)
    held = get_object_or_404(LeadEvidence, pk=pk, lead=found, file__isnull=False)
    note_access(request.user, held, found.number, owner=permissions.place_of(found), at=timezone.now())
    return FileResponse(files.open_by_digest(held.sha256), as_attachment=True, filename=held.words or held.sha256)


def _found(request: HttpRequest, number: str) -> Lead:
    rows = selectors.leads_visible_to(request.user, timezone.localdate())
    related = ("body", "division", "handler", "merged_into")
    return get_object_or_404(rows.select_related(*related), number=number)


def _shown(
    request: SignedInRequest, found: Lead, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    reported = Complaint.objects.filter(lead=found).first() if found.source == "complaint" else None
    if reported is not None and not reported.anonymous:
        note_access(request.user, reported, found.number, owner=permissions.place_of(found), at=timezone.now())
    offered = _offered(request, found, reported)
    page = {
        "lead": found,
        "matter": in_words(found.matter),
        "law": law_book.matter(found.matter, today),
        "source": parts.title_of(found.source),
        "source_link": selectors.source_link(found),
        "stage_meaning": selectors.meaning_of(found.stage),
        "due_meaning": selectors.due_meaning(found, today),
        "evidence": selectors.evidence_of(found),
        "events": selectors.events_of(found),
        "related": selectors.related(found, request.user, today),
        "referrals": list(found.referrals.select_related("receiver").order_by("-sent_at")[:20]),
        "complaint": reported,
        "messages_of_report": list(reported.messages.select_related("by").order_by("at")) if reported else [],
        "offered": {
            name: (bound or {}).get(name) or STEPS[name][0](auto_id=f"id_{name}_%s")
            for name in STEPS
            if name in offered
        },
        "may_file": "file" in LEAD.actions(found.stage) and permissions.allowed(request.user, Can.TRIAGE, found, today),
    }
    return render(request, "leads/lead.html", page, status=status)


def _offered(request: SignedInRequest, found: Lead, reported: Complaint | None) -> set[str]:
    """Return the steps that the stage and the policy offer to this reader; the services refuse all others."""
    today = timezone.localdate()
    can = set(LEAD.actions(found.stage)) & set(STEPS)
    if found.extended or found.due_on is None or found.due_on < today:
        can.discard("extend")
    offered = can if permissions.allowed(request.user, Can.TRIAGE, found, today) else set()
    if reported is not None and permissions.allowed(request.user, Can.TRIAGE, found, today):
        offered |= {"answer"}
    if found.closed_at is None and permissions.allowed(request.user, Can.ENTER, found, today):
        offered |= {"evidence"}
    return offered


Step = Callable[[SignedInRequest, Lead, dict[str, Any]], str]


def _accept(request: SignedInRequest, found: Lead, _given: dict[str, Any]) -> str:
    triage.accept(lead_id=found.pk, by=request.user, at=timezone.now())
    return _("You check this lead now.")


def _watch(request: SignedInRequest, found: Lead, given: dict[str, Any]) -> str:
    triage.watch(lead_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The lead is watched.")


def _dismiss(request: SignedInRequest, found: Lead, given: dict[str, Any]) -> str:
    triage.dismiss(lead_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The lead is not taken on; the reason is recorded.")


def _close(request: SignedInRequest, found: Lead, given: dict[str, Any]) -> str:
    triage.close(lead_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The lead is closed without a case; the reason is recorded.")


def _reopen(request: SignedInRequest, found: Lead, given: dict[str, Any]) -> str:
    triage.reopen(lead_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The lead is open again.")


def _extend(request: SignedInRequest, found: Lead, given: dict[str, Any]) -> str:
    made = triage.extend(lead_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("To be decided by %(day)s now.") % {"day": made.due_on}


def _merge(request: SignedInRequest, found: Lead, given: dict[str, Any]) -> str:
    made = triage.merge(lead_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("Merged into %(number)s.") % {"number": made.outcome}


def _refer(request: SignedInRequest, found: Lead, given: dict[str, Any]) -> str:
    made = referring.refer(
        lead_id=found.pk, receiver_id=given["receiver"].pk, kind=given["kind"], words=given["words"], by=request.user,
        at=timezone.now(),
    )  # fmt: skip
    return _("Sent as %(number)s with the whole file.") % {"number": made.number}


def _answer(request: SignedInRequest, found: Lead, given: dict[str, Any]) -> str:
    complaints.answer(lead_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("Answered. Who reported reads it with code and secret.")


def _evidence(request: SignedInRequest, found: Lead, given: dict[str, Any]) -> str:
    kept = [evidence.kept(one, one.name) for one in given["uploads"]]
    evidence.add_files(lead_id=found.pk, files_kept=kept, by=request.user, at=timezone.now())
    return _("The files are kept by their digests.")


STEPS: dict[str, tuple[type[forms.Form], Step]] = {
    "accept": (entered.PlainForm, _accept),
    "watch": (entered.WhyForm, _watch),
    "dismiss": (entered.WhyForm, _dismiss),
    "close": (entered.WhyForm, _close),
    "reopen": (entered.WhyForm, _reopen),
    "extend": (entered.WhyForm, _extend),
    "merge": (entered.MergeForm, _merge),
    "refer": (entered.ReferForm, _refer),
    "answer": (entered.WordsForm, _answer),
    "evidence": (entered.FilesForm, _evidence),
}
