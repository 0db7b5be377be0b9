"""The lines of a schedule: normalised by the catalogue, consolidated, written to the register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from zhunsheng.admission.certificates import schedules
from zhunsheng.admission.certificates.grants import Grant
from zhunsheng.admission.certificates.rules.consolidation import consolidate
from zhunsheng.admission.certificates.schedules import Line, Reader
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine


@dataclass(slots=True)
class Outcome:
    """What was written: how many lines were added and ended, and what people should be told."""

    added: int = 0
    ended: int = 0
    notes: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writing:
    """Where lines go: the body, its one certificate, the former ones, the days, and who writes when and why."""

    body: Body
    target: Accreditation
    former: tuple[Accreditation, ...]
    first: date
    last: date | None
    by: User | None
    at: datetime
    why: str

    @property
    def recording(self) -> dict[str, Any]:
        """Who, when and why, as every service wants it."""
        return {"by": self.by, "at": self.at, "why": self.why}


def write_whole_term(writing: Writing, grant: Grant) -> Outcome:
    """Write the schedule of a new term: what is carried, replaced or added; everything else of the former ones ends.

    What is carried was decided anew, so it holds for the whole term.
    Raises: ScheduleRefused for a carried or replaced line that isn't in the body's schedule.
    """
    reader = Reader(writing.body)
    keep = schedules.held_by_key(writing.body, grant.carried, on=writing.first - timedelta(days=1))
    schedules.held_by_key(writing.body, [key for key, _line in grant.replaced], on=writing.first - timedelta(days=1))
    carried = [reader.carried(one, last=None) for one in keep]
    granted = [reader.granted(line) for line in _granted(grant)]
    outcome = Outcome(notes=reader.notes)
    former = [one.pk for one in writing.former]
    outcome.ended = bodies.end_schedule(
        accreditation_ids=former, last=writing.first - timedelta(days=1), **writing.recording
    )
    _write(writing, [*carried, *granted], outcome)
    return outcome


def write_change(writing: Writing, grant: Grant) -> Outcome:
    """Write a change within a term: lines end, stand in the place of others, are added; all others stay.

    Lines of other certificates move under the one, each no longer than it was granted.
    Raises: ScheduleRefused for a line to end that isn't in the schedule.
    """
    reader = Reader(writing.body)
    held = schedules.in_force(writing.body, writing.target, writing.former, writing.first)
    gone = _gone(grant, held, reader)
    staying = [one for one in held.values() if one.pk not in gone]
    outcome = Outcome(notes=reader.notes)
    own = writing.target.pk
    lines = [one if one.accreditation_id == own else reader.carried(one, last=one.last) for one in staying]
    lines += [reader.granted(line) for line in _granted(grant)]
    left_out = _write(writing, lines, outcome)
    leaving = [pk for pk in sorted(gone | left_out) if held[pk].accreditation_id == own]
    outcome.ended += _end(writing, leaving)
    for one in writing.former:
        moved = bodies.end_schedule(
            accreditation_ids=[one.pk], last=writing.first - timedelta(days=1), **writing.recording
        )
        outcome.notes.append({"kind": "moved", "number": one.number, "lines": moved})
    return outcome


def _granted(grant: Grant) -> Iterable[Any]:
    yield from (line for _key, line in grant.replaced)
    yield from grant.added


def _gone(grant: Grant, held: Mapping[int, Line], reader: Reader) -> set[int]:
    """Return the lines in force that end, those of places given up among them."""
    named = {*grant.ended, *(key for key, _line in grant.replaced)}
    if not named <= held.keys():
        raise schedules.ScheduleRefused(
            "Some of these lines aren't in the body's schedule.",
            field="lines",
            remedy="Choose lines of this body's scope.",
        )
    places = {reader.site_id(code) for code in grant.ended_sites}
    return named | {pk for pk, one in held.items() if one.values["site_id"] in places}


def _write(writing: Writing, lines: Iterable[Line], outcome: Outcome) -> set[int]:
    """Consolidate and write what the target certificate lacks; return the lines of the register that were left out."""
    schedule = consolidate(line.candidate for line in lines)
    for one in schedule.merged:
        outcome.notes.append({"kind": "merged", "kept": one.kept.words, "left_out": one.left_out.words, "why": one.why})
    entering = [schedules.line_of(one) for one in schedule.lines]
    rows = [
        {
            **line.values,
            "body_id": writing.body.pk,
            "accreditation_id": writing.target.pk,
            "valid_from": writing.first,
            "valid_to": _earlier(line.candidate.last, writing.last),
        }
        for line in entering
        if line.accreditation_id != writing.target.pk
    ]
    if rows:
        bodies.write_scope(body_id=writing.body.pk, rows=rows, **writing.recording)
    outcome.added += len(rows)
    dropped = (schedules.line_of(one.left_out) for one in schedule.merged)
    return {line.pk for line in dropped if line.pk is not None}


def _end(writing: Writing, keys: list[int]) -> int:
    """End lines on the day before the change; lines that begin only then never held and are struck out."""
    begun = set(
        ScopeLine.objects.filter(pk__in=keys).exclude(valid_from__gte=writing.first).values_list("pk", flat=True)
    )
    never = sorted(set(keys) - begun)
    if begun:
        bodies.reduce_scope(body_id=writing.body.pk, line_ids=begun, on=writing.first, **writing.recording)
    if never:
        bodies.strike_lines(body_id=writing.body.pk, line_ids=never, **writing.recording)
    return len(keys)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
