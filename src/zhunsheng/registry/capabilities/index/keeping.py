"""Keeps the index in HOME/capabilities up to date: built whole, or only for the bodies whose scope has changed.

`current.json` names what is in use and is replaced in one step; readers of the old index keep it until they ask again.
A whole index is built when there is none, when the catalogue has changed, or when more than a fifth of the bodies have;
otherwise a second segment holds the changed bodies, and the first one is masked for them.
"""

from __future__ import annotations

import json
import shutil
import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.utils import timezone

from zhunsheng.foundation import durable
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.capabilities.index import directory
from zhunsheng.registry.capabilities.index.building import ROW, Builder
from zhunsheng.registry.capabilities.index.segment import Segment
from zhunsheng.registry.capabilities.words.gathering import gather, printed_words
from zhunsheng.registry.capabilities.words.terms import Dictionary, Kind, Spelling, Term
from zhunsheng.registry.catalogue.selectors import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT = "zhunsheng-capabilities/1"
INDEX_EVERY_SECONDS = 30
SMALL = 100_000
"""Lines up to which the index is always built whole: that takes a second or two."""
CHANGED_MOST = 0.2
WHOLE_EVERY_SECONDS = 600
"""A large index is built whole at most this often when only the catalogue has changed."""
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in use: the whole segment, the one of changed bodies ("" for none), and what they were built from."""

    whole: str
    database: str
    scope_whole: int
    catalogue: str
    lines: int
    at: float
    changed: str = ""
    scope_changed: int = 0
    bodies_changed: tuple[int, ...] = ()

    @property
    def scope(self) -> int:
        """The number of changes of scope that the index knows of."""
        return max(self.scope_whole, self.scope_changed)

    @property
    def built_at(self) -> datetime:
        """When the index was built: its answers are of this moment."""
        return datetime.fromtimestamp(self.at, tz=timezone.get_current_timezone())

    def write(self, folder: Path) -> None:
        """Put this in use."""
        values = {name: getattr(self, name) for name in self.__slots__}
        durable.replace(folder / "current.json", json.dumps({"format": FORMAT, **values}).encode())

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """Return what is in use, or None if there is nothing or it is of another format."""
        try:
            kept: dict[str, Any] = json.loads((folder / "current.json").read_bytes())
        except FileNotFoundError:
            return None
        if kept.pop("format", None) != FORMAT:
            return None
        return cls(**(kept | {"bodies_changed": tuple(kept["bodies_changed"])}))


@dataclass(slots=True)
class Index:
    """An opened index. `masks` has for each segment which of its bodies it doesn't speak for, or None."""

    manifest: Manifest
    segments: list[Segment]
    masks: list[NDArray[np.bool_] | None]
    dictionary: Dictionary
    kept: dict[Any, Any] = field(default_factory=dict)


def folder() -> Path:
    """Return where the index lies."""
    found: Path = settings.ZHUNSHENG_HOME / "capabilities"
    return found


def rebuild(*, wait_seconds: float | None = None) -> Manifest:
    """Build the whole index and put it in use; one builder at a time. Raises: LockBusy after the wait."""
    with exclusive("capability-index", wait_seconds=wait_seconds):
        return _build_whole(directory.marks())


def index_when_stale() -> int:
    """Bring the index up to date if the registers have changed, for the worker; return how many lines were indexed.

    Raises: LockBusy.
    """
    now = directory.marks()
    if not _is_stale(Manifest.read(folder()), now):
        return 0
    with exclusive("capability-index", wait_seconds=0):
        return _update(Manifest.read(folder()), directory.marks())


def _is_stale(held: Manifest | None, now: directory.Marks) -> bool:
    if held is None:
        return bool(now.database or now.catalogue)
    return (held.database, held.scope, held.catalogue) != (now.database, now.scope, now.catalogue)


def _update(held: Manifest | None, now: directory.Marks) -> int:
    if not _is_stale(held, now):
        return 0
    if held is None or held.database != now.database or held.lines <= SMALL:
        return _build_whole(now).lines
    if held.catalogue != now.catalogue and time.time() - held.at > WHOLE_EVERY_SECONDS:
        return _build_whole(now).lines
    if held.scope == now.scope:
        return 0
    changed = sorted(Body.objects.filter(scope_revision__gt=held.scope_whole).values_list("pk", flat=True))
    if len(changed) > CHANGED_MOST * max(Body.objects.count(), 50):
        return _build_whole(now).lines
    return _build_changed(held, now, changed)


def _build_whole(now: directory.Marks) -> Manifest:
    vocabulary = Vocabulary.current()
    name, made = _new_folder()
    builder = Builder(vocabulary)
    _feed(builder, None)
    lines = builder.write(made)
    segment = Segment(made)
    people = directory.current(now)
    gathered = gather(_weights(segment, people), _printed(segment))
    _write_words(made, gathered.terms, gathered.spellings)
    manifest = Manifest(name, now.database, now.scope, vocabulary.revision, lines, time.time())
    manifest.write(folder())
    _tidy(manifest)
    return manifest


def _build_changed(held: Manifest, now: directory.Marks, changed: list[int]) -> int:
    name, made = _new_folder()
    builder = Builder(Vocabulary.current())
    _feed(builder, changed)
    lines = builder.write(made)
    known, _spellings = _read_words(folder() / held.whole)
    _write_words(made, *_more_words(Segment(made), known))
    manifest = Manifest(
        held.whole, held.database, held.scope_whole, held.catalogue, held.lines, time.time(), name, now.scope,
        tuple(changed),
    )  # fmt: skip
    manifest.write(folder())
    _tidy(manifest)
    return lines


def _new_folder() -> tuple[str, Path]:
    name = f"{int(time.time()):012d}-{uuid.uuid4().hex[:8]}"
    made = folder() / name
    made.mkdir(parents=True)
    return name, made


