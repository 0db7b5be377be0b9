"""Entering a read schedule's lines in the register, through the bodies' own service."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, overload

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import MissingReason, recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.schedules import permissions
from zhunsheng.registry.schedules.models import Schedule, ScheduleLine, Stage
from zhunsheng.registry.schedules.permissions import Can

STEP = 20_000
Progress = Callable[[int, int], None]
_TAKEN = (
    "site_id", "domain", "category", "object_id", "object_text", "parameter_id", "parameter_text", "method_text",
    "edition_id", "method_base", "method_year", "clause", "limitation", "remark",
)  # fmt: skip
_MEANING = (
    "site_id", "object_id", "object_text", "parameter_id", "parameter_text", "edition_id", "method_year", "method_text",
    "clause",
)  # fmt: skip
_OWN = ("object_text", "parameter_text", "method_text", "valid_from", "domain", "category")
Capability = tuple[Any, ...]


class NotReady(DomainError):
    """The schedule can't be entered yet."""

    code = "schedule-not-ready"


class ReadyLines(Sequence[dict[str, Any]]):
    """Lines of a schedule as column values of scope lines, fetched slice by slice so that memory stays small."""

    def __init__(self, schedule: Schedule, ids: Sequence[int], progress: Progress | None = None) -> None:
        self._schedule, self._ids, self._progress = schedule, ids, progress
        self._known = _held_capabilities(schedule, timezone.localdate())

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[dict[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Any] | Sequence[dict[str, Any]]:
        """Return one line or a slice of them."""
        if isinstance(place, int):
            return self._rows(self._ids[place : place + 1])[0]
        if self._progress is not None:
            self._progress(place.start or 0, len(self._ids))
        return self._rows(self._ids[place])

    def _rows(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        certificate = self._schedule.accreditation
        fixed = {
            "body_id": self._schedule.body_id,
            "accreditation_id": certificate.pk,
            "valid_from": certificate.valid_from,
            "valid_to": certificate.valid_to,
        }
        lines = ScheduleLine.objects.filter(schedule=self._schedule, pk__gte=ids[0], pk__lte=ids[-1])
        wanted = set(ids)
        rows = [
            {**fixed, **dict(zip(_TAKEN, values, strict=True))}
            for pk, *values in lines.order_by("pk").values_list("pk", *_TAKEN)
            if pk in wanted
        ]
        return _under_held_names(rows, self._known)


def _held_capabilities(schedule: Schedule, today: date) -> dict[Capability, int]:
    """Return what the register grants under the schedule's certificate already, by what it means, not by its words."""
    held = ScopeLine.objects.filter(accreditation_id=schedule.accreditation_id, body_id=schedule.body_id)
    held = held.filter(Q(valid_to=None) | Q(valid_to__gte=today)).order_by("-pk")
    rows = held.values_list("pk", *_MEANING).iterator(chunk_size=10_000)
    return {_capability(dict(zip(_MEANING, values, strict=True))): pk for pk, *values in rows}


def _capability(row: dict[str, Any]) -> Capability:
    return (
        row["site_id"], row["object_id"] or row["object_text"], row["parameter_id"] or row["parameter_text"],
        row["edition_id"] if row["method_year"] else row["method_text"], row["clause"],
    )  # fmt: skip


def _under_held_names(rows: list[dict[str, Any]], known: dict[Capability, int]) -> list[dict[str, Any]]:
    """Give rows that the register grants already its own words and first day, so that nothing is entered twice."""
    same = {place: known[key] for place, row in enumerate(rows) if (key := _capability(row)) in known}
    held = {pk: dict(zip(_OWN, values, strict=True))
            for pk, *values in ScopeLine.objects.filter(pk__in=same.values()).values_list("pk", *_OWN)}  # fmt: skip
    for place, pk in same.items():
        rows[place] |= held[pk]
    return rows


@transaction.atomic
def start_entering(*, schedule_id: int, whole: bool, by: User | None, at: datetime, why: str) -> Schedule:
    """Mark a read schedule as to be entered; the worker does it. Without `whole` its good lines are entered alone.

    Raises: NotAllowed, NotReady, MissingReason.
    """
    schedule = Schedule.objects.select_for_update(of=("self",)).select_related("body").get(pk=schedule_id)
    permissions.require(by, Can.ENTER, schedule.body, timezone.localdate(at))
    if not why.strip():
        raise MissingReason(str(Schedule._meta.verbose_name))
    _require_ready(schedule, whole=whole)
    schedule.stage, schedule.entered_by, schedule.why = Stage.ENTERING, by, why[:300]
    schedule.lines_entered, schedule.whole = 0, whole
    with recorded(by, why):
        schedule.save(update_fields=["stage", "entered_by", "why", "lines_entered", "whole"])
    return schedule


def enter(*, schedule_id: int, at: datetime, progress: Progress | None = None) -> Schedule:
    """Enter the ready lines of a schedule that `start_entering` marked; whole in one transaction, else in steps.

    Cut off at any point it can be done again: lines that are in the register already change nothing.
    Raises: LockBusy if another process enters it; NotAllowed if the person has lost the right since.
    """
    with exclusive(f"schedule-{schedule_id}", wait_seconds=0):
        schedule = Schedule.objects.select_related("body", "accreditation", "entered_by").get(pk=schedule_id)
        if schedule.stage != Stage.ENTERING:
            return schedule
        ready = ScheduleLine.objects.filter(schedule=schedule, doubts=0).order_by("pk")
        ids = list(ready.values_list("pk", flat=True))
        counts = {"created": 0, "updated": 0, "unchanged": 0}
        steps = [ids] if schedule.whole else [ids[start : start + STEP] for start in range(0, len(ids), STEP)]
        for number, step in enumerate(steps):
            _write_step(schedule, step, counts, at, _told(progress, number * STEP, len(ids)))
        with transaction.atomic(), recorded(schedule.entered_by, schedule.why):
            schedule.stage, schedule.entered_at, schedule.lines_entered = Stage.ENTERED, at, len(ids)
            schedule.created, schedule.updated, schedule.unchanged = counts.values()
            schedule.save(update_fields=["stage", "entered_at", "lines_entered", "created", "updated", "unchanged"])
    return schedule


@transaction.atomic
def _write_step(
    schedule: Schedule, ids: Sequence[int], counts: dict[str, int], at: datetime, progress: Progress | None
) -> None:
    rows = ReadyLines(schedule, ids, progress)
    written = bodies.write_scope(body_id=schedule.body_id, rows=rows, by=schedule.entered_by, at=at, why=schedule.why)
    counts["created"] += written.created
    counts["updated"] += written.changed
    counts["unchanged"] += written.unchanged
    done = ScheduleLine.objects.filter(schedule=schedule, doubts=0, entered=False, pk__gte=ids[0], pk__lte=ids[-1])
    done.update(entered=True)
    Schedule.objects.filter(pk=schedule.pk).update(lines_entered=sum(counts.values()))


def rewrite_entered(*, line_ids: Sequence[int], by: User | None, at: datetime, why: str) -> None:
    """Write lines anew that are in the register already, after a decision about them was taken back.

    Raises: NotAllowed.
    """
    held: dict[int, list[int]] = {}
    for start in range(0, len(line_ids), 500):
        part = ScheduleLine.objects.filter(pk__in=line_ids[start : start + 500])
        for pk, schedule_id in part.values_list("pk", "schedule_id"):
            held.setdefault(schedule_id, []).append(pk)
    for schedule in Schedule.objects.filter(pk__in=held).select_related("accreditation"):
        rows = ReadyLines(schedule, sorted(held[schedule.pk]))
        bodies.write_scope(body_id=schedule.body_id, rows=rows, by=by, at=at, why=why)


def _require_ready(schedule: Schedule, *, whole: bool) -> None:
    doubtful = ScheduleLine.objects.filter(schedule=schedule, doubts__gt=0).count()
    if schedule.stage not in (Stage.READ, Stage.ENTERED):
        raise NotReady("The schedule is not read yet.", field="schedule", remedy="Wait until reading has ended.")
    if schedule.lines_total == doubtful:
        raise NotReady("No line is ready.", field="schedule", remedy="Answer the doubts first.")
    if whole and (doubtful or schedule.problem_count):
        raise NotReady(
            "%(problems)s rows could not be read and %(doubts)s lines are in doubt.",
            params={"problems": schedule.problem_count, "doubts": doubtful},
            field="schedule",
            remedy="Mend the rows and hand the file in again, answer the doubts, or enter the good lines only.",
        )


def _told(progress: Progress | None, before: int, total: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _step: progress(before + done, total)
