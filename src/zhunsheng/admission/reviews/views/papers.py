"""What the applicant filed, for those who review it: facts, sites, people, lines and the files handed in."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhunsheng.admission.licensing import permissions as licensing
from zhunsheng.admission.licensing.selectors.applicant import material_words
from zhunsheng.admission.licensing.selectors.clocks import law_day
from zhunsheng.admission.licensing.selectors.officer import attachments_of
from zhunsheng.admission.reviews import permissions
from zhunsheng.admission.reviews.models import Review
from zhunsheng.admission.reviews.views.steps import review_in_sight
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today
from zhunsheng.platform.documents import files

MOST_LINES = 200


@login_required
@require_GET
def papers(request: SignedInRequest, number: str) -> HttpResponse:
    """Show a serving member of the panel what was filed."""
    found = _reviewed(request, number)
    application = found.application
    words = material_words(law_day(application))
    lines = application.lines.select_related("site").order_by("number")
    page = {
        "review": found,
        "application": application,
        "serving": True,
        "sites": list(application.sites.order_by("code")),
        "people": list(application.people.order_by("post", "pk")),
        "lines": list(lines[:MOST_LINES]),
        "total": lines.count(),
        "files": [(one, words.get(one.material, one.material)) for one in attachments_of(application)],
    }
    return render(request, "reviews/papers.html", page)


@login_required
@require_GET
def paper(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand a file of the application out to a serving member; that it was read is on record."""
    application = _reviewed(request, number).application
    kept = application.attachments.filter(removed_at=None).select_related("file", "application")
    one = get_object_or_404(kept, pk=pk)
    owner = licensing.place_of(application)
    note_access(request.user, one, application.number, owner=owner, at=timezone.now())
    return FileResponse(files.open_by_digest(one.file.sha256), as_attachment=True, filename=one.name)


def _reviewed(request: SignedInRequest, number: str) -> Review:
    """Return a review on whose panel this reader serves. Raises: Http404, also before interests are declared."""
    found = review_in_sight(request, number)
    if not permissions.serves(request.user, found, today()):
        raise Http404
    return found
