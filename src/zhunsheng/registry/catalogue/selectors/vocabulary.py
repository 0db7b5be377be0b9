"""Every name, edition and limit of the catalogue in memory, rebuilt when the catalogue changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.foundation.identifiers import IdentifierError, normalise_name, parse_standard
from zhunsheng.platform.database.marks import Mark
from zhunsheng.registry.catalogue.models import (
    CatalogueRevision,
    Limit,
    ObjectSynonym,
    Parameter,
    ParameterSynonym,
    PartialReplacement,
    StandardEdition,
    TestObject,
)
from zhunsheng.registry.catalogue.rules.standing import Dates, over_since, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """An edition as the checks need it."""

    id: int
    code: str
    base_code: str
    year: int | None
    status: str
    effective_from: date | None
    effective_to: date | None
    replaced_by_code: str | None
    successor_from: date | None = None
    divided: bool = False
    """Whether other editions took over parts of it."""

    def standing_on(self, day: date) -> str:
        """Return coming, in_force, replaced or withdrawn, out of the dates."""
        return standing(self._dates(), day)

    def over_since(self, day: date) -> date | None:
        """Return the first day without it, where it is over on a day and that is known."""
        return over_since(self._dates(), day)

    def _dates(self) -> Dates:
        succeeded = self.replaced_by_code is not None or self.divided
        return Dates(self.status, self.effective_from, self.effective_to, succeeded, self.successor_from)


@dataclass(frozen=True, slots=True)
class MethodName:
    """A cited method: `base` without year and `key` with it (the normalised text where it is no standard number)."""

    base: str
    year: int | None
    key: str
    edition: EditionFacts | None


@dataclass(frozen=True, slots=True)
class LimitFacts:
    """A limit as the checks need it; minimum and maximum are decimal strings or empty."""

    edition_code: str
    object_id: int | None
    parameter_id: int
    minimum: str
    maximum: str
    unit: str
    rule: str
    effective_from: date | None
    effective_to: date | None


@dataclass(slots=True)
class Vocabulary:
    """Every name of the catalogue in memory. Build with `current()`; read only, so threads may share it."""

    revision: str
    parameter_codes: dict[int, str] = field(default_factory=dict)
    parameter_names: dict[int, str] = field(default_factory=dict)
    object_codes: dict[int, str] = field(default_factory=dict)
    object_names: dict[int, str] = field(default_factory=dict)
    _parameters: dict[str, int] = field(default_factory=dict)
    _objects: dict[str, int] = field(default_factory=dict)
    _ancestors: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _editions: dict[str, EditionFacts] = field(default_factory=dict)
    _edition_by_id: dict[int, EditionFacts] = field(default_factory=dict)
    _series: dict[str, list[EditionFacts]] = field(default_factory=dict)
    _limits: dict[tuple[str, int], list[LimitFacts]] = field(default_factory=dict)
    _methods: dict[str, MethodName] = field(default_factory=dict)

    @classmethod
    def current(cls) -> Vocabulary:
        """Return this process's vocabulary, rebuilt if the catalogue has changed (one small query)."""
        return _CACHE.current()

    def parameter_id(self, name_or_code: str) -> int | None:
        """Return the parameter that a name, synonym or code means, or None."""
        return self._parameters.get(normalise_name(name_or_code))

    def object_id(self, name_or_code: str) -> int | None:
        """Return the test object that a name, synonym or code means, or None."""
        return self._objects.get(normalise_name(name_or_code))

    def object_ancestors(self, object_id: int) -> tuple[int, ...]:
        """Return the objects above one, nearest first, without itself."""
        return self._ancestors.get(object_id, ())

    def edition(self, code: str) -> EditionFacts | None:
        """Return the edition that a cited number means, or None when the catalogue doesn't know it."""
        return self.method(code).edition

    def edition_by_id(self, edition_id: int) -> EditionFacts | None:
        """Return an edition by its row."""
        return self._edition_by_id.get(edition_id)

    def series(self, base_code: str) -> list[EditionFacts]:
        """Return the editions of a standard, oldest first."""
        return self._series.get(base_code, [])

    def method(self, text: str) -> MethodName:
        """Return base, year and key of a method as cited; a text that is no standard number is its own base."""
        known = self._methods.get(text)
        if known is not None:
            return known
        made = self._read_method(text)
        if len(self._methods) < 200_000:
            self._methods[text] = made
        return made

    def parameter_key(self, text: str) -> str:
        """Return the canonical name of a parameter: its code if the catalogue knows it, else the normalised text."""
        found = self.parameter_id(text)
        return self.parameter_codes[found] if found is not None else "~" + normalise_name(text)

    def object_key(self, text: str) -> str:
        """Return the canonical name of an object: its code if the catalogue knows it, else the normalised text."""
        found = self.object_id(text)
        return self.object_codes[found] if found is not None else "~" + normalise_name(text)

    def limits(self, edition_code: str, parameter_id: int, object_id: int | None, on: date) -> list[LimitFacts]:
        """Return the limits of an edition that hold on a day, those of the nearest object first.

        A limit without an object holds for every object of its standard.
        """
        near = [] if object_id is None else [object_id, *self.object_ancestors(object_id)]
        rank = {known: place for place, known in enumerate(near)}
        held = [
            limit
            for limit in self._limits.get((self.method(edition_code).key, parameter_id), ())
            if (limit.effective_from is None or limit.effective_from <= on)
            and (limit.effective_to is None or on <= limit.effective_to)
            and (limit.object_id is None or limit.object_id in rank)
        ]
        return sorted(held, key=lambda limit: len(near) if limit.object_id is None else rank[limit.object_id])

    def _read_method(self, text: str) -> MethodName:
        try:
            number = parse_standard(text)
        except IdentifierError:
            plain = "~" + normalise_name(text)
            return MethodName(plain, None, plain, None)
        return MethodName(number.base_code, number.year, number.code, self._editions.get(number.code))


