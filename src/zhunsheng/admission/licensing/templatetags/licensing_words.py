"""Words of codes on the officers' pages."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone

from zhunsheng.admission.licensing import decision_book
from zhunsheng.admission.licensing.forms.officer import OUTCOMES
from zhunsheng.admission.licensing.lifecycle import LineOutcome, Stage, outcome_words
from zhunsheng.admission.licensing.models import Explanation
from zhunsheng.admission.licensing.selectors import history
from zhunsheng.admission.licensing.selectors.file import explained as explanation_words
from zhunsheng.admission.licensing.selectors.history import Law
from zhunsheng.admission.licensing.tables.officer import OUTCOME_MEANINGS
from zhunsheng.platform.reading import in_language

register = template.Library()


@register.filter
def outcome_word(code: str, stage: str) -> str:
    """Return what became of a line of an application at a stage, in words."""
    return outcome_words(code, stage)


@register.filter
def outcome_meaning(code: str) -> str:
    """Return the colour of what became of a line."""
    return OUTCOME_MEANINGS[LineOutcome(code)]


@register.filter
def outcome_offered(code: str) -> str:
    """Return a proposed outcome as it is offered."""
    return str(dict(OUTCOMES).get(code, code))


@register.filter
def stage_word(code: str) -> str:
    """Return a stage in words."""
    return str(Stage(code).label)


@register.filter
def document_word(kind: str) -> str:
    """Return the title of a kind of document in the reader's language."""
    entry, _version = decision_book.document(kind, timezone.localdate())
    return in_language(entry.title)


@register.filter
def explained(one: Explanation) -> str:
    """Return the words of an explanation in the reader's language."""
    return explanation_words(one)


@register.filter
def law_named(named: str) -> Law | None:
    """Return a rule by its name and version, as `why` shows it."""
    return history.law_named(named)


@register.filter
def of_key(found: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping has under a key, or nothing."""
    return found.get(key)
