"""One body, one certificate: lines of several grants, sites and former certificates become one schedule.

Source: 检验检测机构资质认定管理办法; the policy's goal 一家一证.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Capability = tuple[str, str, str, str, str]
"""Site, object, parameter, method and clause, by canonical names: what a line means, not how it is written."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that stands to enter the schedule.

    Args:
        key: where it comes from; returned as it is.
        words: how it is written, for telling people.
        last: the last day up to which it was granted; None for the whole term.
    """

    key: object
    capability: Capability
    limitation: str
    words: str
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """A line that isn't entered because another says the same, or more."""

    kept: Candidate
    left_out: Candidate
    why: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """The lines of one schedule in the order given, and what was merged."""

    lines: tuple[Candidate, ...]
    merged: tuple[Merged, ...]


def consolidate(candidates: Iterable[Candidate]) -> Schedule:
    """Merge lines of one meaning: the same limitation is one line, and a line without limitation covers limited ones.

    Two different limitations stay two lines: no machine joins ranges that were granted apart. A line for every site
    covers the same line of one site. Of equals the one granted longest is kept, of those the first.
    """
    held: dict[Capability, list[Candidate]] = {}
    order: list[Candidate] = []
    merged: list[Merged] = []
    for one in candidates:
        rivals = held.get(one.capability, []) + (held.get(_everywhere(one), []) if one.capability[0] else [])
        better = next((other for other in rivals if _covers(other, one)), None)
        if better is not None:
            merged.append(Merged(better, one, _why(better, one)))
            continue
        held.setdefault(one.capability, []).append(one)
        order.append(one)
    return _without_covered(order, merged)


def _without_covered(order: list[Candidate], merged: list[Merged]) -> Schedule:
    """Leave out what a later line turned out to cover."""
    by: dict[Capability, list[Candidate]] = {}
    for one in order:
        by.setdefault(one.capability, []).append(one)
    kept: list[Candidate] = []
    for one in order:
        rivals = [*by[one.capability], *(by.get(_everywhere(one), ()) if one.capability[0] else ())]
        better = next((other for other in rivals if other is not one and _covers(other, one)), None)
        if better is None:
            kept.append(one)
            continue
        merged.append(Merged(better, one, _why(better, one)))
        by[one.capability].remove(one)
    return Schedule(tuple(kept), tuple(merged))


def _everywhere(one: Candidate) -> Capability:
    return ("", *one.capability[1:])


def _covers(wide: Candidate, narrow: Candidate) -> bool:
    lasts = wide.last is None or (narrow.last is not None and wide.last >= narrow.last)
    return lasts and wide.limitation in ("", narrow.limitation)


def _why(wide: Candidate, narrow: Candidate) -> str:
    if wide.limitation != narrow.limitation:
        return "unlimited"
    return "same" if wide.capability == narrow.capability else "every_site"
