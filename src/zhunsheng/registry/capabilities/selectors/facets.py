"""By what an answer can be narrowed: objects, parameters, standards, domains with lines, cities with bodies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zhunsheng.registry.capabilities.selectors.matching import places

if TYPE_CHECKING:
    from zhunsheng.registry.capabilities.index.directory import Directory
    from zhunsheng.registry.capabilities.selectors.search import Ranking

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow an answer. `count` is bodies for cities and matching lines for everything else."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """All ways to narrow an answer, the most frequent first; cities are complete, the rest is the first SHOWN."""

    objects: tuple[Choice, ...]
    parameters: tuple[Choice, ...]
    methods: tuple[Choice, ...]
    domains: tuple[Choice, ...]
    cities: tuple[Choice, ...]


def facets_of(ranking: Ranking, people: Directory) -> Facets:
    """Count what the lines and bodies of an answer are about."""
    counted: dict[str, Counter[tuple[str, str]]] = {
        name: Counter() for name in ("object", "parameter", "method", "domain")
    }
    cities: Counter[str] = Counter()
    for selection in ranking.selections:
        segment, tables = selection.segment, selection.segment.tables
        combinations = np.bincount(selection.combinations, minlength=1)
        held = np.flatnonzero(combinations)
        for name, keys, shown in (
            ("object", tables.objects, tables.object_names),
            ("parameter", tables.parameters, tables.parameter_names),
            ("method", tables.method_bases, tables.method_bases),
        ):
            numbers = segment.columns[f"c_{name}"][held]
            for at, count in _totals(numbers, combinations[held]):
                shown_as = tables.methods[at] if name == "method" and keys[at].startswith("~") else shown[at]
                counted[name][keys[at], shown_as] += count
        for at, count in _totals(segment.columns["domain"][selection.lines], None):
            counted["domain"][tables.domains[at], tables.domains[at]] += count
        cities.update(_cities(selection, people))
    rows = {
        name: tuple(Choice(key, shown, count) for (key, shown), count in found.most_common(SHOWN) if key)
        for name, found in counted.items()
    }
    areas = tuple(
        Choice(code, people.areas[code].name, count) for code, count in cities.most_common() if code in people.areas
    )
    return Facets(rows["object"], rows["parameter"], rows["method"], rows["domain"], areas)


def _totals(numbers: Any, weights: Any) -> list[tuple[int, int]]:
    if not len(numbers):
        return []
    found = np.bincount(numbers, weights=weights)
    return [(int(at), int(found[at])) for at in np.flatnonzero(found)]


def _cities(selection: Any, people: Directory) -> Counter[str]:
    """Return how many bodies test in each city, a body with sites in two cities counted in both."""
    of_body, of_site = places(selection.segment, people)
    site = selection.segment.columns["site"][selection.lines]
    code = np.where(of_site[site] > 0, of_site[site], of_body[selection.bodies]).astype(np.int64) // 100
    pairs = np.unique(code * (1 << 32) + selection.bodies)
    return Counter(f"{one}00" for one in (pairs >> 32).tolist() if one)
