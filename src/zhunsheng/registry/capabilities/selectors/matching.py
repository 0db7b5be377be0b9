"""Which lines of a segment a query meets on a day, and how well. Scores are explained in `selectors.search`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from zhunsheng.platform.accounts.models import prefix_of
from zhunsheng.registry.bodies.scope_index import day_number
from zhunsheng.registry.capabilities.words.terms import Kind, Quality

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from zhunsheng.registry.capabilities.index.directory import Directory
    from zhunsheng.registry.capabilities.index.segment import Segment
    from zhunsheng.registry.capabilities.words.query import Query, Slot
    from zhunsheng.registry.capabilities.words.terms import Dictionary

HIDDEN, SUSPENDED, ACTIVE = 0, 1, 2
"""What a line is worth on a day: not in force or without a certificate, certificate suspended, certificate valid."""
_STANDING = {"active": ACTIVE, "suspended": SUSPENDED}
STEP = 4
"""Points for each grade of `Quality` in a kind; what is subtracted below never reaches a whole grade."""
_BELOW, _ABOVE, _OTHER_EDITION, _SUPERSEDED = 1, 2, 2, 1


@dataclass(slots=True)
class Selection:
    """The lines of a segment that a query meets: positions, points and the bits of the slots that each fulfils."""

    segment: Segment
    lines: NDArray[Any]
    bodies: NDArray[Any]
    points: NDArray[Any]
    bits: NDArray[Any]
    state: NDArray[Any]
    combinations: NDArray[Any]


@dataclass(slots=True)
class _Wanted:
    """Points and slot bits for each number of one kind in a segment; `numbers` are those with points."""

    points: NDArray[np.uint8]
    bits: NDArray[np.uint16]
    numbers: list[int]


def select(
    segment: Segment, mask: NDArray[np.bool_] | None, query: Query, dictionary: Dictionary, people: Directory, day: date
) -> Selection:
    """Return what a query meets in a segment.

    Args:
        mask: bodies that the segment doesn't speak for.
    """
    combinations, points, bits = _combinations(segment, query, dictionary, day)
    lines, place = _lines(segment, combinations)
    state = live(segment, people, day)[lines]
    bodies = segment.columns["body"][lines]
    keep = state > HIDDEN
    if mask is not None:
        keep &= ~mask[bodies]
    regions = query.terms(Kind.REGION, dictionary)
    if regions:
        keep &= _placed(segment, lines, bodies, people, tuple(prefix_of(term.key) for term in regions))
    domains = query.terms(Kind.DOMAIN, dictionary)
    if domains:
        wanted = np.zeros(len(segment.tables.domains), dtype=bool)
        wanted[[at for term in domains if (at := segment.domain_at.get(term.key)) is not None]] = True
        keep &= wanted[segment.columns["domain"][lines]]
    if keep.all():
        kept_lines = lines if isinstance(lines, np.ndarray) else np.arange(lines.start, lines.stop)
    else:
        kept = np.flatnonzero(keep)
        kept_lines = lines[kept] if isinstance(lines, np.ndarray) else kept + lines.start
        place, bodies, state = place[kept], bodies[kept], state[kept]
    return Selection(segment, kept_lines, bodies, points[place], bits[place], state, combinations[place])


def _lines(segment: Segment, combinations: NDArray[Any]) -> tuple[NDArray[Any] | slice, NDArray[Any]]:
    """Return the lines of combinations, as a slice where they lie side by side, and the place of each combination."""
    starts = segment.columns["c_start"]
    if len(combinations) and int(combinations[-1]) - int(combinations[0]) + 1 == len(combinations):
        low, high = int(combinations[0]), int(combinations[-1]) + 1
        edges = starts[low : high + 1].astype(np.int64)
        lengths = edges[1:] - edges[:-1]
        return slice(int(starts[low]), int(starts[high])), np.repeat(np.arange(len(combinations)), lengths)
    return segment.lines_of(combinations)


def live(segment: Segment, people: Directory, day: date) -> NDArray[np.uint8]:
    """Return for every line what it is worth on a day; kept for the last few days and states of the register."""
    return _live(segment, _Same(people), day)


class _Same:
    """A directory as a key of a cache: the same object only."""

    def __init__(self, people: Directory) -> None:
        self.people = people

    def __hash__(self) -> int:
        return id(self.people)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.people is self.people


@lru_cache(maxsize=6)
def _live(segment: Segment, people: _Same, day: date) -> NDArray[np.uint8]:
    number = np.uint16(day_number(day, open_as=0))
    columns = segment.columns
    worth = [_STANDING.get(people.people.standing(one, day), HIDDEN) for one in segment.tables.certificates]
    state = np.array(worth, dtype=np.uint8)[columns["certificate"]] if worth else np.empty(0, np.uint8)
    gone = np.array([not people.people.exists(one, day) for one in segment.tables.bodies], dtype=bool)
    if gone.any():
        state[gone[columns["body"]]] = HIDDEN
    state[(columns["first"] > number) | (columns["last"] < number)] = HIDDEN
    return state


def places(segment: Segment, people: Directory) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the division of each body and of each site of a segment as a number, 0 for none."""
    return _places(segment, _Same(people))


@lru_cache(maxsize=6)
def _places(segment: Segment, people: _Same) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    known = people.people
    bodies = [int(known.bodies[one].division or 0) if one in known.bodies else 0 for one in segment.tables.bodies]
    sites = [int(known.sites.get(one) or 0) for one in segment.tables.sites]
    return np.array(bodies, dtype=np.int32), np.array(sites, dtype=np.int32)


