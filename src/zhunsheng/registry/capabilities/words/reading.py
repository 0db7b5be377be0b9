"""Reads a query: standard numbers first, then the cheapest cover of the rest by terms of the dictionary.

Every stretch of the query is an edge: an exact name, pinyin, initials, part of a name, a homophone, a likely typing
error, a filler word. The best path has the highest sum of `_WORTH` × letters; a stretch that nothing explains costs.
Costlier kinds of edges are only made for what cheaper ones left unexplained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhunsheng.foundation.identifiers import normalise_name, tidy
from zhunsheng.registry.capabilities.words.colloquial import fillers
from zhunsheng.registry.capabilities.words.query import Meaning, Query, Slot
from zhunsheng.registry.capabilities.words.spelling import has_han, simplified, syllables
from zhunsheng.registry.capabilities.words.terms import MOST_MEANINGS, Dictionary, Kind, Quality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST = 200
"""Characters of a query that are read."""
_UNITS = 60
_SPAN = 14
_WORTH = {"exact": 10.0, "pinyin": 8.0, "part": 6.0, "homophone": 5.5, "initials": 5.0, "typo": 4.5}
_EDGE, _UNEXPLAINED = 3.0, 4.0
_LIKE_HAN, _LIKE_LATIN = 66.0, 78.0
_STANDARD = re.compile(
    r"(?<![a-z0-9])(?P<prefix>(?:db ?[0-9]{2,6}|t ?/ ?[a-z]{2,10}|[a-z]{2,5})(?: ?/ ?[tz])?)? ?"
    r"(?P<number>[0-9]{2,}(?:\.[0-9]+)*)(?: ?[-:—] ?(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9]))?(?![a-z0-9.-])"
)
_KNOWN_PREFIX = re.compile(r"(gb|hj|ny|sn|db|jj|yy|qb|fz|jc|jg|cj|ws|sl|ly|sc|hg|sh|yb|sy|iso|iec|en|astm|t/|ls|bb|qc)")
_CAS = re.compile(r"(?<![0-9])[0-9]{2,7}-[0-9]{2}-[0-9](?![0-9])")
_PIECE = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
_NOISE = re.compile(r"[，,、;；/|+&？?！!。…]+")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A Chinese character or a run of others, with whether a space stands before it."""

    text: str
    han: bool
    gap: bool
    worth: float


@dataclass(frozen=True, slots=True)
class _Edge:
    first: int
    after: int
    how: str
    terms: tuple[int, ...] = ()
    read_as: str = ""
    guesses: tuple[str, ...] = ()


_QUALITY = {
    "exact": Quality.EXACT,
    "pinyin": Quality.PINYIN,
    "initials": Quality.PINYIN,
    "part": Quality.PART,
    "homophone": Quality.TYPO,
    "typo": Quality.TYPO,
}


def read(text: str, dictionary: Dictionary) -> Query:
    """Return what a query means; never raises, whatever was typed."""
    plain = simplified(tidy(text.replace("\0", "")[:LONGEST])).casefold()
    slots: list[Slot] = []
    rest = _take_standards(plain, dictionary, slots)
    unknown: list[str] = []
    units = _unglued(_units(rest), dictionary)
    slots += _slots(units, _without_scraps(units, _best_path(units, dictionary)), dictionary, unknown)
    return Query(text, tuple(slots), tuple(unknown))


def named(kind: Kind, text: str, dictionary: Dictionary) -> Slot:
    """Return the slot for a term of one kind given by key, code, name or synonym; without meanings if there is none."""
    place = dictionary.place(kind, text.strip())
    if place is not None:
        return Slot(dictionary.terms[place].name, kind, (Meaning(place, Quality.EXACT),))
    if kind is Kind.METHOD:
        found = read(text, dictionary).of_kind(kind)
        return found[0] if found else Slot(text, kind, ())
    places = dictionary.forms.get(normalise_name(simplified(text)), ())
    return Slot(text, kind, tuple(Meaning(one, Quality.EXACT) for one in places if dictionary.terms[one].kind is kind))


