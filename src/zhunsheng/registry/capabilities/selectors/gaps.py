"""What nobody in a place can test, of what the catalogue, the national library and the provincial library name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.models import prefix_of
from zhunsheng.registry.capabilities.index import directory, keeping
from zhunsheng.registry.capabilities.selectors.matching import ACTIVE, live, places
from zhunsheng.registry.catalogue import selectors as catalogue
from zhunsheng.registry.catalogue.models import EditionStatus, Parameter, StandardEdition
from zhunsheng.registry.library import selectors as library
from zhunsheng.registry.national import selectors as national
from zhunsheng.registry.national.rules.answers import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from zhunsheng.registry.capabilities.index.directory import Directory
    from zhunsheng.registry.capabilities.index.segment import Segment


class Source(TextChoices):
    """Who names a thing that ought to be tested somewhere."""

    CATALOGUE = "catalogue", _("Basic catalogue")
    NATIONAL = "national", _("National library")
    PROVINCIAL = "provincial", _("Provincial library")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that nobody in the place can test; `elsewhere` are the cities where somebody can.

    `kind` is parameter, standard, or entry: a parameter by the standard of an entry of the provincial library.
    `sources` are all that name it, `domains` what they say of its field.
    """

    kind: str
    key: str
    name: str
    name_en: str
    elsewhere: tuple[str, ...]
    sources: tuple[Source, ...] = (Source.CATALOGUE,)
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps of a place on a day, and how many parameters, standards and entries were looked for."""

    on: date
    as_of: datetime | None
    parameters: int
    standards: int
    entries: int
    found: list[Gap]


class _Wanted(NamedTuple):
    """A thing to look for: `held` is how the index calls it."""

    kind: str
    held: tuple[str, ...]
    key: str
    name: str
    name_en: str
    sources: tuple[Source, ...]
    domains: tuple[str, ...] = ()


def gaps(*, on: date, division: str = "", domain: str = "") -> Gaps:
    """Return what a source names and no valid certificate covers. A few queries, whatever the sources' sizes.

    Args:
        division: look only at what is tested at or below it; "" is the whole register.
        domain: count only lines of this domain of the schedules as ability; "" is all.
    """
    marks = directory.marks()
    index, people = keeping.current(), directory.current(marks)
    wanted = [*_parameters(), *_standards(on), *_entries(on)]
    parameters, standards, entries = (
        sum(one.kind == kind for one in wanted) for kind in ("parameter", "standard", "entry")
    )
    if index is None:
        return Gaps(on, None, parameters, standards, entries, [])
    pairs = frozenset(one.held for one in wanted if one.kind == "entry")
    held: dict[tuple[str, ...], set[str]] = {}
    for segment, mask in zip(index.segments, index.masks, strict=True):
        _collect(segment, _kept(segment, mask, people, on, domain), people, pairs, held)
    prefix = prefix_of(division) if division else ""
    found = list(_missing(wanted, held, prefix, people))
    return Gaps(on, index.manifest.built_at, parameters, standards, entries, found)


def _parameters() -> Iterator[_Wanted]:
    for code, name, english in Parameter.objects.order_by("code").values_list("code", "name", "name_en"):
        yield _Wanted("parameter", ("parameter", code), code, name, english, (Source.CATALOGUE,))


def _standards(on: date) -> Iterator[_Wanted]:
    """Yield the standards of which an edition is in force, and the rows of the national library, each standard once."""
    editions = catalogue.with_standing(StandardEdition.objects.all(), on).filter(Q(standing_on=EditionStatus.IN_FORCE))
    titles = dict.fromkeys(
        editions.order_by("standard__base_code").values_list(
            "standard__base_code", "standard__title", "standard__title_en"
        )
    )
    known = {base: (title, english) for base, title, english in titles}
    listed: dict[str, tuple[str, str, set[str]]] = {}
    rows = national.rows(on=on).filter(standing=Standing.ACTIVE).values_list("base_code", "text", "domain")
    for base, text, field in rows:
        held = base or "~" + normalise_name(text)
        listed.setdefault(held, (base or text, text, set()))[2].add(field)
    for base, (title, english) in known.items():
        fields = listed.pop(base, ("", "", set()))[2]
        sources = (Source.CATALOGUE, Source.NATIONAL) if fields else (Source.CATALOGUE,)
        yield _Wanted("standard", ("standard", base), base, title, english, sources, tuple(sorted(fields)))
    for held, (key, text, fields) in listed.items():
        yield _Wanted("standard", ("standard", held), key, text, "", (Source.NATIONAL,), tuple(sorted(fields)))


def _entries(on: date) -> Iterator[_Wanted]:
    """Yield the entries of the provincial library: a parameter by a standard."""
    for one in library.versions_in_force(on):
        if one.parameter is not None:
            held = ("entry", one.parameter.code, one.edition.standard.base_code)
            english = one.parameter_name_en and f"{one.parameter_name_en} · {one.method_code}"
            yield _Wanted(
                "entry", held, one.entry.code, library.titled(one), english, (Source.PROVINCIAL,), (one.domain,)
            )


def _missing(
    wanted: Sequence[_Wanted], held: Mapping[tuple[str, ...], set[str]], prefix: str, people: Directory
) -> Iterator[Gap]:
    for one in wanted:
        where = held.get(one.held, set())
        if not any(code.startswith(prefix) for code in where):
            codes = sorted({f"{code[:4]}00" for code in where if code != "0"})
            cities = tuple(people.areas[code].name for code in codes if code in people.areas)
            yield Gap(one.kind, one.key, one.name, one.name_en, cities, one.sources, one.domains)


def _kept(
    segment: Segment, mask: NDArray[np.bool_] | None, people: Directory, on: date, domain: str
) -> NDArray[np.bool_]:
    """Return which lines hold on the day under a valid certificate, in the domain."""
    columns, tables = segment.columns, segment.tables
    keep: NDArray[np.bool_] = live(segment, people, on) == ACTIVE
    if mask is not None:
        keep &= ~mask[columns["body"]]
    if domain:
        keep &= columns["domain"] == segment.domain_at.get(domain, len(tables.domains))
    return keep


def _collect(
    segment: Segment,
    keep: NDArray[np.bool_],
    people: Directory,
    pairs: frozenset[tuple[str, ...]],
    held: dict[tuple[str, ...], set[str]],
) -> None:
    """Add for each parameter, standard and wanted pair of both the divisions where it is tested."""
    columns, tables = segment.columns, segment.tables
    of_body, of_site = places(segment, people)
    site, body = columns["site"], columns["body"]
    code = np.where(of_site[site] > 0, of_site[site], of_body[body])[keep].astype(np.int64)
    starts = columns["c_start"].astype(np.int64)
    lengths = starts[1:] - starts[:-1]
    combination = np.repeat(np.arange(segment.combinations), lengths)[keep]
    numbered, names = _pairs(segment, pairs)
    for numbers, keys in (
        (columns["c_parameter"], [("parameter", key) for key in tables.parameters]),
        (columns["c_method"], [("standard", key) for key in tables.method_bases]),
        (numbered, names),
    ):
        chosen = numbers[combination].astype(np.int64)
        found = np.unique((chosen << 32 | code)[chosen >= 0])
        for number, place in zip((found >> 32).tolist(), (found & 0xFFFFFFFF).tolist(), strict=True):
            held.setdefault(keys[number], set()).add(str(place))


def _pairs(segment: Segment, pairs: frozenset[tuple[str, ...]]) -> tuple[NDArray[np.int64], list[tuple[str, ...]]]:
    """Return for each combination the number of its wanted pair of parameter and standard, or -1; and the pairs."""
    numbers = np.full(segment.combinations, -1, dtype=np.int64)
    names = sorted(pairs)
    for number, (_kind, parameter, base) in enumerate(names):
        place = segment.parameter_at.get(parameter)
        if place is not None and base in segment.methods_of:
            among = segment.combinations_of_parameter(place)
            numbers[among[np.isin(segment.columns["c_method"][among], segment.methods_of[base])]] = number
    return numbers, names
