"""Parts that are drawn dozens or hundreds of times a page, in Python because templates would take half its time."""

from collections.abc import Callable
from typing import Any

from django import forms, template
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_tables2 import A
from django_tables2.columns import ManyToManyColumn
from django_tables2.columns.linkcolumn import BaseLinkColumn
from django_tables2.utils import signature

from zhunsheng.platform.badges import icon

register = template.Library()


@register.simple_tag
def table_body(table: Any) -> SafeString:
    """Draw the rows of a page of a django-tables2 table: name of the column for cards, class of the column's cells."""
    shown = list(table.paginated_rows)
    columns = [
        (
            (column.attrs.get("td") or {}).get("class") or "",
            column.name,
            strip_tags(str(column.header)),
            _cell_of(column, shown[0].record),
        )
        for column in (table.columns if shown else ())
    ]
    rows = [(row.attrs.as_html(), _cells(row, columns)) for row in shown]
    return format_html("<tbody>{}</tbody>", format_html_join("", "<tr {}>{}</tr>", rows))


def _cells(row: Any, columns: list[tuple[str, str, str, Callable[[Any], Any]]]) -> SafeString:
    drawn = ((css, name, label, cell(row)) for css, name, label, cell in columns)
    return format_html_join("", '<td class="{}" data-col="{}" data-label="{}">{}</td>', drawn)


def _cell_of(bound: Any, first: Any) -> Callable[[Any], Any]:
    """Return what draws the cells of a column as `BoundRow.get_cell` would: what all rows share is asked for once.

    Columns of links and of many values are left to the library, and so is every cell that has no value.
    """
    name, empty = bound.name, bound.column.empty_values
    if bound.link or isinstance(bound.column, BaseLinkColumn | ManyToManyColumn):
        return lambda row: row.get_cell(name)
    accessor, render = A(bound.accessor), bound.render
    words = _choices_of(accessor, first)
    wanted, everything = signature(render)

    def cell(row: Any) -> Any:
        """Draw one cell."""
        try:
            value = accessor.resolve(row.record)
        except Exception:  # the library takes a missing part of the way for no value
            return row.get_cell(name)
        if words is not None:
            value = words.get(value, value)
        if value in empty:
            return bound.default
        given = {"value": value, "record": row.record}
        if everything or not given.keys() >= set(wanted):
            return row.get_cell(name)
        return render(**{one: given[one] for one in wanted})

    return cell


def _choices_of(accessor: Any, record: Any) -> dict[Any, str] | None:
    """Return the words of a field with choices by its values, in the reader's language; None for any other column."""
    field: Any = accessor.get_field(record)
    if not getattr(field, "choices", ()) or field.name != accessor.bits[-1]:
        return None
    return {value: str(words) for value, words in field.flatchoices}


@register.simple_tag
def entry(item: Any, *, icons: bool = False) -> SafeString:
    """Draw an entry of the navigation: its icon where icons are wanted, its words, and how much waits behind it."""
    waits = format_html(
        ' <span class="zs-count">{}<span class="visually-hidden"> {}</span></span>', item.waiting, _("unread")
    ) if item.waiting else ""  # fmt: skip
    here = SafeString('aria-current="page"') if item.here else ""
    drawn = icon(item.icon) if icons else ""
    return format_html('<a href="{}" {}>{}{}{}</a>', item.href, here, drawn, item.words, waits)


@register.simple_tag
def choice_field(field: forms.BoundField) -> SafeString:
    """Draw a labelled list of choices; empty for every other kind of field, which its own widget draws."""
    widget = field.field.widget
    if type(widget) is not forms.Select or not isinstance(field.field, forms.ChoiceField):
        return SafeString("")
    now = str(field.value() if field.value() is not None else "")
    choices: Any = field.field.choices
    flat = [(value, words) for value, words in choices if not isinstance(words, list | tuple)]
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if str(value) == now else "", words) for value, words in flat),
    )
    return format_html(
        '<div class="mb-3"><label class="form-label" for="{}">{}</label><select class="form-select" name="{}" id="{}">'
        "{}</select></div>",
        field.id_for_label,
        field.label,
        field.html_name,
        field.id_for_label,
        options,
    )


@register.simple_tag
def span_field(field: forms.BoundField) -> SafeString:
    """Draw a field of two inputs, such as a span of dates, each with its own name; empty for every other field."""
    if not isinstance(field.field.widget, forms.MultiWidget):
        return SafeString("")
    ends = zip(field.subwidgets[0].data["subwidgets"], (_("from"), _("to")), strict=False)
    inputs = format_html_join(
        SafeString('<span aria-hidden="true">–</span>'),
        '<input class="form-control" type="{}" name="{}" id="{}" value="{}" aria-label="{}: {}">',
        (
            (
                one["attrs"].get("type") or one["type"],
                one["name"],
                one["attrs"].get("id", ""),
                one["value"] or "",
                field.label,
                end,
            )
            for one, end in ends
        ),
    )
    return format_html(
        '<fieldset class="zs-range"><legend class="form-label">{}</legend><div>{}</div></fieldset>', field.label, inputs
    )
