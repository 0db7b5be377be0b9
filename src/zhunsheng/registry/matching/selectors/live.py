"""The registered names in memory, kept in step with the register: built once a process, then only what changed.

A change files the changed owners anew in a further, small index, and the earlier ones no longer speak for them; when
the further ones have grown, all is built again.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any

from django.db import connection
from django.db.models import Max

from zhunsheng.platform.accounts.changes import rows_of
from zhunsheng.platform.accounts.models import Division
from zhunsheng.registry.bodies.models import Accreditation, Body, BodyName
from zhunsheng.registry.matching import lifecycle
from zhunsheng.registry.matching.models import Decision, Mention, Producer, ProducerName, Target
from zhunsheng.registry.matching.rules.blocking import Candidate, Entry, NameIndex, find
from zhunsheng.registry.matching.rules.comparing import Known, Party
from zhunsheng.registry.matching.rules.names import take_apart
from zhunsheng.registry.matching.rules.vocabulary import Gazetteer
from zhunsheng.registry.matching.rules.weighing import Weights

_SEGMENTS = 8
_REBUILT_AT = 0.25
_REBUILT_AFTER_SECONDS = 3600.0
"""On PostgreSQL a long transaction may commit history rows older than the newest seen: the next rebuild finds them."""
_WHOLE_KINDS = frozenset({"name", "official", "former"})
_WATCHED: dict[str, tuple[tuple[type[Any], str], ...]] = {
    Target.BODY: ((Body, "id"), (BodyName, "body_id"), (Accreditation, "body_id")),
    Target.PRODUCER: ((Producer, "id"), (ProducerName, "producer_id")),
}
Marks = tuple[int, ...]


@dataclass(slots=True)
class LiveIndex:
    """All registered names of one kind of organisation."""

    target: str
    marks: Marks = ()
    segments: list[tuple[NameIndex, set[int]]] = field(default_factory=list)
    built: float = 0.0

    def __len__(self) -> int:
        return sum(len(index) for index, _stale in self.segments)

    def find(self, mention: Party, by: Weights, *, most: int = 5) -> list[Candidate]:
        """Return the candidates for a mention, best first."""
        return find(self.segments, mention, by, most=most)

    def codes(self) -> set[tuple[int, str]]:
        """Return every credit code and certificate number with its owner."""
        return {
            (entry.owner, code)
            for index, stale in self.segments
            for entry in index.entries
            if entry.owner not in stale
            for code in (entry.party.known.uscc, *entry.party.known.cmas)
            if code
        }

    def bearing(self, mention: Party) -> set[int]:
        """Return the owners that are, or once were, registered under exactly this name."""
        return {
            entry.owner
            for index, stale in self.segments
            for entry in index.named(mention.name.plain)
            if entry.owner not in stale and entry.kind in _WHOLE_KINDS
        }


_LIVE: dict[str, LiveIndex] = {}
_LOCK = Lock()


def forget() -> None:
    """Drop what is kept in memory, for tests that change the database behind it."""
    _LIVE.clear()
    gazetteer.cache_clear()


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the divisions of the installation."""
    return Gazetteer.of(Division.objects.values_list("code", "name"))


def party(text: str, *, uscc: str = "", cma: str = "", division: str = "", address: str = "") -> Party:
    """Return a mention ready to be compared."""
    return Party(take_apart(text, gazetteer()), Known(uscc, (cma,) if cma else (), division, address))


def live(target: str) -> LiveIndex:
    """Return the names of one kind of organisation, in step with the register: four small queries, more on a change.

    Inside a transaction nothing is kept for others: what it wrote may be taken back.
    """
    with _LOCK:
        held = _in_step(target, _LIVE.get(target))
        if not connection.in_atomic_block:
            _LIVE[target] = held
        return held


def _in_step(target: str, held: LiveIndex | None) -> LiveIndex:
    marks, now = _marks(target), time.monotonic()
    if held is not None and held.marks == marks and now - held.built < _REBUILT_AFTER_SECONDS:
        return held
    if held is None or _too_patchy(held) or now - held.built >= _REBUILT_AFTER_SECONDS or _went_back(held, marks):
        return LiveIndex(target, marks, [(NameIndex(_entries(target, None)), set())], now)
    changed = _changed(target, held.marks)
    older = [(index, stale | changed) for index, stale in held.segments]
    return LiveIndex(target, marks, [*older, (NameIndex(_entries(target, changed)), set())], held.built)


