"""Who can do all of these: one body where there is one, else the fewest together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.platform.accounts.models import prefix_of
from zhunsheng.registry.capabilities.index import directory, keeping
from zhunsheng.registry.capabilities.rules.covering import Cover, fewest
from zhunsheng.registry.capabilities.selectors.search import Line, Ranking, best_lines, rank
from zhunsheng.registry.capabilities.words.reading import named, read
from zhunsheng.registry.capabilities.words.terms import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from zhunsheng.registry.capabilities.index.directory import Directory, Entry
    from zhunsheng.registry.capabilities.words.query import Query

MOST_TESTS = 100
ALONE_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A test that is asked for. `bodies`: how many can do it under a valid certificate."""

    text: str
    query: Query
    bodies: int


@dataclass(frozen=True, slots=True)
class Partner:
    """A body of the answer with the tests that it would do, each with its best line."""

    body: int
    entry: Entry
    tests: tuple[tuple[str, Line], ...]


@dataclass(slots=True)
class Together:
    """The answer. `alone` are bodies that can do every test which anybody can.

    `missing` are tests that nobody can do, and those with an unknown word: what was asked there is not known.
    """

    on: date
    as_of: datetime | None
    wanted: list[Wanted] = field(default_factory=list)
    missing: list[Wanted] = field(default_factory=list)
    alone: list[Entry] = field(default_factory=list)
    alone_total: int = 0
    partners: list[Partner] = field(default_factory=list)
    cover: Cover | None = None
    place: str = ""
    people: Directory | None = None


def together(texts: Sequence[str], *, on: date, near: str = "") -> Together:
    """Return who can do all of these tests on a day.

    Args:
        texts: one test each, in the words of a search; at most MOST_TESTS count. near: a place to prefer.
    """
    marks = directory.marks()
    index, people = keeping.current(), directory.current(marks)
    if index is None:
        return Together(on, None)
    answer = Together(on, index.manifest.built_at, people=people)
    region = named(Kind.REGION, near, index.dictionary) if near.strip() else None
    answer.place = index.dictionary.terms[region.meanings[0].term].name if region and region.meanings else ""
    prefixes = tuple(prefix_of(index.dictionary.terms[one.term].key) for one in region.meanings) if region else ()
    rankings: list[Ranking] = []
    able: dict[int, int] = {}
    for text in list(dict.fromkeys(texts))[:MOST_TESTS]:
        query = read(text, index.dictionary)
        readable = query.slots and not query.unknown  # half a test would be answered by another test
        ranking = rank(index, query, people, on) if readable else None
        can = ranking.bodies[ranking.complete & ranking.active].tolist() if ranking else []
        one = Wanted(text, query, len(can))
        if ranking is None or not can:
            answer.missing.append(one)
            continue
        for body in can:
            able[body] = able.get(body, 0) | 1 << len(rankings)
        answer.wanted.append(one)
        rankings.append(ranking)
    if rankings:
        _choose(answer, able, rankings, prefixes)
    return answer


def _choose(answer: Together, able: dict[int, int], rankings: list[Ranking], prefixes: tuple[str, ...]) -> None:
    people, everything = answer.people, (1 << len(rankings)) - 1
    if people is None:
        return
    far = {
        body: 0 if not prefixes or (body in people.bodies and people.bodies[body].division.startswith(prefixes)) else 1
        for body in able
    }
    whole = sorted((body for body, can in able.items() if can == everything), key=lambda body: (far[body], body))
    answer.alone = [people.bodies[body] for body in whole[:ALONE_SHOWN] if body in people.bodies]
    answer.alone_total = len(whole)
    answer.cover = fewest(able, everything, far=far)
    left = everything
    for body in sorted(answer.cover.bodies, key=lambda one: -able[one].bit_count()):
        mine = [place for place in range(len(rankings)) if able[body] & left & 1 << place]
        left &= ~able[body]
        lines = [
            (answer.wanted[place].text, best_lines(rankings[place], [body], people, answer.on, 1)[body][0][0])
            for place in mine
        ]
        answer.partners.append(Partner(body, people.bodies[body], tuple(lines)))
