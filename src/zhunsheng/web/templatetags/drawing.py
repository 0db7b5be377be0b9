"""The parts of lists that are drawn hundreds of times a page, in Python because templates would take half its time."""

from typing import Any

from django import forms, template
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def table_body(table: Any) -> SafeString:
    """Draw the rows of a page of a django-tables2 table: name of the column for cards, class of the column's cells."""
    columns = [
        (column.name, str((column.attrs.get("td") or {}).get("class", "")), strip_tags(str(column.header)))
        for column in table.columns
    ]
    rows = [(row.attrs.as_html(), _cells(row, columns)) for row in table.paginated_rows]
    return format_html("<tbody>{}</tbody>", format_html_join("", "<tr {}>{}</tr>", rows))


def _cells(row: Any, columns: list[tuple[str, str, str]]) -> SafeString:
    drawn = ((css, name, label, row.get_cell(name)) for name, css, label in columns)
    return format_html_join("", '<td class="{}" data-col="{}" data-label="{}">{}</td>', drawn)


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
