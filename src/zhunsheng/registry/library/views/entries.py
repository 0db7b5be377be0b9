"""The public library: entries, their versions, what changed, and words offered while somebody types."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.registry.library import selectors
from zhunsheng.registry.library.forms import EntryFilter, SinceFilter
from zhunsheng.registry.library.models import Entry, Version
from zhunsheng.registry.library.permissions import Can
from zhunsheng.registry.library.tables import EntryTable


class EntryList(listing.ListPage):
    """Entries by their newest version."""

    table_class, export_name = EntryTable, "library"
    filterset_class = EntryFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "library/entries.html"

    def get_queryset(self) -> QuerySet[Version]:
        """Return all entries."""
        return selectors.versions_shown()

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether this reader may propose."""
        may = policy.allowed_somewhere(self.request.user, Can.PROPOSE, timezone.localdate())
        return super().get_context_data(**kwargs) | {"may_propose": may}


class ChangeList(listing.ListPage):
    """Entries that changed since a day, newest first."""

    table_class, export_name = EntryTable, "library-changes"
    filterset_class = SinceFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "library/changes.html"

    def get_queryset(self) -> QuerySet[Version]:
        """Return all entries, newest change first."""
        return selectors.changes_since(date(1900, 1, 1))


@require_GET
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """Show an entry: what it says today, its versions, its place in the national library."""
    found = get_object_or_404(Entry.objects.select_related("steward"), code=code)
    today = timezone.localdate()
    versions = list(found.versions.select_related("parameter", "object", "edition").order_by("-number"))
    shown = next((one for one in versions if one.effective_from <= today), versions[0])
    page = {
        "entry": found,
        "version": shown,
        "versions": versions,
        "differences": selectors.differences(None, shown),
        "national": selectors.national_of(shown, today),
        "proposals": selectors.proposals_visible_to(request.user, today).filter(entry=found)[:20],
        "may_propose": policy.allowed_somewhere(request.user, Can.PROPOSE, today),
    }
    return render(request, "library/entry.html", page)


@require_GET
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Show two versions of an entry field by field: ?a=1&b=2; the last two if not named."""
    found = get_object_or_404(Entry, code=code)
    versions = {one.number: one for one in found.versions.order_by("number")}
    before = _asked(request, "a", max(found.number - 1, 1))
    after = _asked(request, "b", found.number)
    if before not in versions or after not in versions:
        raise Http404
    page = {
        "entry": found,
        "versions": list(versions.values()),
        "before": versions[before],
        "after": versions[after],
        "differences": selectors.differences(versions[before], versions[after]),
    }
    return render(request, "library/compare.html", page)


@require_GET
def suggest(request: HttpRequest, what: str) -> HttpResponse:
    """Offer the catalogue's words that contain what was typed, as options of a list."""
    typed = next((str(value) for name, value in request.GET.items() if name != "csrfmiddlewaretoken"), "")
    offers = selectors.suggestions(what, typed[:100])
    if offers is None:
        raise Http404
    return render(request, "library/_options.html", {"offers": offers})


def _asked(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
