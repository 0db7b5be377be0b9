"""Builds a segment from a stream of scope lines, with the columns of all lines in memory: 50 bytes a line."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from zhunsheng.registry.bodies.scope_index import OPEN_END, day_number
from zhunsheng.registry.capabilities.index.segment import Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from zhunsheng.registry.catalogue.selectors import EditionFacts, Vocabulary

ROW = (
    "id", "body_id", "site_id", "accreditation_id", "domain", "object_id", "object_text", "parameter_id",
    "parameter_text", "edition_id", "method_text", "limitation", "valid_from", "valid_to",
)  # fmt: skip
"""The columns of a scope line that a segment is built from, in this order."""
_SHIFT = 21
MOST = 1 << _SHIFT
"""Distinct objects, parameters or methods that a segment can number."""


@dataclass(slots=True)
class _Numbers:
    """Numbers things in the order of their first mention."""

    known: dict[Any, int] = field(default_factory=dict)

    def of(self, thing: Any) -> int:
        """Return the number of a thing, given at its first mention."""
        found = self.known.get(thing)
        if found is None:
            found = self.known[thing] = len(self.known)
        return found


class _Names:
    """Maps a line's text and catalogue row to the number of its canonical key, remembering each pair."""

    def __init__(self, key: Callable[[int | None, str], tuple[str, str]]) -> None:
        self._key = key
        self._seen: dict[tuple[int | None, str], int] = {}
        self.numbers = _Numbers()
        self.shown: list[str] = []

    def of(self, row: int | None, text: str) -> int:
        """Return the number of what a line names."""
        found = self._seen.get((row, text))
        if found is None:
            key, shown = self._key(row, text)
            found = self._seen[row, text] = self.numbers.of(key)
            if found == len(self.shown):
                self.shown.append(shown)
        return found


class Builder:
    """Takes lines in any order, then writes the segment."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary
        self._objects = _Names(self._object)
        self._parameters = _Names(self._parameter)
        self._methods = _Names(self._method)
        self._bodies, self._sites, self._certificates, self._domains = (_Numbers() for _ in range(4))
        self._sites.of(None)
        self._days: dict[date | None, tuple[int, int]] = {None: (0, OPEN_END)}
        self._columns = {name: array(kind) for name, kind in _ARRAYS.items()}

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take lines as tuples of ROW."""
        columns = [self._columns[name].append for name in _ARRAYS]
        body, site, certificate, domain, line, obj, par, met, first, last, limited = columns
        for row in rows:
            line(row[0])
            body(self._bodies.of(row[1]))
            site(self._sites.of(row[2]))
            certificate(self._certificates.of(row[3]))
            domain(self._domains.of(row[4]))
            obj(self._objects.of(row[5], row[6]))
            par(self._parameters.of(row[7], row[8]))
            met(self._methods.of(row[9], row[10]))
            limited(1 if row[11] else 0)
            first(self._day(row[12])[0])
            last(self._day(row[13])[1])

    def write(self, folder: Path) -> int:
        """Write the segment into an empty folder and return how many lines it has."""
        tree = self._tree()
        columns = {name: np.frombuffer(held, dtype=held.typecode) for name, held in self._columns.items()}
        objects = tree.number[columns.pop("object")] if len(columns["object"]) else columns.pop("object")
        parameters, methods = columns.pop("parameter"), columns.pop("method")
        keys = (
            (objects.astype(np.uint64) << np.uint64(2 * _SHIFT))
            | (parameters.astype(np.uint64) << np.uint64(_SHIFT))
            | methods.astype(np.uint64)
        )
        order = np.lexsort((columns["body"], keys))
        keys = keys[order]
        starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.int64)
        distinct = keys[starts]
        mask = np.uint64(MOST - 1)
        c_object, c_parameter, c_method = (
            ((distinct >> np.uint64(shift)) & mask).astype(np.uint32) for shift in (2 * _SHIFT, _SHIFT, 0)
        )
        for name, column in columns.items():
            np.save(folder / f"{name}.npy", _narrow(column[order]))
        written = {"c_object": c_object, "c_parameter": c_parameter, "c_method": c_method}
        written["c_start"] = np.r_[starts, len(keys)].astype(np.uint32 if len(keys) < 1 << 32 else np.uint64)
        written["p_start"], written["p_ids"] = _listed(c_parameter, len(self._parameters.shown))
        written["m_start"], written["m_ids"] = _listed(c_method, len(self._methods.shown))
        written["o_start"] = np.searchsorted(c_object, np.arange(len(tree.keys) + 1)).astype(np.uint32)
        for name, column in written.items():
            np.save(folder / f"{name}.npy", column)
        (folder / "tables.json").write_bytes(self._tables(tree).as_json())
        return len(keys)

    def _tables(self, tree: _Tree) -> Tables:
        methods = [self._method_facts(key) for key in self._methods.numbers.known]
        return Tables(
            objects=tree.keys,
            object_names=tree.names,
            object_end=tree.end,
            object_above=tree.above,
            parameters=list(self._parameters.numbers.known),
            parameter_names=self._parameters.shown,
            methods=self._methods.shown,
            method_bases=[base for base, _year, _until in methods],
            method_years=[year for _base, year, _until in methods],
            method_until=[until for _base, _year, until in methods],
            domains=list(self._domains.known),
            bodies=list(self._bodies.known),
            sites=[0, *(one for one in self._sites.known if one is not None)],
            certificates=list(self._certificates.known),
        )

    def _tree(self) -> _Tree:
        """Return all objects in tree order: those of the catalogue, then the texts that it doesn't know."""
        words, tree = self._words, _Tree()
        below: dict[int | None, list[int]] = {}
        for row in sorted(words.object_codes, key=lambda row: words.object_codes[row]):
            above = words.object_ancestors(row)
            below.setdefault(above[0] if above else None, []).append(row)

        def walk(row: int, above: int) -> None:
            place = tree.add(words.object_codes[row], words.object_names[row], above)
            for child in below.get(row, ()):
                walk(child, place)
            tree.end[place] = len(tree.keys)

        for root in below.get(None, ()):
            walk(root, -1)
        at = {key: place for place, key in enumerate(tree.keys)}
        numbers = []
        for key, shown in zip(self._objects.numbers.known, self._objects.shown, strict=True):
            if key not in at:
                at[key] = tree.add(key, shown, -1)
            numbers.append(at[key])
        tree.number = np.array(numbers, dtype=np.int64)
        return tree

    def _day(self, day: date | None) -> tuple[int, int]:
        found = self._days.get(day)
        if found is None:
            number = day_number(day, open_as=0)
            found = self._days[day] = (number, number)
        return found

    def _object(self, row: int | None, text: str) -> tuple[str, str]:
        key = self._words.object_codes.get(row) if row else None
        key = key or self._words.object_key(text)
        known = None if key.startswith("~") else self._words.object_id(key)
        return key, text if known is None else self._words.object_names[known]

    def _parameter(self, row: int | None, text: str) -> tuple[str, str]:
        key = self._words.parameter_codes.get(row) if row else None
        key = key or self._words.parameter_key(text)
        known = None if key.startswith("~") else self._words.parameter_id(key)
        return key, text if known is None else self._words.parameter_names[known]

    def _method(self, row: int | None, text: str) -> tuple[str, str]:
        edition = self._words.edition_by_id(row) if row else None
        if edition is not None:
            return edition.code, edition.code
        method = self._words.method(text)
        return method.key, text if method.key.startswith("~") else method.key

    def _method_facts(self, key: str) -> tuple[str, int, int]:
        """Return a method's base, its year or 0, and the day (number) up to which the edition was current."""
        if key.startswith("~"):
            return key, 0, OPEN_END
        method = self._words.method(key)
        return method.base, method.year or 0, _current_until(method.edition)