def _went_back(held: LiveIndex, marks: Marks) -> bool:
    return any(new < old for new, old in zip(marks, held.marks, strict=True))


def _too_patchy(held: LiveIndex) -> bool:
    added = sum(len(index) for index, _stale in held.segments[1:])
    return len(held.segments) > _SEGMENTS or added > _REBUILT_AT * len(held.segments[0][0]) + 500


def _marks(target: str) -> Marks:
    newest = [rows_of(model).aggregate(at=Max("history_id"))["at"] or 0 for model, _owner in _WATCHED[target]]
    return (*newest, Decision.objects.aggregate(at=Max("id"))["at"] or 0)


def _changed(target: str, since: Marks) -> set[int]:
    """Return the owners about whom something was written or decided since."""
    found: set[int] = set()
    for (model, owner), mark in zip(_WATCHED[target], since[:-1], strict=True):
        found.update(rows_of(model).filter(history_id__gt=mark).values_list(owner, flat=True))
    for states in Decision.objects.filter(id__gt=since[-1], mention__target=target).values_list("before", "after"):
        found.update(state[target] for state in states if state.get(target))
    return found


def _entries(target: str, owners: Collection[int] | None) -> Iterator[Entry]:
    return _bodies(owners) if target == Target.BODY else _producers(owners)


def _of(rows: Any, owner: str, owners: Collection[int] | None) -> Any:
    return rows if owners is None else rows.filter(**{f"{owner}__in": owners})


def _bodies(owners: Collection[int] | None) -> Iterator[Entry]:
    numbers: dict[int, set[str]] = defaultdict(set)
    for owner, number in _of(Accreditation.objects, "body_id", owners).values_list("body_id", "number"):
        numbers[owner].add(number)
    names = _names(_of(BodyName.objects, "body_id", owners).values_list("body_id", "name", "kind"))
    written = _mentions(Target.BODY, owners)
    rows = _of(Body.objects, "id", owners).values_list("id", "name", "name_en", "uscc", "cma", "division_id", "address")
    for owner, name, english, uscc, cma, division, address in rows.iterator(chunk_size=2000):
        cmas = tuple(sorted((numbers[owner] | {cma}) - {""}))
        known = Known(uscc, cmas, division or "", address)
        own = [(name, "name"), *([(english, "english")] if english else []), *names[owner], *written[owner]]
        yield from _filed(owner, own, known)


def _producers(owners: Collection[int] | None) -> Iterator[Entry]:
    names = _names(_of(ProducerName.objects, "producer_id", owners).values_list("producer_id", "name", "kind"))
    written = _mentions(Target.PRODUCER, owners)
    rows = _of(Producer.objects, "id", owners).values_list("id", "name", "uscc", "division_id", "address")
    for owner, name, uscc, division, address in rows.iterator(chunk_size=2000):
        own = [(name, "name"), *names[owner], *written[owner]]
        yield from _filed(owner, own, Known(uscc, (), division or "", address))


def _names(rows: Iterable[tuple[int, str, str]]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for owner, name, kind in rows:
        found[owner].append((name, kind))
    return found


def _mentions(target: str, owners: Collection[int] | None) -> dict[int, list[tuple[str, str]]]:
    """Return the names that were linked to owners: decided once, they help to find the next."""
    rows = _of(Mention.objects.filter(target=target, state=lifecycle.LINKED), f"{target}_id", owners)
    return _names((owner, text, "mention") for owner, text in rows.values_list(f"{target}_id", "text"))


def _filed(owner: int, names: Iterable[tuple[str, str]], known: Known) -> Iterator[Entry]:
    places, seen = gazetteer(), set()
    for text, kind in names:
        name = take_apart(text, places)
        if name.plain and name.plain not in seen:
            seen.add(name.plain)
            yield Entry(owner, kind, Party(name, known))
