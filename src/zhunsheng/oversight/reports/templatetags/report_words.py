"""`{{ text|glossed }}`: what a foreign publisher's word means, in the reader's language; empty for other words."""

from django import template
from django.utils.translation import get_language

from zhunsheng.oversight.reports import wording
from zhunsheng.oversight.reports.sources.glosses import gloss

register = template.Library()


@register.filter
def glossed(text: object) -> str:
    """Return the meaning of a published word, or an empty text where there is none to give."""
    language = get_language() or "zh-hans"
    meaning = gloss(str(text), language) if isinstance(text, str) else None
    if meaning and language.lower() == "zh-hant":
        return wording.traditional(meaning)
    return meaning or ""
