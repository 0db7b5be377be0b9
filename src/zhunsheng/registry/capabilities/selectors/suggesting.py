"""What to offer while somebody types: terms that the last word may become, the most tested first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhunsheng.registry.capabilities.index import keeping
from zhunsheng.registry.capabilities.words.spelling import form_of, has_han
from zhunsheng.registry.capabilities.words.terms import Kind

if TYPE_CHECKING:
    from zhunsheng.registry.capabilities.words.terms import Dictionary, Term

SHOWN = 8
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term with the whole query that choosing it makes."""

    term: Term
    query: str


def suggest(text: str) -> list[Suggestion]:
    """Return what the last word of a query may become; nothing before there is an index."""
    index = keeping.current()
    text = text.replace("\0", "").strip()[-200:]
    if index is None or not text:
        return []
    for size in range(min(_LONGEST, len(text)), 0, -1):
        head, tail = text[:-size], text[-size:]
        if not head or head[-1].isspace() or has_han(head[-1]):
            places = _completions(form_of(tail), index.dictionary)
            if places:
                return [
                    Suggestion(index.dictionary.terms[place], _joined(head, place, index.dictionary))
                    for place in places
                ]
    return []


def _completions(form: str, dictionary: Dictionary) -> list[int]:
    if not form:
        return []
    ranked: dict[int, tuple[int, int, int]] = {}
    for place, _quality in dictionary.starting(form):
        term = dictionary.terms[place]
        if term.weight or term.kind is not Kind.REGION:  # a country has thousands of counties
            ranked[place] = (-int(place in dictionary.forms.get(form, ())), int(not term.weight), -term.weight)
    if len(ranked) < SHOWN and (has_han(form) or len(form) > 2):
        for place in dictionary.containing(form):
            ranked.setdefault(place, (1, 0, -dictionary.terms[place].weight))
    return sorted(ranked, key=lambda place: (ranked[place], place))[:SHOWN]


def _joined(head: str, place: int, dictionary: Dictionary) -> str:
    return f"{head.strip()} {dictionary.terms[place].name}".strip()
