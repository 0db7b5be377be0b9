"""The names of a body, who heads it, what happened to it and how its scope shrank, in one query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from zhunsheng.registry.bodies.models import (
    Body,
    BodyEvent,
    BodyName,
    EventKind,
    NameKind,
    Office,
    OfficeKind,
    ReductionKind,
    ScopeReduction,
)
from zhunsheng.registry.bodies.selectors.versions import rows_known


@dataclass(frozen=True, slots=True)
class Held:
    """A name or an office: its kind as code and in words, whose it is, and between which days."""

    kind: str
    words: Any
    text: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a body. `inward` when it is told of the other body: that one merged into this one, say."""

    kind: str
    words: Any
    happened_on: date
    document_no: str
    reason: str
    before: str
    after: str
    other_slug: str
    other_name: str
    inward: bool


@dataclass(frozen=True, slots=True)
class Reduced:
    """Lines of the scope that ended together: the kind in words, the first day without them, and what decided."""

    words: Any
    valid_from: date
    document_no: str
    ground: str
    count: int


@dataclass(frozen=True, slots=True)
class Life:
    """Everything that `life_of` finds, events oldest first."""

    names: tuple[Held, ...]
    offices: tuple[Held, ...]
    events: tuple[Event, ...]
    reductions: tuple[Reduced, ...] = ()

    @property
    def former_names(self) -> list[str]:
        """The body's own former names, once each; names of bodies that merged into it are told by the events."""
        merged = {one.other_name for one in self.events if one.inward and one.kind == EventKind.MERGED}
        own = (one.text for one in self.names if one.kind == NameKind.FORMER and one.text not in merged)
        return list(dict.fromkeys(own))

    @property
    def end(self) -> Event | None:
        """The event that ended the body, or None."""
        ends = (one for one in self.events if one.kind in (EventKind.MERGED, EventKind.CLOSED) and not one.inward)
        return next(ends, None)


def life_of(body: Body, on: date, *, known_at: datetime | None = None) -> Life:
    """Return a body's names and events, and its offices of a day, as known now or at a moment: one query."""
    rows = list(
        _names(body, known_at).union(
            _offices(body, known_at),
            _events(body, known_at, "body_id", "other"),
            _events(body, known_at, "other_id", "body"),
            _reductions(body, known_at),
            all=True,
        )
    )
    rows.sort(key=lambda row: (row[3] or date.min, row[1]))
    held = [(row[0], Held(row[1], _words(row[0], row[1]), row[2], row[3], row[4])) for row in rows if row[0] in "no"]
    return Life(
        names=tuple(one for what, one in held if what == "n"),
        offices=tuple(one for what, one in held if what == "o" and one.holds_on(on)),
        events=tuple(_event(row) for row in rows if row[0] in "ei"),
        reductions=tuple(
            Reduced(ReductionKind(row[1]).label, row[3], row[2], row[5], int(row[6])) for row in rows if row[0] == "r"
        ),
    )


def _event(row: tuple[Any, ...]) -> Event:
    what, kind, document_no, happened_on, _none, reason, before, after, slug, name = row
    return Event(kind, EventKind(kind).label, happened_on, document_no, reason, before, after, slug, name, what == "i")


def _words(what: str, kind: str) -> Any:
    return NameKind(kind).label if what == "n" else OfficeKind(kind).label


def _names(body: Body, known_at: datetime | None) -> QuerySet[Any, tuple[Any, ...]]:
    rows = rows_known(BodyName, known_at, as_records=False).filter(body_id=body.pk)
    return _columns(rows, "n", F("name"), F("valid_from"), F("valid_to"))


def _offices(body: Body, known_at: datetime | None) -> QuerySet[Any, tuple[Any, ...]]:
    rows = rows_known(Office, known_at, as_records=False).filter(body_id=body.pk)
    return _columns(rows, "o", F("name"), F("valid_from"), F("valid_to"))


def _events(body: Body, known_at: datetime | None, mine: str, other: str) -> QuerySet[Any, tuple[Any, ...]]:
    rows = rows_known(BodyEvent, known_at, as_records=False).filter(**{mine: body.pk})
    texts = [F("reason"), F("before"), F("after"), F(f"{other}__slug"), F(f"{other}__name")]
    what = "e" if other == "other" else "i"
    never = Value(None, output_field=DateField())
    return _columns(rows, what, F("document_no"), F("happened_on"), never, texts)


def _reductions(body: Body, known_at: datetime | None) -> QuerySet[Any, tuple[Any, ...]]:
    rows = rows_known(ScopeReduction, known_at, as_records=False).filter(body_id=body.pk)
    empty = Value("", output_field=CharField())
    texts = [F("ground"), Cast("count", CharField()), empty, empty, empty]
    return _columns(rows, "r", F("document_no"), F("valid_from"), Value(None, output_field=DateField()), texts)


def _columns(
    rows: QuerySet[Any], what: str, text: Any, first: Any, last: Any, texts: list[Any] | None = None
) -> QuerySet[Any, tuple[Any, ...]]:
    """Return ten columns alike for all parts of the union."""
    empty: list[Any] = [Value("", output_field=CharField())] * 5
    named = dict(zip(("c_5", "c_6", "c_7", "c_8", "c_9"), texts or empty, strict=True))
    kept = rows.order_by().annotate(
        c_0=Value(what, output_field=CharField()), c_1=F("kind"), c_2=text, c_3=first, c_4=last, **named
    )
    columns: QuerySet[Any, tuple[Any, ...]] = kept.values_list(*(f"c_{place}" for place in range(10)))
    return columns
