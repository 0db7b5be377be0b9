"""The catalogue for people: standards with what replaced them, parameters with their synonyms and limits."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from zhunsheng.platform import listing
from zhunsheng.registry.catalogue import selectors
from zhunsheng.registry.catalogue.forms import EditionFilter, ParameterFilter
from zhunsheng.registry.catalogue.models import Parameter, StandardEdition
from zhunsheng.registry.catalogue.tables import EditionTable, ParameterTable


class EditionList(listing.ListPage):
    """Standards by edition."""

    table_class, export_name = EditionTable, "standards"
    filterset_class = EditionFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "catalogue/standards.html"

    def get_queryset(self) -> QuerySet[StandardEdition]:
        """Return all editions."""
        return selectors.editions()


class ParameterList(listing.ListPage):
    """Parameters."""

    table_class, export_name = ParameterTable, "parameters"
    filterset_class = ParameterFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "catalogue/parameters.html"

    def get_queryset(self) -> QuerySet[Parameter]:
        """Return all parameters."""
        return selectors.parameters()


@require_GET
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an edition: its standing, what it replaced and what replaced it, its limits."""
    found = get_object_or_404(selectors.editions(), pk=pk)
    page = {
        "edition": found,
        "replaces": found.replaces.order_by("code"),
        "others": found.standard.editions.exclude(pk=found.pk).order_by("-year", "code"),
        "limits": found.limits.select_related("object", "parameter").order_by("parameter__code", "object__code"),
    }
    return render(request, "catalogue/edition.html", page)


@require_GET
def parameter(request: HttpRequest, code: str) -> HttpResponse:
    """Show a parameter: its names and the limits that standards set for it."""
    found = get_object_or_404(selectors.parameters(), code=code)
    limits = found.limits.select_related("object", "edition__standard").order_by("edition__code", "object__code")
    return render(request, "catalogue/parameter.html", {"parameter": found, "limits": limits})