@dataclass(slots=True)
class _Tree:
    keys: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    number: NDArray[Any] = field(default_factory=lambda: np.empty(0, np.int64))

    def add(self, key: str, name: str, above: int) -> int:
        self.keys.append(key)
        self.names.append(name)
        self.above.append(above)
        self.end.append(len(self.keys))
        return len(self.keys) - 1


_ARRAYS = {
    "body": "I", "site": "I", "certificate": "I", "domain": "I", "line": "q", "object": "I", "parameter": "I",
    "method": "I", "first": "H", "last": "H", "limited": "B",
}  # fmt: skip


def _current_until(edition: EditionFacts | None) -> int:
    """Return the last day on which an edition isn't over (0 where it is over and nobody knows since when).

    Told by its dates for whatever day is asked, so that an index that was built before an edition ends tells the truth
    after it: an edition with a last day, or with a successor that has a first one, is over from then on.
    """
    if edition is None:
        return OPEN_END
    far = date.max
    if edition.standing_on(far) in ("in_force", "coming"):
        return OPEN_END
    first = edition.over_since(far)
    return 0 if first is None else day_number(first - timedelta(days=1), open_as=0)


def _narrow(column: NDArray[Any]) -> NDArray[Any]:
    """Return the column in the narrowest type that holds it."""
    most = int(column.max()) if len(column) else 0
    kind = next(one for one in (np.uint8, np.uint16, np.uint32, np.uint64) if most <= np.iinfo(one).max)
    return column if column.dtype == np.uint16 else column.astype(kind)


def _listed(numbers: NDArray[Any], count: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return for each number where its places begin, and the places, in order."""
    starts = np.r_[0, np.cumsum(np.bincount(numbers, minlength=count))].astype(np.uint32)
    return starts, np.argsort(numbers, kind="stable").astype(np.uint32)
