"""The applicant's own applications: the list, starting one, one application's page, its files and letters."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.admission.licensing import parts, permissions
from zhunsheng.admission.licensing.forms.applicant import ApplicationFilter, StartForm, WithdrawForm
from zhunsheng.admission.licensing.lifecycle import APPLICATION
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.selectors import applicant as selectors
from zhunsheng.admission.licensing.selectors import filed, kinds, missing, progress, signing
from zhunsheng.admission.licensing.services import documents, drafting, filing
from zhunsheng.admission.licensing.services.refusals import keep_refusal
from zhunsheng.admission.licensing.tables.applicant import ApplicationTable
from zhunsheng.admission.licensing.views.keys import key_in
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, acted_on, answer, say_refusal, today
from zhunsheng.platform.documents import files
from zhunsheng.platform.reading import in_language, language

LINES_SHOWN = 50


class ApplicationList(LoginRequiredMixin, listing.ListPage):
    """Applications of the reader's own organisations."""

    table_class, export_name = ApplicationTable, "applications"
    filterset_class = ApplicationFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "licensing/applicant/list.html"

    def get_queryset(self) -> QuerySet[Application]:
        """Return what this reader's organisations apply for."""
        if not policy.reach_of(self.request.user, Can.SEE, today()).organisation_ids:
            raise NotAllowed(Can.SEE)
        return selectors.own_applications(self.request.user, today())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether this reader may start one."""
        may = bool(selectors.applying_for(self.request.user, today()))
        return super().get_context_data(**kwargs) | {"may_apply": may}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Start an application for one's own organisation: only kinds that fit how the body stands are offered."""
    own = selectors.applying_for(request.user, today())
    if not own:
        raise NotAllowed(Can.APPLY)
    bodies = list(selectors.bodies_of(own[0]))
    asked = key_in(request.POST.get("body") or request.GET.get("body", ""))
    body = next((one for one in bodies if one.pk == asked), bodies[0] if bodies and asked is None else None)

    def begin(given: dict[str, Any]) -> HttpResponse:
        made = drafting.start_application(
            organisation_id=own[0], kind=given["kind"], body_id=asked or (body.pk if body else None), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        return redirect("licensing:application-part", number=made.number, part="what")

    offers = kinds.offers(own[0], body, today())
    fitting = [(one.kind, in_language(one.words)) for one in offers if one.fits]
    form = StartForm(request.POST or None, fitting=fitting, initial={"kind": _first_of(request, fitting)})
    page = {"bodies": bodies, "body": body, "unfit": _unfit(offers)}
    return answer(request, form, begin, page=page, template="licensing/applicant/new.html")


def _first_of(request: SignedInRequest, fitting: Sequence[tuple[str, str]]) -> str:
    """Return what is ticked at first: what the address names, else an extension, else whatever fits."""
    codes = [code for code, _words in fitting]
    return next((one for one in (request.GET.get("kind", ""), "extension", *codes) if one in codes), "")


def _unfit(offers: Sequence[kinds.Offer]) -> list[dict[str, Any]]:
    """Return what can't be applied for, gathered by the condition that bars it."""
    found: dict[str, dict[str, Any]] = {}
    for one in offers:
        for bar in one.bars[:1]:
            found.setdefault(bar.id, {"bar": bar, "kinds": []})["kinds"].append(in_language(one.words))
    mark = ", " if language() == "en" else "、"
    return [one | {"kinds": mark.join(one["kinds"])} for one in found.values()]


@login_required
@require_GET
def application(request: SignedInRequest, number: str) -> HttpResponse:
    """Show an application: how it stands, what to do, and everything that was handed in."""
    found = own(request, number)
    return _page(request, found, WithdrawForm())


@login_required
@require_POST
def withdraw(request: SignedInRequest, number: str) -> HttpResponse:
    """Take an application back."""
    found = own(request, number)
    form = WithdrawForm(request.POST)

    def step(given: dict[str, Any]) -> Application:
        return filing.withdraw(application_id=found.pk, why=given["why"], by=request.user, at=timezone.now())

    if acted_on(form, step) is not None:
        messages.success(request, _("The application is withdrawn."))
        return redirect("licensing:application", number=number)
    if "withdraw" not in APPLICATION.actions(found.stage):
        say_refusal(request, form)
    return _page(request, found, form, status=422)


@login_required
@require_GET
def attachment(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out a file of the application."""
    kept = get_object_or_404(own(request, number).attachments, pk=pk)
    return FileResponse(files.open_by_digest(kept.file_id), as_attachment=True, filename=kept.name)


@login_required
@require_GET
def document(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Open a letter of the authority; the first time counts as its receipt."""
    kept = get_object_or_404(own(request, number).documents, pk=pk)
    opened = documents.open_document(document_id=kept.pk, by=request.user, at=timezone.now())
    return FileResponse(
        files.open_by_digest(str(opened.file_id)), filename=f"{opened.number}.pdf", content_type="application/pdf"
    )


@login_required
@require_GET
def statement(request: SignedInRequest, number: str) -> HttpResponse:
    """Give the exact bytes that a key of the body signs."""
    found = own(request, number)
    shown = signing.statement_of(found, today())
    if shown is None:
        raise Http404
    answer = HttpResponse(shown.message, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}-to-sign.json"'
    return answer


def own(request: SignedInRequest, number: str) -> Application:
    """Return an application of the reader's own organisations, or answer 404; what is sent to another's is kept."""
    found = selectors.own_applications(request.user, today()).filter(number=number).first()
    if found is not None:
        return found
    if request.method == "POST":
        for other in Application.objects.filter(number=number):
            keep_refusal(other.pk, "edit", by=request.user, at=timezone.now(), error=NotAllowed(Can.APPLY))
    raise Http404


def _page(request: SignedInRequest, found: Application, form: WithdrawForm, status: int = 200) -> HttpResponse:
    day = today()
    can = APPLICATION.actions(found.stage)
    may = permissions.allowed(request.user, Can.APPLY, found, day)
    editing = "edit" in can
    lacking = missing.missing_of(found, day) if editing else []
    page = {
        "application": found,
        "meaning": progress.meaning_of(found.stage),
        "to_do_now": progress.to_do(found, complete=editing and not lacking),
        "may_edit": may and editing,
        "may_withdraw": may and "withdraw" in can,
        "withdraw_form": form,
        "steps": progress.steps_of(found, lacking) if editing else [],
        "missing": lacking,
        "unsigned": missing.signature_lacks(lacking),
        "parts": parts.of(request, found),
        **_content(found, day),
    }
    return render(request, "licensing/applicant/page.html", page, status=status)


def _content(found: Application, day: date) -> dict[str, Any]:
    """Return what was handed in, and what became of it so far."""
    words = selectors.material_words(day)
    letters = filed.letters_of(found)
    files_kept = found.attachments.filter(removed_at=None).order_by("material", "pk")
    return {
        "counts": selectors.line_counts(found),
        "lines": list(selectors.lines_shown(found)[:LINES_SHOWN]),
        "sites": list(found.sites.order_by("code")),
        "people": list(found.people.order_by("post", "name")),
        "files": [
            {"pk": one.pk, "name": one.name, "file_id": one.file_id, "words": words.get(one.material, one.material)}
            for one in files_kept
        ],
        "signatures": signing.signatures_of(found),
        "gaps": filed.gaps_of(found),
        "documents": letters,
        "preparing": not all(one.is_ready for one in letters),
        "decision": filed.decision_of(found),
        "clocks": filed.clocks_of(found, day),
        "events": filed.events_of(found),
        "explanations": list(found.explanations.filter(about="route").order_by("-at", "-pk")[:1]),
    }