def _placed(
    segment: Segment, lines: Any, bodies: NDArray[Any], people: Directory, prefixes: tuple[str, ...]
) -> NDArray[np.bool_]:
    """Tell for each line whether it is tested inside the divisions: at its site, else where the body is."""
    of_body, of_site = places(segment, people)
    body_in, site_in = _within(of_body, prefixes), _within(of_site, prefixes)
    site = segment.columns["site"][lines]
    here: NDArray[np.bool_] = np.where(of_site[site] > 0, site_in[site], body_in[bodies])
    return here


def _within(codes: NDArray[np.int32], prefixes: tuple[str, ...]) -> NDArray[np.bool_]:
    found = np.zeros(len(codes), dtype=bool)
    for prefix in prefixes:
        found |= (codes >= int(prefix.ljust(6, "0"))) & (codes <= int(prefix.ljust(6, "9")))
    return found


def _combinations(
    segment: Segment, query: Query, dictionary: Dictionary, day: date
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the combinations that fulfil a slot of every kind that the query has, with points and slot bits."""
    number = {id(slot): place for place, slot in enumerate(query.slots[:16])}
    parameters = _named(
        query.of_kind(Kind.PARAMETER), segment.parameter_at, len(segment.tables.parameters), dictionary, number
    )
    objects = _objects(query.of_kind(Kind.OBJECT), segment, dictionary, number)
    methods = _methods(query.of_kind(Kind.METHOD), segment, dictionary, number, day)
    combinations = _candidates(segment, parameters, methods, objects)
    points = np.zeros(len(combinations), dtype=np.uint8)
    bits = np.zeros(len(combinations), dtype=np.uint16)
    keep = np.ones(len(combinations), dtype=bool)
    for wanted, column in ((parameters, "c_parameter"), (objects, "c_object"), (methods, "c_method")):
        if wanted is not None:
            numbers = segment.columns[column][combinations]
            own = wanted.points[numbers]
            keep &= own > 0
            points += own
            bits |= wanted.bits[numbers]
    if methods is None:
        points += segment.method_until[segment.columns["c_method"][combinations]] >= day_number(day, open_as=0)
    return combinations[keep], points[keep], bits[keep]


def _candidates(
    segment: Segment, parameters: _Wanted | None, methods: _Wanted | None, objects: _Wanted | None
) -> NDArray[Any]:
    """Return the combinations of the kind that has the fewest, sorted."""
    if parameters is not None or methods is not None:
        offered = []
        if parameters is not None:
            offered.append([segment.combinations_of_parameter(one) for one in parameters.numbers])
        if methods is not None:
            offered.append([segment.combinations_of_method(one) for one in methods.numbers])
        parts = min(offered, key=lambda held: sum(map(len, held)))
        return np.sort(np.concatenate(parts)) if parts else np.empty(0, dtype=np.uint32)
    if objects is not None:
        stretches = [segment.combinations_of_object(one, one + 1) for one in sorted(objects.numbers)]
        parts = [np.arange(low, high) for low, high in stretches if high > low]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.uint32)
    return np.arange(segment.combinations)


def _blank(count: int) -> _Wanted:
    return _Wanted(np.zeros(count, dtype=np.uint8), np.zeros(count, dtype=np.uint16), [])


def _give(wanted: _Wanted, low: int, high: int, points: int, bit: int) -> None:
    stretch = wanted.points[low:high]
    wanted.numbers += [low + int(one) for one in np.flatnonzero(stretch == 0)]
    np.maximum(stretch, points, out=stretch)
    wanted.bits[low:high] |= np.uint16(1 << bit)


def _named(
    slots: tuple[Slot, ...], at: dict[str, int], count: int, dictionary: Dictionary, number: dict[int, int]
) -> _Wanted | None:
    if not slots:
        return None
    wanted = _blank(count)
    for slot in slots:
        for meaning in slot.meanings:
            place = at.get(dictionary.terms[meaning.term].key)
            if place is not None:
                _give(wanted, place, place + 1, STEP * meaning.quality, number.get(id(slot), 15))
    return wanted


def _objects(
    slots: tuple[Slot, ...], segment: Segment, dictionary: Dictionary, number: dict[int, int]
) -> _Wanted | None:
    """Return the objects meant, those below them, and those above them: a line for "water" covers drinking water."""
    if not slots:
        return None
    tables, wanted = segment.tables, _blank(len(segment.tables.objects))
    for slot in slots:
        bit = number.get(id(slot), 15)
        for meaning in slot.meanings:
            place = segment.object_at.get(dictionary.terms[meaning.term].key)
            if place is None:
                continue
            points = STEP * meaning.quality
            _give(wanted, place, place + 1, points, bit)
            if tables.object_end[place] > place + 1:
                _give(wanted, place + 1, tables.object_end[place], points - _BELOW, bit)
            above = tables.object_above[place] if meaning.quality >= Quality.PINYIN else -1
            while above >= 0:
                _give(wanted, above, above + 1, points - _ABOVE, bit)
                above = tables.object_above[above]
    return wanted


def _methods(
    slots: tuple[Slot, ...], segment: Segment, dictionary: Dictionary, number: dict[int, int], day: date
) -> _Wanted | None:
    """Return the editions meant: the year that was asked for first, else those current on the day."""
    if not slots:
        return None
    wanted, today = _blank(len(segment.tables.methods)), day_number(day, open_as=0)
    for slot in slots:
        for meaning in slot.meanings:
            for place in segment.methods_of.get(dictionary.terms[meaning.term].key, ()):
                points = STEP * meaning.quality
                year = int(segment.method_years[place])
                if slot.year is not None and year not in (0, slot.year):
                    points -= _OTHER_EDITION
                elif slot.year is None and segment.method_until[place] < today:
                    points -= _SUPERSEDED
                _give(wanted, place, place + 1, points, number.get(id(slot), 15))
    return wanted