def widened(query: Query, dictionary: Dictionary) -> Query:
    """Return the query with parameters that the words are a part of: 二氧化硫 then means 二氧化硫残留量 as well."""
    slots = []
    for slot in query.slots:
        more: tuple[Meaning, ...] = ()
        if slot.kind is Kind.PARAMETER:
            own = {one.term for one in slot.meanings}
            found = dictionary.containing(normalise_name(slot.text)) if len(slot.text) > 1 else []
            fitting = (t for t in found if t not in own and dictionary.terms[t].kind is Kind.PARAMETER)
            more = tuple(Meaning(term, Quality.PART) for term in fitting)
        slots.append(replace(slot, meanings=slot.meanings + more))
    return replace(query, slots=tuple(slots))


def _take_standards(plain: str, dictionary: Dictionary, slots: list[Slot]) -> str:
    """Move the standard numbers of a query into slots and return what is left."""
    registry_numbers = [one.span() for one in _CAS.finditer(plain)]

    def taken(found: re.Match[str]) -> str:
        prefix, number = (found["prefix"] or "").replace(" ", ""), found["number"]
        if any(first <= found.start() < after for first, after in registry_numbers):
            return found[0]
        if not prefix and len(number) < 3:
            return found[0]
        places = dictionary.standards(prefix, number)
        known = prefix and _KNOWN_PREFIX.match(prefix)
        if not places and not known:
            return found[0]
        meanings = tuple(Meaning(place, Quality.EXACT) for place in places[:MOST_MEANINGS])
        slots.append(Slot(found[0].strip().upper(), Kind.METHOD, meanings, _year(found["year"])))
        return " "

    return _STANDARD.sub(taken, plain)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    number = int(text)
    return number if number > 1000 else number + (1900 if number > 50 else 2000)


def _units(text: str) -> list[_Unit]:
    found: list[_Unit] = []
    last = -1
    for piece in _PIECE.finditer(_NOISE.sub(" ", text)):
        shown = normalise_name(piece[0])
        if not shown:
            continue
        han = has_han(shown)
        found.append(_Unit(shown, han, piece.start() != last, 1.0 if han else max(1.0, len(shown) / 2)))
        last = piece.end()
    return found[:_UNITS]


def _best_path(units: list[_Unit], dictionary: Dictionary) -> list[_Edge]:
    """Return the edges that explain the units best, making costlier ones only where something stays unexplained."""
    edges = [*_plain_edges(units, dictionary)]
    path = _cheapest(units, edges)
    for more in (_loose_edges, _guessed_edges):
        open_units = {place for edge in path if edge.how == "unknown" for place in range(edge.first, edge.after)}
        if not open_units:
            break
        edges += more(units, open_units, dictionary)
        path = _cheapest(units, edges)
    return path


def _without_scraps(units: list[_Unit], path: list[_Edge]) -> list[_Edge]:
    """Return the path without parts of names that explain less of a word than stays unexplained right beside them.

    "微囊藻毒素" is unknown: that 毒素 is part of known names says nothing about it.
    """
    kept: list[_Edge] = []
    for place, edge in enumerate(path):
        beside = 0
        if edge.how == "part":
            before = place - 1
            while before >= 0 and path[before].how == "unknown" and not units[path[before].after].gap:
                beside, before = beside + 1, before - 1
            after = place + 1
            while after < len(path) and path[after].how == "unknown" and not units[path[after].first].gap:
                beside, after = beside + 1, after + 1
        scrap = beside >= edge.after - edge.first > 0 and edge.how == "part"
        kept += [_Edge(at, at + 1, "unknown") for at in range(edge.first, edge.after)] if scrap else [edge]
    return kept


