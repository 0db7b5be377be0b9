"""The list of the library's rows and its filter."""

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filterset import FilterSet

from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge
from zhunsheng.registry.national.law_book import latest
from zhunsheng.registry.national.models import LibraryRow
from zhunsheng.registry.national.rules.answers import Standing

_MEANINGS = {Standing.ACTIVE: "good", Standing.CITE_ONLY: "attention", Standing.ABOLISHED: "attention"}


def _domains() -> list[tuple[str, str]]:
    return [(name, name) for name in latest().values["domains"]]


class RowTable(listing.Table):
    """Rows of the library."""

    domain = tables.Column(_("Domain"))
    text = tables.Column(_("Standard or method"))
    standing = tables.Column(pgettext_lazy("row of the library", "Standing"))
    remark = tables.Column(_("Remark"))
    publication = tables.Column(pgettext_lazy("row of the library", "Since"), accessor="publication__number")
    valid_from = tables.Column(_("Valid from"), attrs=listing.DATE)
    valid_to = tables.Column(_("Valid until"), attrs=listing.DATE)

    class Meta(listing.Table.Meta):
        empty_text = _("No publication of the national library has been loaded yet.")

    def render_standing(self, record: LibraryRow) -> str:
        """Show the standing as a badge."""
        return badge(_MEANINGS[Standing(record.standing)], record.get_standing_display())

    def value_standing(self, record: LibraryRow) -> str:
        """Return the standing in words."""
        return str(record.get_standing_display())


class RowFilter(FilterSet):
    """Filters of the library: words, domain, standing, day."""

    q = django_filters.CharFilter(method="by_words", label=_("Number or title"))
    domain = django_filters.ChoiceFilter(choices=lazy(_domains, list)(), label=_("Domain"), empty_label=_("All"))
    standing = django_filters.ChoiceFilter(
        choices=Standing.choices, label=pgettext_lazy("row of the library", "Standing"), empty_label=_("All")
    )

    class Meta:
        model = LibraryRow
        fields = ("q", "domain", "standing")

    def by_words(self, found: QuerySet[LibraryRow], _name: str, words: str) -> QuerySet[LibraryRow]:
        """Keep rows with these words."""
        for word in words.split()[:6]:
            found = found.filter(text__icontains=word)
        return found
