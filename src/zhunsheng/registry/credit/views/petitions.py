"""Objections and repairs: the list, filing one about an event, one with its evidence and decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.platform.documents import files
from zhunsheng.registry.credit import effects_book, permissions, selectors, services
from zhunsheng.registry.credit.effects_book import Terms
from zhunsheng.registry.credit.forms import DecisionForm, PetitionFilter, PetitionForm
from zhunsheng.registry.credit.lifecycle import PETITION, Sort, Stage
from zhunsheng.registry.credit.models import CreditEvent, Petition, PetitionFile
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.showing import event_told
from zhunsheng.registry.credit.tables import STAGES, PetitionTable
from zhunsheng.registry.credit.views.grades import compares


class PetitionList(LoginRequiredMixin, listing.ListPage):
    """The objections and repairs in sight, those that wait first."""

    request: SignedInRequest
    table_class, export_name = PetitionTable, "credit-requests"
    filterset_class = PetitionFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "credit/requests.html"

    def get_queryset(self) -> QuerySet[Petition]:
        """Return the requests in sight."""
        if not policy.allowed_somewhere(self.request.user, Can.SEE, today()):
            raise Http404
        return selectors.petitions_visible_to(self.request.user, today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many wait for this reader."""
        waiting = selectors.petitions_waiting(self.request.user, today()).count()
        return super().get_context_data(**kwargs) | {"waiting": waiting, **compares(self.request)}


@login_required
@require_http_methods(["GET", "POST"])
def file_one(request: SignedInRequest, pk: int, sort: str) -> HttpResponse:
    """Object to an event of the own file, or ask for its repair."""
    if sort not in Sort.values:
        raise Http404
    event = get_object_or_404(selectors.events_visible_to(request.user, today()), pk=pk)
    permissions.require(request.user, Can.PETITION, event.body, today())

    def done(given: dict[str, Any]) -> HttpResponse:
        evidence = [(one, one.name) for one in given["evidence"]]
        made = services.file_petition(
            event_id=pk, sort=sort, grounds=given["grounds"], evidence=evidence, by=request.user, at=timezone.now()
        )
        messages.success(request, _handed_in(made))
        return redirect("credit:request", number=made.number)

    form = PetitionForm(request.POST or None, request.FILES or None)
    law = effects_book.request_law(sort, today())
    terms = effects_book.repair_terms(event.kind, event.on, today()) if sort == Sort.REPAIR else None
    page = {"body": event.body, "told": event_told(event), "law": law, "sort": Sort(sort), "terms": terms,
            "closed": _closed(event, Sort(sort), terms)}  # fmt: skip
    return answer(request, form, done, page=page, template="credit/file_request.html")


def _handed_in(made: Petition) -> str:
    if made.due_on is None:
        return _("Handed in; the last day to decide is told once the holidays of its year are announced.")
    return _("Handed in; the decision is due by %(day)s.") % {"day": made.due_on.isoformat()}


def _closed(event: CreditEvent, sort: Sort, terms: Terms | None) -> str:
    """Return why this may not be asked for today; nothing where it may."""
    if event.withdrawn_at is not None or event.repaired_at is not None:
        return _("This event counts no more.")
    if sort is Sort.OBJECTION:
        return ""
    if terms is None:
        return _("An event of this kind is not repaired.")
    return "" if terms.open else _("Repair may be asked for from %(day)s.") % {"day": terms.opens_on.isoformat()}


@login_required
@require_http_methods(["GET", "POST"])
def petition(request: SignedInRequest, number: str) -> HttpResponse:
    """Show an objection or repair with its evidence; whoever may, decides it."""
    found = _found(request, number)
    open_now = bool(PETITION.actions(Stage(found.stage)))
    may_decide = open_now and permissions.allowed(request.user, Can.DECIDE, found.body, today())
    own = request.user.pk in services.authors_of(found.event)
    if request.method == "POST":
        permissions.require(request.user, Can.DECIDE, found.body, today())

    def done(given: dict[str, Any]) -> HttpResponse:
        services.decide_petition(
            petition_id=found.pk,
            grant=given["grant"] == "yes",
            words=given["words"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Decided; the grade follows at once and the body is told."))
        return redirect("credit:request", number=number)

    page = {
        "petition": found, "told": event_told(found.event), "meaning": STAGES[found.stage], "files": found.files.all(),
        "open": open_now,
        "late": open_now and found.due_on is not None and found.due_on < today(), "may_decide": may_decide and not own,
        "recorded_by_reader": may_decide and own,
        "may_take_back": open_now and permissions.allowed(request.user, Can.PETITION, found.body, today()),
        "official": policy.allowed_somewhere(request.user, Can.COMPARE, today()),
    }  # fmt: skip
    return answer(request, DecisionForm(request.POST or None), done, page=page, template="credit/request.html")


@login_required
@require_POST
def take_back(request: SignedInRequest, number: str) -> HttpResponse:
    """Take the own request back before it is decided."""
    found = _found(request, number)
    services.take_back(petition_id=found.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Taken back."))
    return redirect("credit:request", number=number)


@login_required
@require_safe
def evidence(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Give a file that was handed in as evidence."""
    kept: PetitionFile = get_object_or_404(_found(request, number).files.select_related("file"), pk=pk)
    return FileResponse(files.open_by_digest(kept.file_id), as_attachment=True, filename=kept.name)


def _found(request: SignedInRequest, number: str) -> Petition:
    seen = selectors.petitions_visible_to(request.user, today())
    return get_object_or_404(seen.select_related("decided_by", "filed_by"), number=number)