def _load(revision: str) -> Vocabulary:
    made = Vocabulary(revision)
    _load_objects(made)
    _load_parameters(made)
    _load_editions(made)
    return made


def _load_objects(made: Vocabulary) -> None:
    parents: dict[int, int | None] = {}
    rows = list(TestObject.objects.order_by("-pk").values_list("pk", "code", "name", "name_en", "parent_id"))
    for pk, code, name, _english, parent in rows:
        made.object_codes[pk], made.object_names[pk], parents[pk] = code, name, parent
    for text, pk in ObjectSynonym.objects.values_list("normalised", "object_id"):
        made._objects[text] = pk
    for position in (3, 2, 1):  # the code wins over the name, the name over its translation, the oldest row over others
        for row in rows:
            if row[position]:
                made._objects[normalise_name(row[position])] = row[0]
    for pk in parents:
        made._ancestors[pk] = tuple(_upwards(pk, parents))


def _upwards(pk: int, parents: dict[int, int | None]) -> Iterator[int]:
    seen = {pk}
    above = parents[pk]
    while above is not None and above not in seen:
        yield above
        seen.add(above)
        above = parents.get(above)


def _load_parameters(made: Vocabulary) -> None:
    rows = list(Parameter.objects.order_by("-pk").values_list("pk", "code", "name", "name_en"))
    for pk, code, name, _english in rows:
        made.parameter_codes[pk], made.parameter_names[pk] = code, name
    for text, pk in ParameterSynonym.objects.values_list("normalised", "parameter_id"):
        made._parameters[text] = pk
    for position in (3, 2, 1):
        for row in rows:
            if row[position]:
                made._parameters[normalise_name(row[position])] = row[0]


def _load_editions(made: Vocabulary) -> None:
    rows = StandardEdition.objects.order_by("standard_id", "year", "code").values_list(
        "pk", "code", "standard__base_code", "year", "status", "effective_from", "effective_to", "replaced_by__code",
        "replaced_by__effective_from",
    )  # fmt: skip
    divided = set(PartialReplacement.objects.values_list("edition_id", flat=True))
    for row in rows:
        facts = EditionFacts(*row, divided=row[0] in divided)
        made._editions[facts.code] = made._edition_by_id[facts.id] = facts
        made._series.setdefault(facts.base_code, []).append(facts)
    limits = Limit.objects.values_list(
        "edition__code", "object_id", "parameter_id", "minimum", "maximum", "unit", "rule",
        "effective_from", "effective_to",
    )  # fmt: skip
    for limit_row in limits:
        limit = LimitFacts(*limit_row)
        made._limits.setdefault((limit.edition_code, limit.parameter_id), []).append(limit)


class _Cache:
    """One vocabulary per process, replaced whole when the catalogue's revision moves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Vocabulary | None = None

    def current(self) -> Vocabulary:
        revision = revision_mark()
        held = self._held
        if held is not None and held.revision == revision:
            return held
        if not revision:  # a catalogue that services never touched is empty, or a test's: nothing tells when it changes
            return _load(revision)
        with self._lock:
            if self._held is None or self._held.revision != revision:
                self._held = _load(revision)
            return self._held

    def forget(self) -> None:
        with self._lock:
            self._held = None


_CACHE = _Cache()
_TABLE = CatalogueRevision._meta.db_table
_REVISION = Mark(f"SELECT identity FROM {_TABLE} WHERE id = 1", f"SELECT number FROM {_TABLE} WHERE id = 1")  # noqa: S608 - our own names


def revision_mark() -> str:
    """Return a mark that changes with every change of the catalogue; empty when there was none yet."""
    identity, number = _REVISION.read()
    return f"{identity}:{number}" if identity is not None else ""


def forget_vocabulary() -> None:
    """Drop this process's vocabulary, for use where the database is replaced under it (restore, tests)."""
    _CACHE.forget()
