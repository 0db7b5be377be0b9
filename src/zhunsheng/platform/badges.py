"""Icons and badges, drawn in Python: a list has one in every row, and a template for each would take half its time."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

MEANINGS = {
    "good": "circle-check",
    "attention": "alert-triangle",
    "bad": "circle-x",
    "waiting": "clock",
    "neutral": "circle-dashed",
}
"""The product's five meanings of a state, each with its icon."""


def icon(name: str, label: str = "") -> SafeString:
    """Return an icon of `static/kit/icons.svg`; without a label it is decoration."""
    use = f"{static('kit/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="zs-icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, use)
    return format_html('<svg class="zs-icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', use)


def badge(meaning: str, text: object, icon_name: str = "") -> SafeString:
    """Say a state by colour, icon and word. Raises: KeyError if `meaning` is not one of the five."""
    drawn = icon(icon_name or MEANINGS[meaning])
    return format_html('<span class="zs-badge zs-{}">{}<span>{}</span></span>', meaning, drawn, text)
