"""What a sheet shows: every item with its values, part by part, and the conflicts that wait for a person."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from zhunsheng.admission.reviews import lawbook
from zhunsheng.admission.reviews.models import Nonconformity, ParameterConfirmation, Review, SheetChange
from zhunsheng.admission.reviews.rules.lines import numbers_text

LINES_ON_A_PART: Final = 150
"""So many lines a telephone shows without delay; a longer application has a sheet of several parts."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item on a page. `was` is the digest of its values: what comes back with the same digest wasn't touched."""

    key: str
    version: int
    values: Mapping[str, Any]
    row: Any = None
    ways: tuple[tuple[str, str, bool], ...] = ()
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def was(self) -> str:
        """Return the digest of the values shown."""
        return digest_of(self.values)


def digest_of(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of values, whatever the order of their names."""
    return hashlib.sha256(json.dumps(dict(values), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def parts_of(review: Review) -> int:
    """Return how many parts the sheet has."""
    return max(1, -(-review.confirmations.count() // LINES_ON_A_PART))


def open_conflicts(review: Review) -> list[SheetChange]:
    """Return the changes that met another's writing and wait for a person."""
    waiting = review.changes.filter(outcome="conflict", resolved_at=None)
    return list(waiting.select_related("by").order_by("received_at", "pk"))


def labelled_conflicts(review: Review) -> list[tuple[str, SheetChange]]:
    """Return the open conflicts, each with its clause, or with the line of capability: at most four queries."""
    waiting = open_conflicts(review)
    if not waiting:
        return []
    labels = {f"clause:{key}": clause for key, clause in review.checklist.values_list("pk", "clause")}
    for one in review.confirmations.select_related("line"):
        labels[f"line:{one.pk}"] = f"{one.line.number} {one.line}"
    for key, clause, number in review.nonconformities.values_list("key", "clause", "number"):
        labels[f"nonconformity:{key}"] = f"{number} · {clause}"
    return [(labels.get(one.item, one.item), one) for one in waiting]


def ways_on(on: date, language: str) -> list[tuple[str, str]]:
    """Return the ways of confirming (table 7-2) with their words in a language."""
    rule = lawbook.rule(lawbook.CONFIRMATION, on)
    return [(one["key"], one[language]) for one in rule.values["ways"]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One part of a sheet: clauses and nonconformities on the first, lines on each."""

    clauses: list[Shown]
    lines: list[Shown]
    nonconformities: list[Shown]
    blank: Shown


def sheet_of(review: Review, part: int, on: date, language: str) -> Sheet:
    """Return what a part of the sheet shows: constant queries."""
    first = part == 1
    ways = ways_on(on, language)
    lines = review.confirmations.select_related("line", "line__site", "by").order_by("line__number")
    chosen = lines[(part - 1) * LINES_ON_A_PART : part * LINES_ON_A_PART]
    clauses = review.checklist.select_related("by").order_by("place") if first else ()
    found = review.nonconformities.select_related("by").prefetch_related("lines").order_by("number") if first else ()
    empty = {"clause": "", "fact": "", "basis": "", "found": "on_site", "verify_by": "evidence", "lines": ""}
    return Sheet(
        clauses=[
            Shown(f"clause:{one.pk}", one.version, {"verdict": one.verdict, "note": one.note}, one) for one in clauses
        ],
        lines=[_line(one, ways) for one in chosen],
        nonconformities=[_nonconformity(one) for one in found],
        blank=Shown(f"nonconformity:{uuid.uuid4()}", 0, empty),
    )


def _line(one: ParameterConfirmation, ways: list[tuple[str, str]]) -> Shown:
    confirmed = {None: "", True: "yes", False: "no"}[one.confirmed]
    values = {**{key: getattr(one, key) for key, _words in ways}, "confirmed": confirmed, "note": one.note}
    return Shown(
        f"line:{one.pk}", one.version, values, one, tuple((key, words, getattr(one, key)) for key, words in ways)
    )


def _nonconformity(one: Nonconformity) -> Shown:
    texts = {name: getattr(one, name) for name in ("clause", "fact", "basis", "found", "verify_by")}
    lines = numbers_text(line.number for line in one.lines.all())
    return Shown(f"nonconformity:{one.key}", one.version, {**texts, "lines": lines}, one)
