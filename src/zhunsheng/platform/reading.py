"""In which of the two languages of our texts somebody reads: words of law and names exist in Chinese and English."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language, pgettext


def language() -> str:
    """Return "en" for a reader of English, else "zh"."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def in_language(words: Mapping[str, str]) -> str:
    """Return the words in the reader's language."""
    return words[language()]


def listed(parts: Iterable[str]) -> str:
    """Return parts as a list in the reader's language."""
    return pgettext("reasons", ", ").join(parts)
