"""The lists: editions, parameters, methods, objects, limits."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from zhunsheng.platform import listing
from zhunsheng.registry.catalogue import permissions, selectors
from zhunsheng.registry.catalogue.forms import EditionFilter, LimitFilter, MethodFilter, ObjectFilter, ParameterFilter
from zhunsheng.registry.catalogue.models import Limit, Method, Parameter, StandardEdition, TestObject
from zhunsheng.registry.catalogue.tables import EditionTable, LimitTable, MethodTable, ObjectTable, ParameterTable


class CatalogueList(listing.ListPage):
    """A list of the catalogue; its stewards find the way to load a table."""

    table_kind = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add which table may be loaded here, for those who may."""
        may = permissions.may_change(self.request.user, timezone.localdate())
        return {**super().get_context_data(**kwargs), "table_to_load": self.table_kind if may else ""}


class EditionList(CatalogueList):
    """Standards by edition, with how each stands today."""

    table_kind = "editions"
    table_class, export_name = EditionTable, "standards"
    filterset_class = EditionFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "catalogue/standards.html"

    def get_queryset(self) -> QuerySet[StandardEdition]:
        """Return all editions."""
        return selectors.with_standing(selectors.editions(), timezone.localdate())


class ParameterList(CatalogueList):
    """Parameters."""

    table_kind = "parameters"
    table_class, export_name = ParameterTable, "parameters"
    filterset_class = ParameterFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "catalogue/parameters.html"

    def get_queryset(self) -> QuerySet[Parameter]:
        """Return all parameters."""
        return selectors.parameters()


class MethodList(CatalogueList):
    """Methods: edition, clause, technique, and what they determine."""

    table_kind = "methods"
    table_class, export_name = MethodTable, "methods"
    filterset_class = MethodFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "catalogue/methods.html"

    def get_queryset(self) -> QuerySet[Method]:
        """Return all methods."""
        return selectors.methods()


class ObjectList(CatalogueList):
    """Test objects as the tree that they are; as a list where words are looked for or a file is wanted."""

    table_kind = "objects"
    table_class, export_name = ObjectTable, "objects"
    filterset_class = ObjectFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "catalogue/objects.html"

    def get_queryset(self) -> QuerySet[TestObject]:
        """Return all test objects."""
        return selectors.objects_to_test()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tree, unless words are looked for."""
        searched = bool(self.request.GET.get("q", "").strip())
        tree = [] if searched else selectors.object_tree()
        return {**super().get_context_data(**kwargs), "tree": tree, "searched": searched}


class LimitList(CatalogueList):
    """Limits of product standards; those that hold today unless another day is asked for."""

    table_kind = "limits"
    table_class, export_name = LimitTable, "limits"
    filterset_class = LimitFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "catalogue/limits.html"

    def get_queryset(self) -> QuerySet[Limit]:
        """Return all limits, of whatever day."""
        return selectors.limits()
