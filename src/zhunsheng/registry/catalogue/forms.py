"""The filters of the catalogue's lists."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.registry.catalogue import selectors
from zhunsheng.registry.catalogue.models import EditionStatus, Parameter, StandardEdition


class EditionFilter(FilterSet):
    """Filters of the list of editions: words and status."""

    q = django_filters.CharFilter(method="by_words", label=_("Number or title"))
    status = django_filters.ChoiceFilter(choices=EditionStatus.choices, label=_("Status"), empty_label=_("All"))

    class Meta:
        model = StandardEdition
        fields = ("q", "status")

    def by_words(self, found: QuerySet[StandardEdition], _name: str, words: str) -> QuerySet[StandardEdition]:
        """Keep editions with these words in number or title."""
        return found.filter(pk__in=selectors.editions(words=words.strip()).values("pk"))


class ParameterFilter(FilterSet):
    """Filter of the list of parameters: words."""

    q = django_filters.CharFilter(method="by_words", label=_("Name, synonym, code or CAS number"))

    class Meta:
        model = Parameter
        fields = ("q",)

    def by_words(self, found: QuerySet[Parameter], _name: str, words: str) -> QuerySet[Parameter]:
        """Keep parameters with this code, CAS number or any such name."""
        return found.filter(pk__in=selectors.parameters(words=words.strip()).values("pk"))
