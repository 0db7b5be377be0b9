"""Who the bodies are and how their certificates stand, kept per process until one of their records changes.

Names, places and standing are not part of the index: a suspension shows at once, without waiting for it to be built.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from django.db import connection

from zhunsheng.platform.accounts.models import Division
from zhunsheng.registry.bodies.facts import PeriodFacts
from zhunsheng.registry.bodies.models import Accreditation, AccreditationPeriod, Body, ScopeRevision, Site
from zhunsheng.registry.bodies.rules.standing import holds_on, status_on
from zhunsheng.registry.catalogue.models import CatalogueRevision

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as the search needs it."""

    body: int
    number: str
    valid_from: date | None
    valid_to: date | None
    course: tuple[PeriodFacts, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A body as a result shows it."""

    slug: str
    name: str
    name_en: str
    division: str
    generated: bool
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Area:
    """A division's names."""

    code: str
    name: str
    name_en: str
    level: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What the registers' state is told by: database, scope, catalogue, and the newest history rows."""

    database: str
    scope: int
    catalogue: str
    records: tuple[int, ...]


@dataclass(slots=True)
class Directory:
    """Bodies, certificates, sites and divisions by row; read only once loaded."""

    records: tuple[str | int, ...]
    bodies: dict[int, Entry] = field(default_factory=dict)
    certificates: dict[int, Certificate] = field(default_factory=dict)
    sites: dict[int, str] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)

    def standing(self, certificate: int, day: date) -> str:
        """Return how a certificate stands on a day; "none" for one that is gone."""
        found = self.certificates.get(certificate)
        return status_on(found, day) if found else "none"

    def exists(self, body: int, day: date) -> bool:
        """Tell whether a body existed on a day: one that has closed shows no more."""
        found = self.bodies.get(body)
        return found is not None and holds_on(found, day)

    def city(self, division: str) -> str:
        """Return the code of the city in which a division lies; a province stands for itself."""
        return division if division.endswith("0000") else f"{division[:4]}00"


def marks() -> Marks:
    """Return the present state of the registers: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_statement())
        row = cursor.fetchone()
    scope, number, catalogue, count, *records = row
    return Marks(
        database=scope or "",
        scope=number or 0,
        catalogue=f"{catalogue}:{count}" if catalogue else "",
        records=tuple(one or 0 for one in records),
    )


@cache
def _statement() -> str:
    """Return the statement of `marks`; its names are those of our own tables, nothing comes from outside."""
    histories = [model.history.model._meta.db_table for model in _RECORDED]
    counters = [f"(SELECT {name} FROM {one._meta.db_table} WHERE id = 1)" for one in _COUNTERS for name in _COLUMNS]  # noqa: S608 - our own names
    newest = [f"(SELECT MAX(history_id) FROM {table})" for table in histories]  # noqa: S608 - our own names
    return "SELECT " + ", ".join([*counters, *newest])


_RECORDED = (Body, Accreditation, AccreditationPeriod, Site)
_COUNTERS = (ScopeRevision, CatalogueRevision)
_COLUMNS = ("identity", "number")


def _load(known: tuple[str | int, ...]) -> Directory:
    made = Directory(known)
    for body in Body.objects.values_list(
        "pk", "slug", "name", "name_en", "division_id", "generated", "valid_from", "valid_to"
    ):
        made.bodies[body[0]] = Entry(body[1], body[2], body[3], body[4] or "", *body[5:])
    course: dict[int, list[PeriodFacts]] = defaultdict(list)
    for period in AccreditationPeriod.objects.values_list("accreditation_id", "state", "valid_from", "valid_to"):
        course[period[0]].append(PeriodFacts(*period[1:]))
    for one in Accreditation.objects.values_list("pk", "body_id", "number", "valid_from", "valid_to"):
        made.certificates[one[0]] = Certificate(*one[1:], tuple(course[one[0]]))
    made.sites = {pk: code or "" for pk, code in Site.objects.values_list("pk", "division_id")}
    for code, name, english, level in Division.objects.values_list("code", "name", "name_en", "level"):
        made.areas[code] = Area(code, name, english, level)
    return made


class _Cache:
    """One directory per process, replaced whole."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Directory | None = None

    def current(self, now: Marks) -> Directory:
        known: tuple[str | int, ...] = (now.database, *now.records)
        held = self._held
        if held is not None and held.records == known and now.database:
            return held
        with self._lock:
            if self._held is None or self._held.records != known or not now.database:
                self._held = _load(known)
            return self._held

    def forget(self) -> None:
        with self._lock:
            self._held = None


_CACHE = _Cache()


def current(now: Marks) -> Directory:
    """Return this process's directory, loaded anew if a body, certificate or site has changed."""
    return _CACHE.current(now)


def forget() -> None:
    """Drop this process's directory, where the database is replaced under it (restore, tests)."""
    _CACHE.forget()
