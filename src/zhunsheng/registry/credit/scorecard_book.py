"""The scorecard as law of a day: read from `law/scorecard.yaml`, checked, and made into what the rules compute by."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError
from zhunsheng.foundation.stats.grading import Prior
from zhunsheng.registry.credit import law_book
from zhunsheng.registry.credit.rules.scorecard import (
    GOOD,
    LETTERS,
    RATE,
    SHARE,
    SORTS,
    TENTHS,
    Dimension,
    Forced,
    Indicator,
    Proof,
    Scorecard,
)


@cache
def book() -> Lawbook:
    """Return the scorecard's entries of all times, checked.

    Raises: LawbookError for an unknown kind, dimension or sort, for points that the lowest letter asks for, and for
        bins that are not monotone.
    """
    found = Lawbook.load(law_book.FOLDER / "scorecard.yaml")
    kinds = set(law_book.words(law_book.events()))
    for entry in found:
        values = entry.values
        unknown = {*values.get("kinds", ()), *values.get("good", ()), *values.get("proof", {}).get("kinds", ())} - kinds
        if unknown:
            raise LawbookError(entry.id, f"unknown kinds {sorted(unknown)}")
        if "dimension" in values and values["dimension"] not in law_book.DIMENSIONS:
            raise LawbookError(entry.id, "unknown dimension")
        if LETTERS[0] in values.get("least", ()):
            raise LawbookError(entry.id, "the lowest letter asks for no points")
        if entry.id.startswith("INDICATOR-"):
            _check(entry)
    return found


def _check(entry: Entry) -> None:
    values = entry.values
    if values.get("sort") not in SORTS:
        raise LawbookError(entry.id, "unknown sort")
    steps = _steps(values)
    points = [one for _count, one in steps]
    if [one for one, _points in steps] != sorted({one for one, _points in steps}) or min(points) < 0:
        raise LawbookError(entry.id, "counts must rise, and no points may be won")
    if points not in (sorted(points), sorted(points, reverse=True)):
        raise LawbookError(entry.id, "points must be monotone")
    if values["sort"] == GOOD and points != sorted(points, reverse=True):
        raise LawbookError(entry.id, "more good events may not cost more")
    if values["sort"] not in (GOOD, "fact") and points != sorted(points):
        raise LawbookError(entry.id, "more bad events may not cost less")
    if values["sort"] in (SHARE, RATE) and (any(steps[0]) or len(set(points)) < len(points)):
        raise LawbookError(entry.id, "knots rise from [0, 0]")


@lru_cache(maxsize=100)
def scorecard(on: date) -> Scorecard:
    """Return the scorecard in force on a day, with the priors that law gives.

    Raises: NotInForce.
    """
    entries = [one for one in book() if one.holds_on(on)]
    classes = book().on("CLASSES", on)
    proof = classes.values["proof"]
    dimensions = sorted(_of(entries, "DIMENSION-"), key=lambda one: int(one.values["order"]))
    return Scorecard(
        version=_version(classes, entries),
        dimensions=tuple(Dimension(str(one.values["dimension"]), _tenths(one.values["weight"])) for one in dimensions),
        indicators=tuple(map(_indicator, _of(entries, "INDICATOR-"))),
        forced=tuple(map(_forced, _of(entries, "FORCED-"))),
        least={letter: _tenths(points) for letter, points in classes.values["least"].items()},
        initial=str(classes.values["initial"]),
        needed=float(classes.values["needed"]),
        proof=Proof(frozenset(proof["kinds"]), int(proof["months"]), int(proof["least"])),
    )


def titles(on: date) -> Mapping[str, Mapping[str, str]]:
    """Return what dimensions, indicators and forcing rules are called, zh and en, by key or id."""
    found = {}
    for one in book():
        if one.holds_on(on):
            key = str(one.values["dimension"]) if one.id.startswith("DIMENSION-") else one.id
            found[key] = one.title
    return found


def headings(on: date) -> Mapping[str, Mapping[str, str]]:
    """Return under which heading of the provincial policy each dimension stands."""
    rows = (one for one in book() if one.id.startswith("DIMENSION-") and one.holds_on(on))
    return {str(one.values["dimension"]): one.values["heading"] for one in rows}


def entries_on(on: date) -> list[Entry]:
    """Return the entries of a day, for the page that shows the scorecard."""
    return [one for one in book() if one.holds_on(on)]


def classes_on(on: date) -> Entry:
    """Return thresholds, hysteresis and what computing may replace."""
    return book().on("CLASSES", on)


def _of(entries: list[Entry], beginning: str) -> list[Entry]:
    return [one for one in entries if one.id.startswith(beginning)]


def _version(classes: Entry, entries: list[Entry]) -> str:
    names = [law_book.named(book(), one) for one in entries]
    return f"SCORECARD {classes.version}.{canonical_digest(names)[:12]}"


def _indicator(entry: Entry) -> Indicator:
    values = entry.values
    prior = values.get("prior") or (1, 1)
    return Indicator(
        id=entry.id,
        dimension=str(values["dimension"]),
        sort=str(values["sort"]),
        steps=_steps(values),
        kinds=frozenset(values.get("kinds", ())),
        good=frozenset(values.get("good", ())),
        months=int(values.get("months", 0)),
        fact=str(values.get("fact", "")),
        prior=Prior(float(prior[0]), float(prior[1])),
    )


def _forced(entry: Entry) -> Forced:
    letter = str(entry.values["letter"])
    if letter not in LETTERS:
        raise LawbookError(entry.id, "a letter from A to D")
    return Forced(entry.id, frozenset(entry.values["kinds"]), letter, int(entry.values["months"]))


def _steps(values: Mapping[str, Any]) -> tuple[tuple[float, int], ...]:
    rows = values["knots"] if values["sort"] in (SHARE, RATE) else values["bins"]
    return tuple((float(count), _tenths(points)) for count, points in rows)


def _tenths(points: float) -> int:
    return round(float(points) * TENTHS)
