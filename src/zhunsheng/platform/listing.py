"""Lists as every page shows them: sorted and paged by the address, exported as the reader filtered them."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import django_tables2
from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from django_filters.views import FilterView
from django_filters.widgets import DateRangeWidget

from zhunsheng.foundation.errors import DomainError

PAGE_SIZES = (25, 50, 100, 200)
MOST_COUNTED = 100_000
"""Rows that a list counts and pages through: to count a province's reports whole would take longer than a page may."""
NEAR_COUNTED = 2_000
"""Rows that a list of work counts, eighty pages: who needs more of them filters."""
XLSX_ROWS = 100_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "@", "\t", "\r", "\n", "+", "-", "＝", "＠", "＋", "－")
"""OWASP, CSV injection: spreadsheet programs in East Asian languages read the full-width signs as well."""
DATE = {"td": {"class": "date"}}
"""The `attrs` of a column of days: they keep to one line."""
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (production 2) and so a workbook cannot hold."""


class Table(django_tables2.Table):
    """A table in the product's dress; subclass it with columns. `num` in a cell's class aligns to the right.

    `posted` is for a table whose rows come from a form: its address alone does not bring them back, so the page itself
    has the buttons of its exports. `near` is for a list of work: it counts and pages through less.
    """

    posted = False
    near = False

    class Meta:
        template_name = "kit/table.html"
        attrs = {"class": "zs-table zs-cards"}
        empty_text = _("Nothing matches.")


class DayColumn(django_tables2.Column):
    """A column of days, which keep to one line; exports keep the day itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", DATE)
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # django-tables2 has no types

    def render(self, value: Any) -> str:
        """Return the day as ISO 8601 writes it."""
        return str(value.isoformat())

    def value(self, **kwargs: Any) -> Any:
        """Return the day for an export."""
        return kwargs["value"]


class TimeColumn(DayColumn):
    """A column of times to the minute; exports keep the time itself, which `exported` writes in local time."""

    def render(self, value: Any) -> str:
        """Return the local time to the minute."""
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")

    def value(self, **kwargs: Any) -> Any:
        """Return the time for an export, to the minute as the page shows it."""
        time = kwargs["value"]
        return time.replace(second=0, microsecond=0) if isinstance(time, dt.datetime) else time


class NumberColumn(django_tables2.Column):
    """A column of numbers: right-aligned, thousands grouped; exports keep the plain number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "num"}, "th": {"class": "num"}})
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # django-tables2 has no types

    def render(self, value: Any) -> str:
        """Return whole numbers grouped by thousands, everything else as it is written."""
        return f"{value:,}" if isinstance(value, int) else str(value)

    def value(self, **kwargs: Any) -> Any:
        """Return the plain number for an export."""
        return kwargs["value"]


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # generic for type checkers alone
    """Pages through the first `most` rows; `more` tells that there are others, which a filter brings nearer."""

    @property
    def most(self) -> int:
        """How many rows are counted."""
        return MOST_COUNTED

    @cached_property
    def _counted(self) -> int:
        rows = getattr(self.object_list, "data", self.object_list)
        rows = getattr(rows, "data", rows)
        if isinstance(rows, QuerySet):
            return rows.order_by()[: self.most + 1].count()
        return len(self.object_list)

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, at most `most`."""
        return min(self._counted, self.most)

    @property
    def more(self) -> bool:
        """Tell whether there are rows beyond those counted."""
        return self._counted > self.most


class NearPaginator(BoundedPaginator):
    """Pages through the first NEAR_COUNTED rows: for lists of which only what is near is paged through."""

    @property
    def most(self) -> int:
        """How many rows are counted."""
        return NEAR_COUNTED


