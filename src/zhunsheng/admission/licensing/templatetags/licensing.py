"""The facts and kinds of licensing in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template

from zhunsheng.admission.licensing import law_book
from zhunsheng.platform.reading import language

register = template.Library()


def in_language(words: Mapping[str, str] | str) -> str:
    """Pick the reader's language."""
    return words if isinstance(words, str) else words[language()]


@register.filter
def told(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the facts that a reason looked at: what each is called, and its value in words."""
    names = law_book.facts()[0].values
    return {
        in_language(names.get(name, name)): in_language(law_book.words_of(name, value))
        for name, value in inputs.items()
        if value != ""
    }


@register.filter
def kind_words(code: str) -> str:
    """Return what a kind of application is called."""
    return in_language(law_book.choices()["occasion"].get(code, code))
