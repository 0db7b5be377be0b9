"""The drawn body of a table is what the library would draw, whatever its columns are."""

import datetime as dt
import re

import django_tables2 as tables
import pytest
from django.utils.html import conditional_escape
from django.utils.translation import override

from zhunsheng.platform import listing
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, Kind, Level, Organisation
from zhunsheng.web.templatetags.drawing import table_body

CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)


class Houses(listing.Table):
    """Every kind of column: choices of the row and of another, a way that breaks off, a link, a template, methods."""

    name = tables.Column()
    kind = tables.Column()
    level = tables.Column(accessor="division__level")
    above = tables.Column(accessor="division__parent__name", default="none")
    linked = tables.Column(accessor="name", linkify=lambda record: f"/houses/{record.name}/")
    way = tables.TemplateColumn("<b>{{ record.name }}</b>")
    size = listing.NumberColumn(empty_values=())
    day = listing.DayColumn(empty_values=())
    whole = tables.Column(accessor="uscc", empty_values=())

    def render_size(self) -> str:
        """Take nothing."""
        return "1,000"

    def render_day(self, record, bound_column) -> str:
        """Take what only the library has at hand."""
        return f"{bound_column.name} {record.pk - record.pk + 1}"

    def render_whole(self, **kwargs) -> str:
        """Take everything."""
        return ", ".join(sorted(kwargs))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_rows_are_drawn_as_the_library_draws_them(language):
    province = Division.objects.create(code="440000", name="广东省", level=Level.PROVINCE)
    city = Division.objects.create(code="440100", name="广州市", level=Level.CITY, parent=province)
    for name, kind, place in (("<甲>", Kind.BODY, province), ("乙", Kind.AUTHORITY, city)):
        with recorded(None, "test"):
            Organisation.objects.create(name=name, kind=kind, division=place)
    table = listing.arrange(Houses(Organisation.objects.order_by("pk")), _asked())
    with override(language):
        expected = [
            str(conditional_escape(row.get_cell(column.name)))
            for row in table.paginated_rows
            for column in table.columns
        ]
        assert CELL.findall(table_body(table)) == expected
        assert {str(Kind.BODY.label), str(Level.CITY.label), "none"} <= set(expected)


def test_rows_that_are_no_records_are_drawn_too():
    table = listing.arrange(Days([{"day": dt.date(2026, 2, 17)}, {"day": None}, {}]), _asked())
    assert CELL.findall(table_body(table)) == ["2026-02-17", "—", "—"]


def test_an_empty_table_has_no_rows():
    assert CELL.findall(table_body(listing.arrange(Days([]), _asked()))) == []


class Days(listing.Table):
    """Rows from plain data."""

    day = listing.DayColumn()


def _asked():
    from django.test import RequestFactory

    return RequestFactory().get("/")
