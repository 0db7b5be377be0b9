"""Tables loaded by officers: checked first, then loaded, with progress and an error file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.platform.documents.files import open_by_digest
from zhunsheng.registry.bodies import services
from zhunsheng.registry.bodies.forms import LoadingForm
from zhunsheng.registry.bodies.models import ImportRun
from zhunsheng.registry.bodies.permissions import Can
from zhunsheng.registry.bodies.services.loading import progress_of
from zhunsheng.registry.bodies.tables import RunTable
from zhunsheng.registry.bodies.wording import KINDS, RUN_MEANINGS


@login_required
@require_http_methods(["GET", "POST"])
def loadings(request: SignedInRequest) -> HttpResponseBase:
    """List the loadings and take a table to check."""
    now = timezone.now()
    kinds = _kinds(request)
    asked = request.GET.get("kind", "")
    form = LoadingForm(
        request.POST or None, request.FILES or None, kinds=kinds, initial={"kind": asked if asked in kinds else None}
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = services.ask_for_loading(
                kind=form.cleaned_data["kind"], content=file, file_name=file.name or "", dry_run=True, keep_good=False,
                by=request.user, at=now, why=form.cleaned_data["why"],
            )  # fmt: skip
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("The table is on the list; it is checked before anything is saved."))
            return redirect("bodies:loading", pk=run.pk)
    runs = ImportRun.objects.filter(kind__in=kinds).order_by("-pk")
    table = listing.arrange(RunTable(runs), request)  # type: ignore[no-untyped-call]  # django-tables2 has no types
    exported = listing.exported(table, request, name="loadings")
    page = {"table": table, "form": form}
    return exported or render(request, "bodies/loadings.html", page, status=422 if form.is_bound else 200)


@login_required
@require_GET
def loading(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one loading; while it runs, the page's part asks for itself again."""
    run = get_object_or_404(ImportRun.objects.select_related("by"), pk=pk, kind__in=_kinds(request))
    page = {
        "run": run,
        "kind": KINDS.get(run.kind, run.kind),
        "meaning": RUN_MEANINGS[run.state],
        "lines": max(run.lines_done, progress_of(run.pk)),
    }
    return render(request, "bodies/_loading.html" if request.headers.get("HX-Request") else "bodies/loading.html", page)


@login_required
@require_POST
def load(request: SignedInRequest, pk: int) -> HttpResponse:
    """Load a table that was checked before."""
    get_object_or_404(ImportRun, pk=pk, dry_run=True, state__in=["done", "refused"], kind__in=_kinds(request))
    keep_good = request.POST.get("keep_good") == "1"
    run = services.load_what_was_checked(run_id=pk, keep_good=keep_good, by=request.user, at=timezone.now())
    return redirect("bodies:loading", pk=run.pk)


@login_required
@require_GET
def problems(request: SignedInRequest, pk: int) -> FileResponse:
    """Give the error file of a loading."""
    run = get_object_or_404(ImportRun, pk=pk, kind__in=_kinds(request))
    if not run.problems_digest:
        raise Http404
    name = f"problems-{run.kind}-{run.pk}.csv"
    return FileResponse(open_by_digest(run.problems_digest), as_attachment=True, filename=name, content_type="text/csv")


def _kinds(request: SignedInRequest) -> list[str]:
    """Return the kinds of tables that the reader may load. Raises: NotAllowed where there is none."""
    kinds = services.kinds_for(request.user, timezone.localdate())
    if not kinds:
        raise policy.NotAllowed(Can.CHANGE_REGISTER)
    return kinds
