"""What nobody in a place can test: parameters and standards of the catalogue without a line that holds on the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhunsheng.platform.accounts.models import prefix_of
from zhunsheng.registry.capabilities.index import directory, keeping
from zhunsheng.registry.capabilities.selectors.matching import ACTIVE, live, places
from zhunsheng.registry.catalogue.models import EditionStatus, Parameter, Standard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from numpy.typing import NDArray

    from zhunsheng.registry.capabilities.index.directory import Directory
    from zhunsheng.registry.capabilities.index.segment import Segment


@dataclass(frozen=True, slots=True)
class Gap:
    """A parameter or standard that nobody in the place can test; `elsewhere` are the cities where somebody can."""

    kind: str
    key: str
    name: str
    name_en: str
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps of a place on a day."""

    on: date
    as_of: datetime | None
    parameters: int
    standards: int
    found: list[Gap]


def gaps(*, on: date, division: str = "", domain: str = "") -> Gaps:
    """Return what the catalogue knows and no valid certificate covers.

    Args:
        division: look only at what is tested at or below it; "" is the whole register.
        domain: count only lines of this domain of the schedules as ability; "" is all.
    """
    marks = directory.marks()
    index, people = keeping.current(), directory.current(marks)
    parameters = list(Parameter.objects.order_by("code").values_list("code", "name", "name_en"))
    standards = list(
        Standard.objects.filter(editions__status=EditionStatus.IN_FORCE)
        .distinct()
        .order_by("base_code")
        .values_list("base_code", "title", "title_en")
    )
    if index is None:
        return Gaps(on, None, len(parameters), len(standards), [])
    held: dict[str, dict[str, set[str]]] = {"parameter": {}, "standard": {}}
    for segment, mask in zip(index.segments, index.masks, strict=True):
        _collect(segment, mask, people, on, domain, held)
    prefix = prefix_of(division) if division else ""
    found = [
        *_missing("parameter", parameters, held["parameter"], prefix, people),
        *_missing("standard", standards, held["standard"], prefix, people),
    ]
    return Gaps(on, index.manifest.built_at, len(parameters), len(standards), found)


def _missing(
    kind: str, known: list[tuple[str, str, str]], held: Mapping[str, set[str]], prefix: str, people: Directory
) -> Iterator[Gap]:
    for key, name, english in known:
        where = held.get(key, set())
        if not any(code.startswith(prefix) for code in where):
            codes = sorted({f"{code[:4]}00" for code in where if code != "0"})
            cities = (people.areas[code].name for code in codes if code in people.areas)
            yield Gap(kind, key, name, english, tuple(cities))


def _collect(
    segment: Segment,
    mask: NDArray[np.bool_] | None,
    people: Directory,
    on: date,
    domain: str,
    held: dict[str, dict[str, set[str]]],
) -> None:
    """Add for each parameter and standard the divisions where it is tested under a valid certificate."""
    columns, tables = segment.columns, segment.tables
    keep = live(segment, people, on) == ACTIVE
    if mask is not None:
        keep &= ~mask[columns["body"]]
    if domain:
        keep &= columns["domain"] == segment.domain_at.get(domain, len(tables.domains))
    of_body, of_site = places(segment, people)
    site, body = columns["site"], columns["body"]
    code = np.where(of_site[site] > 0, of_site[site], of_body[body])[keep].astype(np.int64)
    starts = columns["c_start"].astype(np.int64)
    lengths = starts[1:] - starts[:-1]
    combination = np.repeat(np.arange(segment.combinations), lengths)[keep]
    for kind, column, keys in (
        ("parameter", "c_parameter", tables.parameters),
        ("standard", "c_method", tables.method_bases),
    ):
        pairs = np.unique(columns[column][combination].astype(np.int64) << 32 | code)
        for number, place in zip((pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist(), strict=True):
            held[kind].setdefault(keys[number], set()).add(str(place))
