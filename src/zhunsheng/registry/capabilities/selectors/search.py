"""Answers a query: bodies in the order in which somebody who looks for a test would want them.

Order: bodies that fulfil every word before those that fulfil some; a valid certificate before a suspended one; the
best line's points (names over parts of names over guesses, the very object over wider and narrower ones, current
editions over superseded ones); more matching lines; the identifier. Where nothing fulfils all words, the region, then
the standard, then the object is given up, and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from zhunsheng.registry.bodies.scope_index import day_number
from zhunsheng.registry.capabilities.index import directory, keeping
from zhunsheng.registry.capabilities.selectors.matching import ACTIVE, Selection, select
from zhunsheng.registry.capabilities.words.query import Query
from zhunsheng.registry.capabilities.words.reading import read, widened
from zhunsheng.registry.capabilities.words.terms import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from zhunsheng.registry.capabilities.index.directory import Directory, Entry
    from zhunsheng.registry.capabilities.index.keeping import Index

PER_PAGE = 10
LINES_SHOWN = 3
_GIVEN_UP = (Kind.REGION, Kind.METHOD, Kind.OBJECT)


@dataclass(frozen=True, slots=True)
class Line:
    """A matching scope line. `current` tells whether its edition is in force on the day."""

    id: int
    object: str
    parameter: str
    parameter_key: str
    method: str
    domain: str
    current: bool
    limited: bool
    site: int
    points: int


@dataclass(frozen=True, slots=True)
class Found:
    """A body with its best lines; `fulfilled` are the words of the query that its lines meet."""

    body: int
    entry: Entry
    standing: str
    certificate: str
    matches: int
    points: int
    complete: bool
    fulfilled: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Answer:
    """What was found. `gave_up` are kinds of words that no body fulfilled; `as_of` is when the index was built."""

    query: Query
    asked: Query
    on: date
    as_of: datetime | None
    total: int = 0
    complete: int = 0
    suspended: int = 0
    gave_up: tuple[Kind, ...] = ()
    found: list[Found] = field(default_factory=list)
    more: bool = False
    ranking: Ranking | None = None
    index: Index | None = None
    people: Directory | None = None

    @property
    def last(self) -> int:
        """Return the body after which the next page begins."""
        return self.found[-1].body if self.found else 0


@dataclass(slots=True)
class Ranking:
    """All bodies that a query meets, best first: their rows, and what they are ranked by."""

    selections: list[Selection]
    bodies: NDArray[np.int64]
    points: NDArray[Any]
    counts: NDArray[Any]
    bits: NDArray[Any]
    active: NDArray[np.bool_]
    complete: NDArray[np.bool_]


def search(
    text: str | Query,
    *,
    on: date,
    refine: Query | None = None,
    start: int = 0,
    after: int | None = None,
    limit: int = PER_PAGE,
    lines: int = LINES_SHOWN,
) -> Answer:
    """Answer a query as of a day: one query of the database, however many bodies are found.

    Args:
        refine: slots chosen from facets, all of which must be fulfilled; start or after: where the page begins, by
            place or after a body.
    """
    marks = directory.marks()
    index, people = keeping.current(), directory.current(marks)
    if index is None:
        blank = text if isinstance(text, Query) else Query(text)
        return Answer(blank, blank, on, None)
    asked = text if isinstance(text, Query) else read(text, index.dictionary)
    if refine is not None:
        asked = replace(asked, slots=(*asked.slots, *refine.slots))
    query, gave_up, ranking = _rank_or_give_up(index, asked, people, on)
    answer = Answer(query, asked, on, index.manifest.built_at, gave_up=gave_up, index=index, people=people)
    answer.ranking = ranking
    answer.total, answer.complete = len(ranking.bodies), int(ranking.complete.sum())
    answer.suspended = int((~ranking.active).sum())
    if after is not None:
        at = np.flatnonzero(ranking.bodies == after)
        start = int(at[0]) + 1 if len(at) else 0
    answer.more = start + limit < answer.total
    answer.found = _page(ranking, query, people, on, range(start, min(start + limit, answer.total)), lines)
    return answer


def _rank_or_give_up(
    index: Index, asked: Query, people: Directory, on: date
) -> tuple[Query, tuple[Kind, ...], Ranking]:
    if not asked.slots:
        return asked, (), _nothing()
    gave_up: tuple[Kind, ...] = ()
    query = asked
    ranking = rank(index, query, people, on)
    if not len(ranking.bodies):
        wider = widened(query, index.dictionary)
        if wider != query:
            query, ranking = wider, rank(index, wider, people, on)
    for kind in _GIVEN_UP:
        if len(ranking.bodies):
            break
        if query.of_kind(kind) and len({slot.kind for slot in query.slots}) > 1:
            query, gave_up = query.without(kind), (*gave_up, kind)
            ranking = rank(index, query, people, on)
    return (query, gave_up, ranking) if len(ranking.bodies) else (asked, (), ranking)


def _nothing() -> Ranking:
    blank = np.empty(0, dtype=np.int64)
    return Ranking([], blank, blank, blank, blank, blank.astype(bool), blank.astype(bool))


def rank(index: Index, query: Query, people: Directory, on: date) -> Ranking:
    """Return the bodies that meet a query, best first."""
    selections = [
        select(segment, mask, query, index.dictionary, people, on)
        for segment, mask in zip(index.segments, index.masks, strict=True)
    ]
    parts = [_by_body(selection) for selection in selections]
    bodies, points, counts, bits, active = (np.concatenate(column) for column in zip(*parts, strict=True))
    wanted = _all_bits(query)
    complete = (bits & wanted) == wanted
    covered = _ones(bits)
    order = np.lexsort((bodies, -counts, -covered, -points.astype(np.int64), ~active, ~complete))
    return Ranking(selections, bodies[order], points[order], counts[order], bits[order], active[order], complete[order])


def _by_body(selection: Selection) -> tuple[NDArray[Any], ...]:
    """Return row, best points, number of lines, slot bits and standing of every body in a selection."""
    size = len(selection.segment.tables.bodies)
    counts = np.bincount(selection.bodies, minlength=size)
    points, bits = np.zeros(size, dtype=np.uint8), np.zeros(size, dtype=np.uint16)
    for worth in np.flatnonzero(np.bincount(selection.points)):  # few levels: no sorting of a million points
        points[selection.bodies[selection.points == worth]] = worth
    for held in np.flatnonzero(np.bincount(selection.bits)).astype(np.uint16):
        here = np.zeros(size, dtype=bool)
        here[selection.bodies[selection.bits == held]] = True
        bits[here] |= held
    active = np.zeros(size, dtype=bool)
    active[selection.bodies[selection.state == ACTIVE]] = True
    held_by = np.flatnonzero(counts)
    rows = np.array(selection.segment.tables.bodies, dtype=np.int64)
    return rows[held_by], points[held_by], counts[held_by], bits[held_by], active[held_by]


def _all_bits(query: Query) -> np.uint16:
    """Return the bits of all slots that lines fulfil one by one: those of parameters, objects and standards."""
    chosen = [place for place, slot in enumerate(query.slots[:16]) if slot.kind <= Kind.METHOD]
    return np.uint16(sum(1 << place for place in chosen))


def _ones(bits: NDArray[Any]) -> NDArray[Any]:
    found: NDArray[Any] = np.bitwise_count(bits).astype(np.int64)
    return found


def _page(
    ranking: Ranking, query: Query, people: Directory, on: date, places: Iterable[int], lines: int
) -> list[Found]:
    chosen = list(places)
    best = best_lines(ranking, [int(ranking.bodies[place]) for place in chosen], people, on, lines)
    found = []
    for place in chosen:
        body = int(ranking.bodies[place])
        entry = people.bodies.get(body)
        if entry is None:  # gone since the index was built
            continue
        shown, certificate, standing = best[body]
        words = [slot.text for at, slot in enumerate(query.slots[:16]) if int(ranking.bits[place]) >> at & 1]
        found.append(
            Found(
                body=body,
                entry=entry,
                standing=standing,
                certificate=certificate,
                matches=int(ranking.counts[place]),
                points=int(ranking.points[place]),
                complete=bool(ranking.complete[place]),
                fulfilled=tuple(words),
                lines=tuple(shown),
            )
        )
    return found


def best_lines(
    ranking: Ranking, bodies: Sequence[int], people: Directory, on: date, limit: int
) -> dict[int, tuple[list[Line], str, str]]:
    """Return for each body its best lines, different slots first, with number and standing of the certificate."""
    found: dict[int, tuple[list[Line], str, str]] = {}
    for selection in ranking.selections:
        segment = selection.segment
        here = {at: body for body in bodies if (at := segment.body_at.get(body)) is not None and body not in found}
        wanted = np.zeros(len(segment.tables.bodies), dtype=bool)
        wanted[list(here)] = True
        hits = np.flatnonzero(wanted[selection.bodies]) if here else np.empty(0, dtype=np.int64)
        order = np.lexsort(
            (-selection.points[hits].astype(np.int64), -selection.state[hits].astype(np.int64), selection.bodies[hits])
        )
        hits = hits[order]
        owners = selection.bodies[hits]
        for at, body in here.items():
            low, high = np.searchsorted(owners, [at, at + 1])
            if low < high:
                own = _spread(hits[low:high], selection.bits, limit)
                certificate = people.certificates.get(
                    segment.tables.certificates[int(segment.columns["certificate"][selection.lines[own[0]]])]
                )
                number = certificate.number if certificate else ""
                standing = "active" if selection.state[own[0]] == ACTIVE else "suspended"
                found[body] = ([_line(selection, int(one), on) for one in own], number, standing)
    return found


def _spread(hits: NDArray[Any], bits: NDArray[Any], limit: int) -> list[int]:
    """Return the first hits, but one for each combination of slots before a second one of any."""
    first: dict[int, int] = {}
    for hit in hits[:500].tolist():
        first.setdefault(int(bits[hit]), hit)
    chosen = list(first.values())
    rest = [hit for hit in hits[: limit + len(chosen)].tolist() if hit not in set(chosen)]
    return (chosen + rest)[:limit] if limit else chosen[:1]


def _line(selection: Selection, hit: int, on: date) -> Line:
    segment, at = selection.segment, int(selection.lines[hit])
    tables, columns = segment.tables, segment.columns
    combination = int(selection.combinations[hit])
    parameter, method = int(columns["c_parameter"][combination]), int(columns["c_method"][combination])
    return Line(
        id=int(columns["line"][at]),
        object=tables.object_names[int(columns["c_object"][combination])],
        parameter=tables.parameter_names[parameter],
        parameter_key=tables.parameters[parameter],
        method=tables.methods[method],
        domain=tables.domains[int(columns["domain"][at])],
        current=int(segment.method_until[method]) >= day_number(on, open_as=0),
        limited=bool(columns["limited"][at]),
        site=tables.sites[int(columns["site"][at])],
        points=int(selection.points[hit]),
    )