def _cheapest(units: list[_Unit], edges: Sequence[_Edge]) -> list[_Edge]:
    """Return the path of highest worth from the first unit to the last."""
    worth = [0.0] + [float("-inf")] * len(units)
    came: list[_Edge | None] = [None] * (len(units) + 1)
    by_first: dict[int, list[_Edge]] = {}
    for edge in edges:
        by_first.setdefault(edge.first, []).append(edge)
    for place, unit in enumerate(units):
        offered = [*by_first.get(place, ()), _Edge(place, place + 1, "unknown")]
        for edge in offered:
            if edge.how == "unknown":
                gain = -_UNEXPLAINED * unit.worth
            elif edge.how == "filler":
                gain = -0.5
            else:
                gain = _WORTH[edge.how] * sum(one.worth for one in units[place : edge.after]) - _EDGE
            if worth[place] + gain > worth[edge.after]:
                worth[edge.after], came[edge.after] = worth[place] + gain, edge
    path, at = [], len(units)
    while at > 0 and (last := came[at]) is not None:
        path.append(last)
        at = last.first
    return path[::-1]


def _plain_edges(units: list[_Unit], dictionary: Dictionary) -> Iterator[_Edge]:
    """Yield exact names, pinyin, initials and fillers."""
    for first in range(len(units)):
        joined = ""
        latin = True
        for after in range(first + 1, min(first + _SPAN, len(units)) + 1):
            joined += units[after - 1].text
            latin = latin and not units[after - 1].han
            if joined in fillers():
                yield _Edge(first, after, "filler")
            if joined in dictionary.forms:
                yield _Edge(first, after, "exact", tuple(dictionary.forms[joined]), joined)
            elif latin and joined in dictionary.pinyin:
                yield _Edge(first, after, "pinyin", tuple(dictionary.pinyin[joined]))
            elif latin and len(joined) > 1 and after == first + 1 and joined in dictionary.initials:
                yield _Edge(first, after, "initials", tuple(dictionary.initials[joined]))
            if len(joined) > dictionary.longest:
                break


def _loose_edges(units: list[_Unit], open_units: set[int], dictionary: Dictionary) -> Iterator[_Edge]:
    """Yield parts of names, homophones and glued pinyin over stretches with something unexplained."""
    for low, high in _chunks(units):
        if not open_units.intersection(range(low, high)):
            continue
        for first in range(low, high):
            joined, sound, contained = "", "", True
            for after in range(first + 1, min(first + _SPAN, high) + 1):
                unit = units[after - 1]
                joined += unit.text
                sound += "".join(syllables(unit.text)) if unit.han else unit.text
                if not open_units.intersection(range(first, after)):
                    continue
                if contained and _long_enough(joined, alone=high - low == 1):
                    terms = dictionary.containing(joined)
                    contained = bool(terms)
                    if terms:
                        yield _Edge(first, after, "part", tuple(terms), joined)
                if after - first > 1 and unit.han and sound in dictionary.pinyin:
                    heard = _heard(sound, dictionary, whole=(first, after) == (low, high))
                    if heard:
                        yield _Edge(first, after, "homophone", heard)


def _heard(sound: str, dictionary: Dictionary, *, whole: bool) -> tuple[int, ...]:
    """Return the terms that sound so; places only when nothing else was typed beside them: there are too many."""
    heard = dictionary.pinyin[sound]
    return tuple(term for term in heard if whole or dictionary.terms[term].kind is not Kind.REGION)


def _long_enough(text: str, *, alone: bool) -> bool:
    return alone or len(text) > 1 if has_han(text) else len(text) > 3


def _unglued(units: list[_Unit], dictionary: Dictionary) -> list[_Unit]:
    """Return the units with two pinyin words that were typed as one ("shuiqian") taken apart."""
    found: list[_Unit] = []
    for unit in units:
        known = unit.han or any(unit.text in one for one in (dictionary.forms, dictionary.pinyin, dictionary.initials))
        cut = 0 if known else _seam(unit.text, dictionary)
        parts = [unit.text[:cut], unit.text[cut:]] if cut else [unit.text]
        found += [unit] if not cut else [_Unit(one, False, True, max(1.0, len(one) / 2)) for one in parts]
    return found


