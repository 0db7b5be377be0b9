"""Where what is missing is mended."""

from typing import Any

from django import template

from zhunsheng.admission.licensing.rules.wizard import part_of_field

register = template.Library()


@register.filter
def part_of(one: Any, kind: str) -> str:
    """Return the page of the form on which something missing, or a gap, is mended."""
    return str(part_of_field(kind, one.field))
