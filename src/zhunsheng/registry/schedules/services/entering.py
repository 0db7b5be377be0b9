"""Entering a read schedule's lines in the register, through the bodies' own service."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import MissingReason, recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.schedules import permissions
from zhunsheng.registry.schedules.models import Schedule, ScheduleLine, ScheduleSignatory, Stage
from zhunsheng.registry.schedules.permissions import Can
from zhunsheng.registry.schedules.services import signing
from zhunsheng.registry.schedules.services.ready import Progress, ReadyLines

STEP = 20_000


class NotReady(DomainError):
    """The schedule can't be entered yet."""

    code = "schedule-not-ready"


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
        counts = dict.fromkeys(("created", "updated", "unchanged", "ended", "covered"), 0)
        steps = [ids] if schedule.whole else [ids[start : start + STEP] for start in range(0, len(ids), STEP)]
        for number, step in enumerate(steps):
            _write_step(schedule, step, counts, at, _told(progress, number * STEP, len(ids)))
        with transaction.atomic(), recorded(schedule.entered_by, schedule.why):
            schedule.stage, schedule.entered_at = Stage.ENTERED, at
            schedule.lines_entered = len(ids) - counts["ended"]
            schedule.signed, ended = signing.enter_ready(schedule, at)
            counts["ended"] += ended
            for name, number in counts.items():
                setattr(schedule, name, number)
            schedule.save(update_fields=["stage", "entered_at", "lines_entered", "signed", *counts])
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
    counts["ended"] += len(rows.ended)
    counts["covered"] += rows.covered
    done = ScheduleLine.objects.filter(schedule=schedule, doubts=0, pk__gte=ids[0], pk__lte=ids[-1])
    done.filter(entered=False).update(entered=True)
    for start in range(0, len(rows.ended), 500):
        ScheduleLine.objects.filter(pk__in=rows.ended[start : start + 500]).update(entered=False)
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
    people = ScheduleSignatory.objects.filter(schedule=schedule)
    if schedule.stage not in (Stage.READ, Stage.ENTERED):
        raise NotReady("The schedule is not read yet.", field="schedule", remedy="Wait until reading has ended.")
    if schedule.lines_total == doubtful and not people.filter(doubts=0).exists():
        raise NotReady("No line is ready.", field="schedule", remedy="Answer the doubts first.")
    doubtful += people.filter(doubts__gt=0).count()
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
