"""A refusal of the domain in the reader's language: what is wrong, and how to mend it."""

from typing import Final

from django.utils.translation import get_language, gettext

from zhunsheng.foundation.errors import DomainError

_ENDS: Final = ".。!！?？:：;；…"


def sentence(error: DomainError) -> str:
    """Return what was refused, its places filled; the stable name of the rule where it has no words."""
    said = gettext(error.message) if error.message else error.code
    return said % error.params if error.params else said


def remedy(error: DomainError) -> str:
    """Return what to do about it; empty where nothing is known."""
    return gettext(error.remedy) if error.remedy else ""


def sentence_and_remedy(error: DomainError) -> str:
    """Return both in one text; a sentence without its full stop is given one before the remedy follows."""
    said, mend = sentence(error), remedy(error)
    if mend and said and said[-1] not in _ENDS:
        said += "。" if (get_language() or "").startswith("zh") else "."
    return f"{said} {mend}".rstrip()
