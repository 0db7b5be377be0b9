"""Narrowing a list to a place: the divisions of the province in which its rows stand, each city with its counties."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.fields import ChoiceField

from zhunsheng.platform.accounts.models import Division, Level, within

_INDENTS = {str(Level.COUNTY): "\u3000"}


class PlaceField(ChoiceField):
    """A choice of a division; one that no row stands in is none that is offered, and none that is refused."""

    def valid_value(self, value: Any) -> bool:
        """Tell whether this may be a division: an address that names one is followed whoever wrote it."""
        text = str(value)
        return len(text) == 6 and text.isascii() and text.isdecimal()


class PlaceFilter(django_filters.ChoiceFilter):
    """Keeps the rows at or below a division, and offers those divisions in which the rows of the list stand.

    Args:
        column: where a row has the code of its division.
        counties: whether the counties of a city are offered below it.
    """

    field_class = PlaceField

    def __init__(self, *args: Any, column: str = "division_id", counties: bool = True, **kwargs: Any) -> None:
        self.column, self.counties = column, counties
        given = {"label": pgettext_lazy("division", "Place"), "empty_label": _("All")} | kwargs
        super().__init__(*args, **given)  # type: ignore[no-untyped-call]  # the library has no types

    @property
    def field(self) -> Any:
        """Return the form's field with the divisions of the list at hand."""
        if not hasattr(self, "_field"):
            held: Any = self.parent  # type: ignore[attr-defined]  # the set of filters gives it
            named = str(held.data.get(self.field_name, ""))[:6]
            self.extra["choices"] = places_of(held.queryset, self.column, counties=self.counties, named=named)
        return super().field

    def filter(self, queryset: Any, value: Any) -> Any:
        """Return the rows at or below the division."""
        return queryset.filter(within(value, self.column)) if value else queryset


def places_of(
    rows: QuerySet[Any], column: str = "division_id", *, counties: bool = True, named: str = ""
) -> list[tuple[str, str]]:
    """Return the province's divisions in which rows stand, as choices: cities by code, their counties set in.

    Args:
        named: one that an address names; it is offered whether or not a row stands there.
    """
    here = Exists(rows.order_by().filter(**{column: OuterRef("code")}))
    inside = Division.objects.filter(within(settings.ZHUNSHENG_PROVINCE, "code")).select_related("parent")
    known = {one.code: one for one in inside.filter(here)}
    if named and named not in known:  # asked for apart: with it beside the condition above, all rows are read
        known |= {one.code: one for one in inside.filter(code=named)}
    known |= {one.parent.code: one.parent for one in known.values() if one.level == Level.COUNTY and one.parent}
    shown = (Level.CITY, Level.COUNTY) if counties else (Level.CITY,)
    chosen = sorted(code for code, one in known.items() if one.level in shown or code == named)
    return [(code, f"{_INDENTS.get(known[code].level, '')}{known[code].local_name}") for code in chosen]
