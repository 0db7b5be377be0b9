"""Words for the codes of the catalogue."""

from django import template
from django.utils.translation import get_language

from zhunsheng.foundation.quantities import quantity_kinds
from zhunsheng.registry.catalogue import rows

register = template.Library()


@register.filter
def state_words(state: str) -> str:
    """Return how an edition stands, in words."""
    return rows.state_words(state)


@register.filter
def kind_words(key: str) -> str:
    """Return the name of a kind of quantity in the reader's language; a key of old as it is."""
    kind = quantity_kinds().get(key)
    if kind is None:
        return key
    return kind.en if (get_language() or "").startswith("en") else kind.zh
