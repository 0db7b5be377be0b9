"""Was a person or an instrument in two places at once?

Only exact times at two stated sites are evidence: overlapping days, an overlap at one site (an analyst runs several
tests side by side), two versions of one report, and a determination that runs longer than a shift are not.
Source: law.md §10, patterns met in practice.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from zhunsheng.oversight.reports.rules.facts import Found, ReportFacts, Stay

PERSON = "person"
INSTRUMENT = "instrument"
_FIELD = {PERSON: "analyst", INSTRUMENT: "instrument"}


def excludes(one: Stay, other: Stay) -> bool:
    """Tell whether two stays can't both be true: same person or instrument, two sites, times that truly overlap."""
    return (
        one.kind == other.kind
        and one.code == other.code
        and bool(one.site and other.site)
        and one.site != other.site
        and one.started < one.finished
        and other.started < other.finished
        and one.started < other.finished
        and other.started < one.finished
    )


def overlapping(stays: Iterable[Stay]) -> Iterator[tuple[Stay, Stay]]:
    """Give every pair of stays that exclude one another, the one that began first in front, in one sweep."""
    present: dict[tuple[str, str], list[Stay]] = {}
    for stay in sorted(stays, key=lambda each: (each.started, each.finished)):
        here = present.setdefault((stay.kind, stay.code), [])
        here[:] = [other for other in here if other.finished > stay.started]
        yield from ((other, stay) for other in here if excludes(other, stay))
        here.append(stay)


def _clashes(report: ReportFacts, kind: str, code: str) -> Iterator[Found]:
    if not report.other_stays:
        return
    reported: set[tuple[str, str]] = set()
    hours = report.law.get(code, {}).get("longest_hours")
    others: dict[str, list[Stay]] = {}
    for stay in _of_kind(report.other_stays, kind, hours):
        if stay.report != report.number:
            others.setdefault(stay.code, []).append(stay)
    for stay in _of_kind(report.stays, kind, hours):
        for other in others.get(stay.code, ()):
            if excludes(stay, other) and (stay.code, other.report) not in reported:
                reported.add((stay.code, other.report))
                yield Found(code, _facts(stay, other), stay.line, _where(stay))


def _of_kind(stays: Iterable[Stay], kind: str, hours: int | None) -> Iterator[Stay]:
    """Give the stays of persons or instruments; one longer than these hours is a determination left to itself."""
    longest = timedelta(hours=hours) if hours else timedelta.max
    return (stay for stay in stays if stay.kind == kind and stay.finished - stay.started <= longest)


def _where(stay: Stay) -> str:
    return "results" if stay.line is None else f"results[{stay.line - 1}].{_FIELD[stay.kind]}"


def _facts(stay: Stay, other: Stay) -> dict[str, str | int | bool | list[str] | list[int] | None]:
    return {
        "who": stay.code,
        "site": stay.site,
        "other_site": other.site,
        "other_report": other.report,
        "overlap_from": max(stay.started, other.started).isoformat(timespec="minutes"),
        "overlap_to": min(stay.finished, other.finished).isoformat(timespec="minutes"),
    }


def person_in_one_place(report: ReportFacts) -> Iterator[Found]:
    """One person is not at work at two sites at the same time."""
    return _clashes(report, PERSON, "TWICE-PERSON")


def instrument_in_one_place(report: ReportFacts) -> Iterator[Found]:
    """One instrument is not in use at two sites at the same time."""
    return _clashes(report, INSTRUMENT, "TWICE-INSTRUMENT")
