"""Gathers every spelling of every term: catalogue, divisions, colloquial words, and texts that only schedules print."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from zhunsheng.platform.accounts.models import Division
from zhunsheng.registry.capabilities.words.colloquial import colloquial
from zhunsheng.registry.capabilities.words.spelling import form_of, has_han, pinyin, without_brackets
from zhunsheng.registry.capabilities.words.terms import Kind, Spelling, Term
from zhunsheng.registry.catalogue.models import (
    ObjectSynonym,
    Parameter,
    ParameterSynonym,
    Standard,
    StandardEdition,
    TestObject,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PRINTED_MOST = 300_000
"""Texts unknown to the catalogue that the dictionary keeps, the most frequent first."""
_SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "区", "县", "盟", "旗")


class Gathered:
    """Terms and spellings while they are gathered; each spelling of a term is kept once."""

    def __init__(self, weights: Mapping[Kind, Mapping[str, int]]) -> None:
        self.terms: list[Term] = []
        self.spellings: list[Spelling] = []
        self._weights = weights
        self._places: dict[tuple[Kind, str], int] = {}
        self._seen: set[tuple[int, str]] = set()
        self._by_name: dict[str, list[int]] = {}

    def term(self, kind: Kind, key: str, name: str, name_en: str = "") -> int:
        """Return the place of a term, made at its first mention."""
        place = self._places.get((kind, key))
        if place is None:
            place = self._places[kind, key] = len(self.terms)
            self.terms.append(Term(kind, key, name, name_en, self._weights.get(kind, {}).get(key, 0)))
            self._by_name.setdefault(form_of(name), []).append(place)
        return place

    def spell(self, place: int, *texts: str, sounded: bool = True) -> None:
        """Let a term be found by these texts and, with `sounded`, by the pinyin of the Chinese ones."""
        for text in texts:
            form = form_of(text)
            if form and (place, form) not in self._seen:
                self._seen.add((place, form))
                sound, initials = pinyin(form) if sounded and has_han(form) else ("", "")
                self.spellings.append(Spelling(form, place, sound, initials if len(initials) > 1 else ""))

    def named(self, name: str) -> list[int]:
        """Return the terms of this name."""
        return self._by_name.get(form_of(name), [])


def gather(weights: Mapping[Kind, Mapping[str, int]], printed: Mapping[Kind, Iterable[tuple[str, str]]]) -> Gathered:
    """Return all terms.

    Args:
        weights: how many scope lines each key of a kind has; printed: keys and texts that schedules have and the
            catalogue may not know, the most frequent first.
    """
    made = Gathered(weights)
    _parameters(made)
    _objects(made)
    _standards(made)
    _divisions(made)
    _printed(made, printed)
    for word, names in colloquial():
        for name in names:
            for place in made.named(name):
                made.spell(place, word)
    return made


def printed_words(
    printed: Mapping[Kind, Iterable[tuple[str, str]]], *, first: int
) -> tuple[list[Term], list[Spelling]]:
    """Return terms and spellings of printed texts alone, their places counted from `first`."""
    made = Gathered({})
    _printed(made, printed)
    return made.terms, [Spelling(one.form, one.term + first, one.pinyin, one.initials) for one in made.spellings]


def _printed(made: Gathered, printed: Mapping[Kind, Iterable[tuple[str, str]]]) -> None:
    for kind, rows in printed.items():
        for key, text in islice(rows, PRINTED_MOST):
            made.spell(made.term(kind, key, text), text, without_brackets(text), sounded=kind is not Kind.METHOD)


def _parameters(made: Gathered) -> None:
    places = {}
    for pk, code, name, english, cas in Parameter.objects.order_by("pk").values_list(
        "pk", "code", "name", "name_en", "cas"
    ):
        places[pk] = made.term(Kind.PARAMETER, code, name, english)
        made.spell(places[pk], name, without_brackets(name), english, cas, code)
    for pk, text in ParameterSynonym.objects.order_by("pk").values_list("parameter_id", "text"):
        made.spell(places[pk], text, without_brackets(text))


def _objects(made: Gathered) -> None:
    places = {}
    for pk, code, name, english in TestObject.objects.order_by("pk").values_list("pk", "code", "name", "name_en"):
        places[pk] = made.term(Kind.OBJECT, code, name, english)
        made.spell(places[pk], name, without_brackets(name), english, code)
    for pk, text in ObjectSynonym.objects.order_by("pk").values_list("object_id", "text"):
        made.spell(places[pk], text, without_brackets(text))


def _standards(made: Gathered) -> None:
    places = {}
    for pk, base, title, english in Standard.objects.order_by("pk").values_list("pk", "base_code", "title", "title_en"):
        places[pk] = made.term(Kind.METHOD, base, base, "")
        made.spell(places[pk], base, title, english, sounded=False)
    for pk, code in StandardEdition.objects.order_by("pk").values_list("standard_id", "code"):
        made.spell(places[pk], code, sounded=False)


def _divisions(made: Gathered) -> None:
    for code, name, english in Division.objects.order_by("code").values_list("code", "name", "name_en"):
        place = made.term(Kind.REGION, code, name, english)
        made.spell(place, name, english, *_short_names(name))


def _short_names(name: str) -> Iterator[str]:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) > 1:
            yield name.removesuffix(suffix)
            return
