"""One segment of the index: the scope lines of some bodies, sorted by object, parameter, method and body.

A *combination* is a distinct (object, parameter, method). Objects are numbered in the order of their tree, so that an
object with all below it is one stretch of combinations, and its lines are one stretch of lines. Columns of lines:
`body`, `site`, `certificate`, `domain` (numbers into the tables of the segment; site 0 is none), `first` and `last`
(days since 1970-01-01, both inclusive, 0 and 65535 for open), `line` (row of the scope line), `limited`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LINE_COLUMNS = ("body", "site", "certificate", "domain", "first", "last", "line", "limited")
COMBINATION_COLUMNS = ("c_object", "c_parameter", "c_method", "c_start")


@dataclass(frozen=True, slots=True)
class Tables:
    """The names behind the numbers of a segment. Objects are in tree order; `object_end` closes each one's stretch."""

    objects: list[str]
    object_names: list[str]
    object_end: list[int]
    object_above: list[int]
    parameters: list[str]
    parameter_names: list[str]
    methods: list[str]
    method_bases: list[str]
    method_years: list[int]
    method_until: list[int]
    domains: list[str]
    bodies: list[int]
    sites: list[int]
    certificates: list[int]

    def as_json(self) -> bytes:
        """Return the tables as they are kept."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False).encode()

    @classmethod
    def read(cls, path: Path) -> Tables:
        """Return kept tables."""
        return cls(**json.loads(path.read_bytes()))


class Segment:
    """An opened segment. Read only and safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables = tables = Tables.read(folder / "tables.json")
        columns: dict[str, NDArray[Any]] = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)
            for name in (*LINE_COLUMNS, *COMBINATION_COLUMNS, "p_start", "p_ids", "m_start", "m_ids", "o_start")
        }
        self.columns = columns
        self.lines = len(columns["body"])
        self.combinations = len(columns["c_object"])
        self.object_at = {key: place for place, key in enumerate(tables.objects)}
        self.parameter_at = {key: place for place, key in enumerate(tables.parameters)}
        self.domain_at = {key: place for place, key in enumerate(tables.domains)}
        self.body_at = {key: place for place, key in enumerate(tables.bodies)}
        self.methods_of: dict[str, list[int]] = defaultdict(list)
        for place, base in enumerate(tables.method_bases):
            self.methods_of[base].append(place)
        self.method_until = np.array(tables.method_until, dtype=np.uint16)
        self.method_years = np.array(tables.method_years, dtype=np.int32)

    def combinations_of_parameter(self, parameter: int) -> NDArray[Any]:
        """Return the combinations of a parameter."""
        return self._listed("p", parameter)

    def combinations_of_method(self, method: int) -> NDArray[Any]:
        """Return the combinations of a method."""
        return self._listed("m", method)

    def combinations_of_object(self, low: int, high: int) -> tuple[int, int]:
        """Return the stretch of combinations of the objects from `low` to before `high`."""
        starts = self.columns["o_start"]
        return int(starts[low]), int(starts[high])

    def lines_of(self, combinations: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the lines of these combinations, and for each line the place of its combination in the argument."""
        starts = self.columns["c_start"]
        first = starts[combinations].astype(np.int64)
        lengths = starts[combinations + 1].astype(np.int64) - first
        place = np.repeat(np.arange(len(combinations)), lengths)
        shift = np.cumsum(lengths) - lengths
        return np.arange(int(lengths.sum())) + np.repeat(first - shift, lengths), place

    def _listed(self, kind: str, number: int) -> NDArray[Any]:
        starts = self.columns[f"{kind}_start"]
        found: NDArray[Any] = self.columns[f"{kind}_ids"][int(starts[number]) : int(starts[number + 1])]
        return found
