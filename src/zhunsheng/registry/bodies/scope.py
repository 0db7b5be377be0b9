"""Is this line inside the body's scope on that day? Answers for a whole batch in a constant number of queries.

The index answers the plain yes; the database explains the rest (`rules.scope` says how the two match lines).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Exists, OuterRef
from numpy.typing import NDArray

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.database.marks import Mark
from zhunsheng.registry.bodies.models import Body, ScopeLine, ScopeRevision, Site
from zhunsheng.registry.bodies.rules import limitations
from zhunsheng.registry.bodies.rules.scope import (
    HeldLine,
    Reason,
    ScopeAnswer,
    ScopeRequest,
    StatedLine,
    Wanted,
    explain,
)
from zhunsheng.registry.bodies.scope_build import IndexLine, State, build
from zhunsheng.registry.bodies.scope_index import Manifest, OpenIndexes, ScopeIndex, day_number
from zhunsheng.registry.bodies.scope_keys import PARTS, NameHashes, join
from zhunsheng.registry.catalogue.selectors import Vocabulary, revision_mark

__all__ = [
    "Reason",
    "ScopeAnswer",
    "ScopeRequest",
    "StatedLine",
    "answer_many",
    "answer_stated",
    "explain_missing",
    "rebuild_if_stale",
    "rebuild_index",
]

INDEX_EVERY_SECONDS = 30
_OPEN = OpenIndexes()
_HASHES = {part: NameHashes(part) for part in PARTS}
_REMEMBERED = 200_000
_TABLE = ScopeRevision._meta.db_table
_REVISION = Mark(f"SELECT identity FROM {_TABLE} WHERE id = 1", f"SELECT number FROM {_TABLE} WHERE id = 1")  # noqa: S608 - our own names
_LINE_FIELDS = (
    "id", "body_id", "object_id", "object_text", "parameter_id", "parameter_text", "edition_id", "method_text",
    "method_base", "method_year", "site_id", "domain", "category", "limitation", "valid_from", "valid_to",
)  # fmt: skip


def answer_many(requests: Sequence[ScopeRequest]) -> list[ScopeAnswer]:
    """Return one answer for each request, in order; at most seven queries however many there are."""
    if not requests:
        return []
    vocabulary = Vocabulary.current()
    answers = _answer_from_index(requests, vocabulary)
    missing = [place for place, answer in enumerate(answers) if answer is None]
    explained = explain_missing([requests[place] for place in missing], vocabulary)
    found = dict(zip(missing, explained, strict=True))
    return [found[place] if answer is None else answer for place, answer in enumerate(answers)]


def explain_missing(requests: Sequence[ScopeRequest], vocabulary: Vocabulary | None = None) -> list[ScopeAnswer]:
    """Return one answer for each request from the database alone: the slow way, which is also the truth."""
    if not requests:
        return []
    known = vocabulary or Vocabulary.current()
    named = Body.objects.filter(slug__in={one.body for one in requests})
    stated = Exists(ScopeLine.objects.filter(body_id=OuterRef("pk")))
    bodies = dict(named.filter(stated).values_list("slug", "pk"))
    held = _held_lines(requests, bodies, known)
    return [
        explain(
            _wanted(one, known), held.get((bodies[one.body], known.parameter_key(one.parameter)), ()), _successor(known)
        )
        if one.body in bodies
        else ScopeAnswer(Reason.SCOPE_NOT_STATED)
        for one in requests
    ]


def answer_stated(requests: Sequence[ScopeRequest], lines: Iterable[StatedLine]) -> list[ScopeAnswer]:
    """Return one answer for each request from the lines of a document, not from the register; bodies are not compared.

    `line_id` of an answer is the place of the line in the document, from 1.
    """
    known = Vocabulary.current()
    wanted = {known.parameter_key(one.parameter) for one in requests}
    held: dict[str, list[HeldLine]] = {}
    for place, line in enumerate(lines, 1):
        key = line.parameter_code or known.parameter_key(line.parameter)
        if key in wanted:
            held.setdefault(key, []).append(_held_stated(place, line, key, known))
    replaced_by = _successor(known)
    return [
        explain(_wanted(one, known), held.get(known.parameter_key(one.parameter), ()), replaced_by) for one in requests
    ]


def _held_stated(place: int, line: StatedLine, parameter_key: str, known: Vocabulary) -> HeldLine:
    method = known.method(line.method)
    return HeldLine(
        id=place, object_key=line.object_code or known.object_key(line.object), object_text=line.object,
        parameter_key=parameter_key, method_key=method.key, method_base=method.base, site=line.site,
        site_name=line.site_name, domain=line.domain, category=line.category, limitation=line.limitation,
        valid_from=line.valid_from, valid_to=line.valid_to,
    )  # fmt: skip


def rebuild_index(*, wait_seconds: float | None = None) -> Manifest:
    """Build the index of all scope lines and put it in use; one builder at a time. Raises: LockBusy after the wait."""
    with exclusive("scope-index", wait_seconds=wait_seconds):
        vocabulary, state = Vocabulary.current(), _state()
        return build(index_folder(), _index_lines(vocabulary), state)


def rebuild_if_stale(*, wait_seconds: float | None = None) -> Manifest | None:
    """Build the index if the registers have changed since the one in use; return its manifest if it did."""
    index = _OPEN.current(index_folder())
    state = _state()
    if index is not None and state == _state_of(index):
        return None
    return rebuild_index(wait_seconds=wait_seconds)


def index_when_stale() -> int:
    """Build the index if it is stale, for the worker; return how many lines were indexed. Raises: LockBusy."""
    made = rebuild_if_stale(wait_seconds=0)
    return made.rows if made else 0


def index_folder() -> Path:
    """Return where the index lies."""
    folder: Path = settings.ZHUNSHENG_HOME / "scope"
    return folder


def _state() -> State:
    identity, number = _REVISION.read()
    return State(identity or "", number or 0, revision_mark())


def _state_of(index: ScopeIndex) -> State:
    kept = index.manifest
    return State(kept.database, kept.scope_revision, kept.catalogue_revision)


def _answer_from_index(requests: Sequence[ScopeRequest], vocabulary: Vocabulary) -> list[ScopeAnswer | None]:
    index = _OPEN.current(index_folder())
    answers: list[ScopeAnswer | None] = [None] * len(requests)
    identity, number = _REVISION.read()
    if index is None or identity is None or index.manifest.database != identity:
        return answers
    if index.manifest.catalogue_revision != vocabulary.revision:
        return answers
    changed = _changed_since(index.manifest.scope_revision) if number != index.manifest.scope_revision else frozenset()
    places = (
        [place for place, one in enumerate(requests) if one.body not in changed] if changed else range(len(requests))
    )
    at = look_up(index, [requests[place] for place in places], vocabulary)
    hits = np.flatnonzero(at >= 0)
    for hit, (line, group) in zip(hits.tolist(), index.describe(at[hits]), strict=True):
        if group is not None:
            answers[places[hit]] = ScopeAnswer(Reason.IN_SCOPE, line, *group)
    return answers


def _changed_since(revision: int) -> frozenset[str]:
    return frozenset(Body.objects.filter(scope_revision__gt=revision).values_list("slug", flat=True))


def look_up(index: ScopeIndex, requests: Sequence[ScopeRequest], vocabulary: Vocabulary) -> NDArray[np.int64]:
    """Return for each request a position in the index whose line holds without limitation, or -1.

    Tried are the tested object and those above it, the site and "every site", the edition and the standard's base.
    """
    if not requests:
        return np.empty(0, dtype=np.int64)
    count, hashed = len(requests), _TRIPLES.of_many(requests, vocabulary)
    width = max(map(len, hashed))
    names = np.array([row + row[3:4] * (width - len(row)) for row in hashed], dtype=np.uint64)
    body, site = (
        np.fromiter(map(_HASHES[part].of, texts), dtype=np.uint64, count=count).reshape(count, 1, 1, 1)
        for part, texts in (("body", (one.body for one in requests)), ("site", (one.site for one in requests)))
    )
    keys = join(
        body,
        names[:, 3:].reshape(count, width - 3, 1, 1),
        names[:, 0].reshape(count, 1, 1, 1),
        names[:, 1:3].reshape(count, 1, 2, 1),
        np.concatenate([site, np.full_like(site, _HASHES["site"].of(""))], axis=3),
    )
    numbers = {day: day_number(day, open_as=0) for day in {one.on for one in requests}}
    days = np.fromiter((numbers[one.on] for one in requests), dtype=np.uint16, count=count)
    tried = keys.reshape(count, -1)
    found = index.unlimited_on(tried.ravel(), np.repeat(days, tried.shape[1])).reshape(tried.shape)
    best: NDArray[np.int64] = found.max(axis=1)
    return best


class _Triples:
    """The hashes of object, parameter and method as reports write them, kept while the vocabulary is the same."""

    def __init__(self) -> None:
        self._kept: tuple[Vocabulary | None, dict[tuple[str, str, str], tuple[int, ...]]] = (None, {})

    def of_many(self, requests: Sequence[ScopeRequest], vocabulary: Vocabulary) -> list[tuple[int, ...]]:
        """Return for each request parameter, edition, base of the method, and the objects from the tested one up."""
        kept = self._kept  # read and replaced whole: other threads may have another vocabulary
        if kept[0] is not vocabulary or len(kept[1]) > _REMEMBERED:
            kept = self._kept = (vocabulary, {})
        known = kept[1]
        triples = [(one.object, one.parameter, one.method) for one in requests]
        found = [known.get(triple) for triple in triples]
        if None in found:
            for triple in {triple for triple, hashes in zip(triples, found, strict=True) if hashes is None}:
                known[triple] = _hashed(triple, vocabulary)
        return [hashes or known[triple] for triple, hashes in zip(triples, found, strict=True)]


_TRIPLES = _Triples()


def _hashed(triple: tuple[str, str, str], vocabulary: Vocabulary) -> tuple[int, ...]:
    tested, parameter, cited = triple
    method = vocabulary.method(cited)
    return (
        _HASHES["parameter"].of(vocabulary.parameter_key(parameter)),
        _HASHES["method"].of(method.key),
        _HASHES["method"].of(method.base),
        *map(_HASHES["object"].of, _object_keys(tested, vocabulary)),
    )


def _object_keys(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    found = vocabulary.object_id(text)
    if found is None:
        return ("~" + normalise_name(text),)
    return tuple(vocabulary.object_codes[one] for one in (found, *vocabulary.object_ancestors(found)))


def _wanted(request: ScopeRequest, vocabulary: Vocabulary) -> Wanted:
    method = vocabulary.method(request.method)
    return Wanted(
        object_keys=_object_keys(request.object, vocabulary),
        parameter_key=vocabulary.parameter_key(request.parameter),
        method_key=method.key,
        method_base=method.base,
        site=request.site,
        on=request.on,
        tested=limitations.Tested(request.value, request.unit, request.clause),
        same=_same_name(request, vocabulary),
    )


def _same_name(request: ScopeRequest, vocabulary: Vocabulary) -> limitations.SameName:
    """Return what tells whether a name means the tested object, one above it, or the parameter."""
    object_id, parameter_id = vocabulary.object_id(request.object), vocabulary.parameter_id(request.parameter)
    objects = set() if object_id is None else {object_id, *vocabulary.object_ancestors(object_id)}
    spelled = {normalise_name(request.object), normalise_name(request.parameter)}

    def same(name: str) -> bool | None:
        if normalise_name(name) in spelled:
            return True
        as_object, as_parameter = vocabulary.object_id(name), vocabulary.parameter_id(name)
        if as_object is not None and object_id is not None:
            return as_object in objects
        if as_parameter is not None and parameter_id is not None:
            return as_parameter == parameter_id
        return None

    return same


def _successor(vocabulary: Vocabulary) -> Callable[[str], str]:
    def replaced_by(code: str) -> str:
        edition = vocabulary.edition(code)
        return (edition.replaced_by_code or "") if edition else ""

    return replaced_by


def _held_lines(
    requests: Sequence[ScopeRequest], bodies: dict[str, int], vocabulary: Vocabulary
) -> dict[tuple[int, str], list[HeldLine]]:
    """Return the lines of the named bodies by body and parameter; lines of parameters nobody asks for are left out."""
    asked = {vocabulary.parameter_id(one.parameter) for one in requests}
    parameters = {one for one in asked if one is not None}
    wanted = ScopeLine.objects.filter(body_id__in=bodies.values())
    rows = [
        *wanted.filter(parameter_id__in=parameters).values_list(*_LINE_FIELDS),
        *wanted.filter(parameter__isnull=True).values_list(*_LINE_FIELDS),
    ]
    sites = {pk: (code, name) for pk, code, name in _sites({row[10] for row in rows})}
    held: dict[tuple[int, str], list[HeldLine]] = {}
    for row in rows:
        line = _held(row, sites, vocabulary)
        held.setdefault((row[1], line.parameter_key), []).append(line)
    return held


def _sites(ids: Iterable[int | None]) -> Iterator[tuple[int, str, str]]:
    yield from Site.objects.filter(pk__in=[one for one in ids if one is not None]).values_list("pk", "code", "name")


def _held(row: tuple[Any, ...], sites: dict[int, tuple[str, str]], vocabulary: Vocabulary) -> HeldLine:
    object_key, parameter_key, (method_key, method_base) = _names(row, vocabulary)
    site, site_name = sites.get(row[10], ("", ""))
    return HeldLine(
        id=row[0], object_key=object_key, object_text=row[3], parameter_key=parameter_key, method_key=method_key,
        method_base=method_base, site=site, site_name=site_name, domain=row[11], category=row[12], limitation=row[13],
        valid_from=row[14], valid_to=row[15],
    )  # fmt: skip


def _names(row: tuple[Any, ...], vocabulary: Vocabulary) -> tuple[str, str, tuple[str, str]]:
    """Return the canonical names of a line's object, parameter and method (key and base)."""
    object_id, object_text, parameter_id, parameter_text, edition_id, method_text = row[2:8]
    object_key = vocabulary.object_codes.get(object_id) or vocabulary.object_key(object_text)
    parameter_key = vocabulary.parameter_codes.get(parameter_id) or vocabulary.parameter_key(parameter_text)
    edition = vocabulary.edition_by_id(edition_id) if edition_id else None
    if edition is not None:
        return object_key, parameter_key, (edition.code, edition.base_code)
    method = vocabulary.method(method_text)
    return object_key, parameter_key, (method.key, method.base)


def _index_lines(vocabulary: Vocabulary) -> Iterator[IndexLine]:
    slugs = dict(Body.objects.filter(scope_lines__isnull=False).distinct().values_list("pk", "slug"))
    sites = dict(Site.objects.values_list("pk", "code"))
    limited: dict[str, bool] = {"": False}
    rows = ScopeLine.objects.order_by("pk").values_list(*_LINE_FIELDS).iterator(chunk_size=20_000)
    for row in rows:
        object_key, parameter_key, (method_key, _base) = _names(row, vocabulary)
        limitation = row[13]
        if limitation not in limited:
            limited[limitation] = bool(limitations.parse(limitation))
        yield IndexLine(
            names=(slugs[row[1]], object_key, parameter_key, method_key, sites[row[10]] if row[10] else ""),
            valid_from=row[14],
            valid_to=row[15],
            line_id=row[0],
            group=(row[11], row[12]),
            limited=limited[limitation],
        )
