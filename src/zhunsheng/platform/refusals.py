"""A refusal of the domain in the reader's language: what is wrong, and how to mend it."""

from django.utils.translation import gettext

from zhunsheng.foundation.errors import DomainError


def sentence(error: DomainError) -> str:
    """Return what was refused, its places filled; the stable name of the rule where it has no words."""
    said = gettext(error.message) if error.message else error.code
    return said % error.params if error.params else said


def remedy(error: DomainError) -> str:
    """Return what to do about it; empty where nothing is known."""
    return gettext(error.remedy) if error.remedy else ""


def sentence_and_remedy(error: DomainError) -> str:
    """Return both in one text."""
    return f"{sentence(error)} {remedy(error)}".rstrip()
