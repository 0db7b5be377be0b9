"""Words of credit files for templates."""

from typing import Any, Final

from django import template
from django.utils.translation import gettext_lazy as _

from zhunsheng.registry.credit import showing

register = template.Library()

SOURCES: Final[dict[str, Any]] = {
    "enforcement": _("Penalty case"),
    "visits": _("On-site inspection"),
    "licensing.verification": _("Verification after a decision"),
    "licensing.decision": _("Decision on an application"),
}
"""Rooms that enter events themselves; any other source is an office, by its own name."""


@register.filter
def source_words(source: str) -> Any:
    """Return what the source of an event is called."""
    return SOURCES.get(source, source)


register.filter(showing.grade_reason)
