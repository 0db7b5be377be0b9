"""Terms, and the dictionary that finds them by any of their spellings. Pure and read only, so threads may share it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_MEANINGS = 60
"""Terms that one word may stand for ("农药" is part of many names)."""


class Kind(IntEnum):
    """What a term names; the order decides what a word means that names several things."""

    PARAMETER = 0
    OBJECT = 1
    METHOD = 2
    REGION = 3
    DOMAIN = 4


class Quality(IntEnum):
    """How surely a word means a term."""

    TYPO = 1
    PART = 2
    PINYIN = 3
    EXACT = 4


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that can be searched for. `key` is its catalogue code or number, or "~" and the normalised text."""

    kind: Kind
    key: str
    name: str
    name_en: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Spelling:
    """One form of a term with its whole pinyin and initials (empty where it has no Chinese character)."""

    form: str
    term: int
    pinyin: str = ""
    initials: str = ""


@dataclass(slots=True)
class Dictionary:
    """All terms by form, pinyin, initials and fragments; build with `Dictionary.of`."""

    terms: list[Term]
    forms: dict[str, list[int]] = field(default_factory=dict)
    pinyin: dict[str, list[int]] = field(default_factory=dict)
    initials: dict[str, list[int]] = field(default_factory=dict)
    longest: int = 1
    _places: dict[tuple[Kind, str], int] = field(default_factory=dict)
    _text: str = ""
    _starts: list[int] = field(default_factory=list)
    _listed: list[str] = field(default_factory=list)
    _sorted: dict[str, list[str]] = field(default_factory=dict)
    _by_letter: dict[str, list[int]] = field(default_factory=dict)
    _numbers: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: list[Term], spellings: Iterable[Spelling]) -> Dictionary:
        """Build the dictionary; heavier terms come first wherever several fit."""
        made = cls(terms)
        for one in spellings:
            for table, text in ((made.forms, one.form), (made.pinyin, one.pinyin), (made.initials, one.initials)):
                held = table.setdefault(text, []) if text else []
                if one.term not in held:
                    held.append(one.term)
        for table in (made.forms, made.pinyin, made.initials):
            for held in table.values():
                held.sort(key=lambda place: (terms[place].kind, -terms[place].weight, terms[place].key))
        made._arrange()
        return made

    def _arrange(self) -> None:
        self._listed = list(self.forms)
        self.longest = max(map(len, self._listed), default=1)
        at = 0
        for place, form in enumerate(self._listed):
            self._starts.append(at)
            at += len(form) + 1
            for letter in set(form):
                self._by_letter.setdefault(letter, []).append(place)
        self._text = "\n".join(self._listed)
        self._sorted = {
            name: sorted(table)
            for name, table in (("forms", self.forms), ("pinyin", self.pinyin), ("initials", self.initials))
        }
        for place, term in enumerate(self.terms):
            self._places[term.kind, term.key] = place
            if term.kind is Kind.METHOD and " " in term.key:
                self._numbers.setdefault(term.key.rsplit(" ", 1)[1].casefold(), []).append(place)

    def place(self, kind: Kind, key: str) -> int | None:
        """Return the place of the term with this key, or None."""
        return self._places.get((kind, key))

    def standards(self, prefix: str, number: str) -> list[int]:
        """Return the standards that a fragment such as "5750.6", "5750" or "GBT 5750" may mean, exact numbers first.

        Args:
            prefix: letters before the number, "" where none were given; "GB" means "GB/T" as well.
        """
        letters = prefix.casefold().replace("/", "").replace(" ", "")
        exact = self._fitting(self._numbers.get(number, ()), letters)
        if exact:
            return exact
        parts = [key for key in self._numbers if key.startswith((number + ".", number + "-"))]
        return self._fitting((place for key in sorted(parts) for place in self._numbers[key]), letters)

    def _fitting(self, places: Iterable[int], letters: str) -> list[int]:
        found = []
        for place in places:
            own = self.terms[place].key.rsplit(" ", 1)[0].casefold().replace("/", "").replace(" ", "")
            if not letters or own.startswith(letters):
                found.append(place)
        return found

    def containing(self, text: str) -> list[int]:
        """Return the terms one of whose forms contains the text, those that begin with it and heavy ones first."""
        found: dict[int, tuple[int, int]] = {}
        at = self._text.find(text)
        while at >= 0 and len(found) < 4 * MOST_MEANINGS:
            place = bisect_left(self._starts, at + 1) - 1
            form = self._listed[place]
            for term in self.forms[form]:
                rank = (0 if at == self._starts[place] else 1, len(form))
                found[term] = min(found.get(term, rank), rank)
            at = self._text.find(text, self._starts[place] + len(form))
        ranked = sorted(found, key=lambda term: (found[term][0], -self.terms[term].weight, found[term][1], term))
        return ranked[:MOST_MEANINGS]

    def resembling(self, text: str, *, least: float, limit: int = 5) -> list[tuple[str, float, list[int]]]:
        """Return the forms most like a mistyped word, each with its likeness (0…100) and its terms."""
        letters = sorted((self._by_letter.get(one, []) for one in set(text)), key=len)
        size = len(text)
        near = {
            place for held in letters[: 2 if size < 5 else 3] for place in held
        }  # one of any three letters is right
        candidates = [self._listed[p] for p in near if abs(len(self._listed[p]) - size) <= max(1, size // 3)]
        found = process.extract(text, candidates, scorer=fuzz.ratio, score_cutoff=least, limit=limit * 3)
        ranked = sorted(found, key=lambda hit: (-hit[1], -self._weight(hit[0]), hit[0]))
        return [(form, score, self.forms[form]) for form, score, _place in ranked[:limit]]

    def resembling_initials(self, text: str, *, least: float) -> list[tuple[str, float, list[int]]]:
        """Return the initials or pinyin most like a mistyped run of Latin letters."""
        tables = (self.initials,) if len(text) < 6 else (self.pinyin, self.initials)
        for table in tables:
            near = [one for one in table if abs(len(one) - len(text)) <= 1 and one[0] == text[0]]
            found = process.extract(text, near, scorer=fuzz.ratio, score_cutoff=least, limit=8)
            if found:
                best = max(found, key=lambda hit: (hit[1], max(self.terms[t].weight for t in table[hit[0]])))
                return [(best[0], best[1], table[best[0]])]
        return []

    def starting(self, text: str, *, limit: int = 60) -> Iterator[tuple[int, Quality]]:
        """Yield terms whose form, pinyin or initials begin with the text."""
        for name, quality in (("forms", Quality.EXACT), ("pinyin", Quality.PINYIN), ("initials", Quality.PINYIN)):
            listed, table = self._sorted[name], getattr(self, name)
            at = bisect_left(listed, text)
            for word in listed[at : at + limit]:
                if not word.startswith(text):
                    break
                for term in table[word]:
                    yield term, quality

    def _weight(self, form: str) -> int:
        return max((self.terms[term].weight for term in self.forms[form]), default=0)
