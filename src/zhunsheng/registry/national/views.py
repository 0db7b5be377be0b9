"""The national library for anyone: its rows, and the answer for a number."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from zhunsheng.foundation.identifiers import IdentifierError, parse_standard
from zhunsheng.platform import listing
from zhunsheng.registry.national import law_book, selectors
from zhunsheng.registry.national.models import LibraryRow
from zhunsheng.registry.national.tables import RowFilter, RowTable


class RowList(listing.ListPage):
    """The rows in force today; a standard number among the words is answered above them."""

    table_class, export_name = RowTable, "national-library"
    filterset_class = RowFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "national/list.html"

    def get_queryset(self) -> QuerySet[LibraryRow]:
        """Return the rows in force today."""
        return selectors.rows(on=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the publication in force and the answer for a number."""
        today = timezone.localdate()
        publication = selectors.publications().filter(effective_from__lte=today).first()
        page = super().get_context_data(**kwargs) | {"publication": publication}
        code = _number(self.request.GET.get("q", ""))
        if not code or publication is None:
            return page
        found, entry = selectors.national_answer(code, today), law_book.latest()
        return page | {
            "answer": found,
            "effect": entry.values["effects"][found.kind.value],
            "entry": entry,
            "version": law_book.book().version_of(entry),
            "articles": "；".join(f"{one.law} {one.article}".strip() for one in entry.basis),
        }


def _number(words: str) -> str:
    try:
        number = parse_standard(words)
    except IdentifierError:
        return ""
    return number.code if number.year is not None else ""