def _seam(text: str, dictionary: Dictionary) -> int:
    halves = range(len(text) - 2, 1, -1)
    return next((cut for cut in halves if text[:cut] in dictionary.pinyin and text[cut:] in dictionary.pinyin), 0)


def _chunks(units: list[_Unit]) -> Iterator[tuple[int, int]]:
    """Yield the stretches without a space; Latin words beside each other count as one."""
    first = 0
    for place in range(1, len(units) + 1):
        if place == len(units) or (units[place].gap and (units[place].han or units[place - 1].han)):
            yield first, place
            first = place


def _guessed_edges(units: list[_Unit], open_units: set[int], dictionary: Dictionary) -> Iterator[_Edge]:
    """Yield likely typing errors over whole stretches and over what is unexplained in them."""
    for low, high in _chunks(units):
        inside = sorted(open_units.intersection(range(low, high)))
        if not inside:
            continue
        for first, after in dict.fromkeys([(low, high), (inside[0], inside[-1] + 1), *((p, p + 1) for p in inside)]):
            joined = "".join(unit.text for unit in units[first:after])
            found = _alike(joined, dictionary)
            if found:
                named = (dictionary.terms[terms[0]].name for _form, _score, terms in found)
                guesses = tuple(dict.fromkeys(named))[1:4]
                yield _Edge(first, after, "typo", tuple(found[0][2]), found[0][0], guesses)


def _alike(text: str, dictionary: Dictionary) -> list[tuple[str, float, list[int]]]:
    if has_han(text):
        return dictionary.resembling(text, least=_LIKE_HAN) if len(text) > 2 else []
    if len(text) < 4:
        return []
    return dictionary.resembling(text, least=_LIKE_LATIN) or dictionary.resembling_initials(text, least=_LIKE_LATIN)


def _slots(units: list[_Unit], path: Iterable[_Edge], dictionary: Dictionary, unknown: list[str]) -> Iterator[Slot]:
    found = list(path)
    parameter_said = any(_kinds(edge, dictionary) == {Kind.PARAMETER} for edge in found)
    run = ""
    for edge in [*found, None]:
        if edge is not None and edge.how == "unknown":
            run += ("" if not run or not units[edge.first].gap else " ") + units[edge.first].text
            continue
        if run:
            unknown.append(run)
            run = ""
        if edge is not None and edge.terms:
            yield _slot(units, edge, dictionary, parameter_said=parameter_said)


def _kinds(edge: _Edge, dictionary: Dictionary) -> set[Kind]:
    return {dictionary.terms[term].kind for term in edge.terms}


def _slot(units: list[_Unit], edge: _Edge, dictionary: Dictionary, *, parameter_said: bool) -> Slot:
    """Return the slot of an edge; a word that names a parameter and an object is the object beside a parameter."""
    kinds = _kinds(edge, dictionary)
    if edge.how == "part":
        kinds = {next((k for t in edge.terms if (k := dictionary.terms[t].kind) is not Kind.METHOD), Kind.METHOD)}
    if parameter_said and Kind.OBJECT in kinds:
        kinds = kinds - {Kind.PARAMETER}
    kind = min(kinds)
    quality = _QUALITY[edge.how]
    meanings = tuple(Meaning(term, quality) for term in edge.terms if dictionary.terms[term].kind is kind)
    text = "".join(
        (" " if unit.gap and place else "") + unit.text for place, unit in enumerate(units[edge.first : edge.after])
    )
    read_as = dictionary.terms[meanings[0].term].name if quality is Quality.TYPO else ""
    return Slot(text, kind, meanings[:MOST_MEANINGS], None, read_as, edge.guesses)