def _feed(builder: Builder, bodies: Sequence[int] | None) -> None:
    lines = ScopeLine.objects.order_by().values_list(*ROW)
    if bodies is None:
        builder.add(lines.iterator(chunk_size=_CHUNK))
        return
    for start in range(0, len(bodies), 500):
        builder.add(lines.filter(body_id__in=bodies[start : start + 500]).iterator(chunk_size=_CHUNK))


def _tidy(manifest: Manifest) -> None:
    """Remove what was in use before the last one: a reader that opened it a moment ago may still be on its way."""
    used = {manifest.whole, manifest.changed}
    others = sorted(path for path in folder().iterdir() if path.is_dir() and path.name not in used)
    for path in others[:-2]:
        shutil.rmtree(path, ignore_errors=True)


def _weights(segment: Segment, people: directory.Directory) -> Mapping[Kind, Mapping[str, int]]:
    """Return how many lines each parameter, object and standard has, and how many bodies each division."""
    tables, columns = segment.tables, segment.columns
    lengths = np.diff(columns["c_start"].astype(np.int64))

    def counted(column: str, count: int) -> NDArray[Any]:
        return np.bincount(columns[column], weights=lengths, minlength=count).astype(np.int64)

    methods: dict[str, int] = {}
    for base, number in zip(tables.method_bases, counted("c_method", len(tables.methods)).tolist(), strict=True):
        methods[base] = methods.get(base, 0) + number
    below = np.r_[0, np.cumsum(counted("c_object", len(tables.objects)))]
    objects = [int(below[end] - below[place]) for place, end in enumerate(tables.object_end)]
    regions: dict[str, int] = {}
    for entry in people.bodies.values():
        for code in {entry.division, f"{entry.division[:4]}00", f"{entry.division[:2]}0000"} if entry.division else ():
            regions[code] = regions.get(code, 0) + 1
    parameters = counted("c_parameter", len(tables.parameters)).tolist()
    return {
        Kind.PARAMETER: dict(zip(tables.parameters, parameters, strict=True)),
        Kind.OBJECT: dict(zip(tables.objects, objects, strict=True)),
        Kind.METHOD: methods,
        Kind.REGION: regions,
    }


def _printed(segment: Segment) -> Mapping[Kind, list[tuple[str, str]]]:
    """Return the keys and texts that schedules print and the catalogue doesn't know."""
    tables = segment.tables
    methods = [
        (base, shown if base.startswith("~") else base)
        for base, shown in dict(zip(tables.method_bases, tables.methods, strict=True)).items()
    ]
    return {
        Kind.PARAMETER: [pair for pair in zip(tables.parameters, tables.parameter_names, strict=True) if _loose(pair)],
        Kind.OBJECT: [pair for pair in zip(tables.objects, tables.object_names, strict=True) if _loose(pair)],
        Kind.METHOD: methods,
        Kind.DOMAIN: [(text, text) for text in tables.domains if text],
    }


def _loose(pair: tuple[str, str]) -> bool:
    return pair[0].startswith("~")


def _more_words(segment: Segment, terms: list[Term]) -> tuple[list[Term], list[Spelling]]:
    """Return the terms that the changed bodies' schedules add, numbered after those of the whole index."""
    known = {(term.kind, term.key) for term in terms}
    printed = {
        kind: [pair for pair in rows if (kind, pair[0]) not in known] for kind, rows in _printed(segment).items()
    }
    return printed_words(printed, first=len(terms))


def _write_words(made: Path, terms: list[Term], spellings: list[Spelling]) -> None:
    rows = {
        "terms": [[int(one.kind), one.key, one.name, one.name_en, one.weight] for one in terms],
        "spellings": [[one.form, one.term, one.pinyin, one.initials] for one in spellings],
    }
    (made / "words.json").write_bytes(json.dumps(rows, ensure_ascii=False).encode())


def _read_words(made: Path) -> tuple[list[Term], list[Spelling]]:
    rows = json.loads((made / "words.json").read_bytes())
    return [Term(Kind(one[0]), *one[1:]) for one in rows["terms"]], [Spelling(*one) for one in rows["spellings"]]


class _Open:
    """The index in use, opened once per process and opened anew when another takes its place."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[Path, int, Index] | None = None

    def current(self) -> Index | None:
        """Return the index in use, or None when none has been built."""
        home = folder()
        try:
            stamp = (home / "current.json").stat().st_mtime_ns
        except FileNotFoundError:
            return None
        held = self._held
        if held is not None and held[:2] == (home, stamp):
            return held[2]
        with self._lock:
            if self._held is None or self._held[:2] != (home, stamp):
                manifest = Manifest.read(home)
                if manifest is None:
                    return None
                self._held = (home, stamp, _open(home, manifest, self._held[2] if self._held else None))
            return self._held[2]


_OPEN = _Open()


def current() -> Index | None:
    """Return the index in use, or None when none has been built."""
    return _OPEN.current()


def _open(home: Path, manifest: Manifest, before: Index | None) -> Index:
    whole = next((s for s in before.segments if s.folder == home / manifest.whole), None) if before else None
    segments = [whole or Segment(home / manifest.whole)]
    terms, spellings = _read_words(home / manifest.whole)
    masks: list[NDArray[np.bool_] | None] = [None]
    if manifest.changed:
        segments.append(Segment(home / manifest.changed))
        masks = [np.isin(np.array(segments[0].tables.bodies), manifest.bodies_changed), None]
        more_terms, more_spellings = _read_words(home / manifest.changed)
        terms, spellings = terms + more_terms, spellings + more_spellings
    return Index(manifest, segments, masks, Dictionary.of(terms, spellings))