class DaysFilter(DateFromToRangeFilter):
    """A span of days. Days before 1900 or after 2999 are no bounds: some of them no database can compare with."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", DateRangeWidget(attrs={"type": "date"}))
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]  # the library has no types

    def filter(self, queryset: Any, value: Any) -> Any:
        """Return what lies in the span."""
        if value:
            first = value.start if value.start is not None and value.start.year >= 1900 else None
            last = value.stop if value.stop is not None and value.stop.year < 3000 else None
            value = slice(first, last) if first or last else None
        return super().filter(queryset, value)  # type: ignore[no-untyped-call]  # the library has no types


class ListPage(FilterView):
    """A whole list page: filter, table, pages and exports. Set `table_class`, `filterset_class`, `export_name`.

    `get_queryset` starts from the room's `…_visible_to(user)` selector. The template has `table` and `filter`.
    """

    template_name = "kit/list.html"
    table_class: type[Table]
    export_name = "list"
    page_size = 25
    strict = False

    def get_table_kwargs(self) -> dict[str, Any]:
        """Return more arguments for the table, such as columns to leave out."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the table, arranged as the address asks."""
        table = arrange(
            self.table_class(self.object_list, **self.get_table_kwargs()), self.request, page_size=self.page_size
        )
        return {**super().get_context_data(**kwargs), "table": table}

    def render_to_response(  # type: ignore[override]  # a file is an answer too
        self, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponseBase:
        """Answer the page, or the filtered list as a file when `export` is in the address."""
        file = exported(context["table"], self.request, name=self.export_name)
        return file or super().render_to_response(context, **kwargs)


def arrange(table: Any, request: HttpRequest, *, page_size: int = 25) -> Any:
    """Sort and page a `Table` as the address asks and return it; wrong page numbers show the nearest page."""
    table.request = request
    wanted = request.GET.getlist(table.prefixed_order_by_field)
    if wanted:
        table.order_by = wanted
    asked = request.GET.get(table.prefixed_per_page_field, "")
    size = {str(one): one for one in PAGE_SIZES}.get(asked, page_size)
    pages = {"per_page": size, "paginator_class": NearPaginator if table.near else BoundedPaginator}
    try:
        table.paginate(page=request.GET.get(table.prefixed_page_field, 1), **pages)
    except PageNotAnInteger:
        table.paginate(page=1, **pages)
    except EmptyPage:
        table.page = table.paginator.page(table.paginator.num_pages)
    return table


def exported(table: Any, request: HttpRequest, *, name: str) -> HttpResponseBase | None:
    """Return the whole filtered and sorted list as CSV or XLSX when the address has `export`, else None.

    Raises: DomainError if a workbook would have more than XLSX_ROWS rows.
    """
    form = request.GET.get("export")
    if form not in ("csv", "xlsx"):
        return None
    chosen = [part for part in request.GET.get("columns", "").split(",") if part]
    hidden = [column.name for column in table.columns.iterall() if chosen and column.name not in chosen]
    whole = BoundedPaginator(table.rows, 1) if table.near else table.paginator
    too_many = form == "xlsx" and (whole.more or whole.count > XLSX_ROWS)
    if isinstance(table.data.data, QuerySet):
        table.data.data = _Chunked(table.data.data)
    rows = ([_plain(cell) for cell in row] for row in table.as_values(exclude_columns=hidden))
    stamp, language = timezone.localdate().isoformat(), get_language() or settings.LANGUAGE_CODE
    if form == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            _csv_lines(rows, language), content_type="text/csv; charset=utf-8"
        )
    else:
        if too_many:
            raise DomainError(
                "A workbook holds at most %(limit)s rows here; this list has more.",
                code="export-too-large",
                params={"limit": XLSX_ROWS},
                remedy="Filter the list first, or take it as CSV.",
            )
        response = HttpResponse(_workbook(rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}-{stamp}.{form}"'
    return response


class _Chunked:
    """The rows of a query, read a chunk at a time: an export of a province does not fit into memory."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Any]:
        return self._rows.iterator(chunk_size=2000)


def _csv_lines(rows: Iterator[list[Any]], language: str) -> Iterator[bytes]:
    """Yield the lines in a language: they are written after the request, whose own language has ended by then."""
    yield b"\xef\xbb\xbf"  # spreadsheet programs read UTF-8 only with this mark
    while True:
        with override(language):  # for each line alone: another page may be drawn in between
            row = next(rows, None)
        if row is None:
            return
        line = io.StringIO(newline="")
        csv.writer(line).writerow([_harmless(cell) for cell in row])
        yield line.getvalue().encode()


def _workbook(rows: Iterable[list[Any]]) -> bytes:
    from openpyxl import Workbook  # here, because it takes long to import

    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    for row in rows:
        sheet.append([_written(_harmless(cell)) for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _plain(cell: Any) -> Any:
    """Return a value that files can hold: local times without zone, numbers as they are, all else as text."""
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell).replace(tzinfo=None) if timezone.is_aware(cell) else cell
    if cell is None or isinstance(cell, int | float | Decimal | dt.date):
        return cell
    return str(cell)


def _harmless(cell: Any) -> Any:
    """Return text that a spreadsheet would take for a formula with an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not _is_number(cell):
        return "'" + cell
    return cell


def _written(cell: Any) -> Any:
    """Return text without what a workbook cannot hold, each such character replaced by U+FFFD."""
    return NOT_IN_XML.sub("\ufffd", cell) if isinstance(cell, str) else cell


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()
