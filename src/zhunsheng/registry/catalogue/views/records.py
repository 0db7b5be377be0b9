"""One edition, one parameter, one test object, with their limits, methods and history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhunsheng.registry.catalogue import remarks, selectors
from zhunsheng.registry.catalogue.models import TestObject

_MOST = 500


@require_GET
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an edition: its standing, what it replaced and what replaced it, its methods and limits."""
    today = timezone.localdate()
    found = get_object_or_404(selectors.with_standing(selectors.editions(), today), pk=pk)
    (current,) = selectors.currency_of([found.code], today)
    said = [(one.title, one.speak([found.code], today)[0]) for one in remarks.columns()]
    page = {
        "edition": found,
        "currency": current,
        "remarks": [(title, remark) for title, remark in said if remark is not None],
        "replaces": found.replaces.order_by("code"),
        "parts": found.partly_replaced_by.select_related("by").order_by("by__code"),
        "parts_of": found.partly_replaces.select_related("edition").order_by("edition__code"),
        "others": found.standard.editions.exclude(pk=found.pk).order_by("-year", "code"),
        "methods": selectors.methods().filter(edition=found)[:_MOST],
        "limits": selectors.limits().filter(edition=found)[:_MOST],
        "changes": selectors.changes_of(found),
    }
    return render(request, "catalogue/edition.html", page)


@require_GET
def parameter(request: HttpRequest, code: str) -> HttpResponse:
    """Show a parameter: its names, the methods that determine it and the limits that standards set for it."""
    found = get_object_or_404(selectors.parameters(), code=code)
    page = {
        "parameter": found,
        "determinations": selectors.determinations(parameter=found)[:_MOST],
        "limits": selectors.limits().filter(parameter=found)[:_MOST],
        "changes": selectors.changes_of(found),
    }
    return render(request, "catalogue/parameter.html", page)


@require_GET
def tested(request: HttpRequest, code: str) -> HttpResponse:
    """Show a test object: what stands above and below it, its names and limits."""
    found = get_object_or_404(selectors.objects_to_test(), code=code)
    words = selectors.Vocabulary.current()
    above = TestObject.objects.in_bulk(words.object_ancestors(found.pk))
    page = {
        "tested": found,
        "above": [above[pk] for pk in reversed(words.object_ancestors(found.pk)) if pk in above],
        "below": found.children.order_by("code")[:_MOST],
        "limits": selectors.limits().filter(object=found)[:_MOST],
        "changes": selectors.changes_of(found),
    }
    return render(request, "catalogue/object.html", page)
