"""What the templates of the register need."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()
_CALIBRATION = {
    "calibrated": ("good", _("Calibrated")),
    "limited": ("attention", _("Fit for limited use")),
    "unfit": ("bad", _("Unfit")),
    "overdue": ("bad", _("Overdue")),
    "never": ("bad", _("Never calibrated")),
}


@register.filter
def at(words: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping holds under a key."""
    return words[key]


@register.inclusion_tag("bodies/_badge.html")
def calibration_badge(state: str) -> dict[str, Any]:
    """Say how an instrument's calibration stands."""
    meaning, words = _CALIBRATION[state]
    return {"meaning": meaning, "words": words}
