"""What every step of a case does: lock, move, write down."""

from datetime import date, datetime

from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.foundation.workdays import NotAnnounced, add_calendar_days, add_workdays
from zhunsheng.oversight.enforcement.lifecycle import CASE, Stage
from zhunsheng.oversight.enforcement.models import Case, CaseEvent
from zhunsheng.platform.accounts.models import User


class CaseRefused(DomainError):
    """A case that says too little, or a step that doesn't fit it."""

    code = "case-refused"


def locked(case_id: int) -> Case:
    """Return a case, locked. Raises: Case.DoesNotExist."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def day_of(at: datetime) -> date:
    """Return the day in China's time zone."""
    return timezone.localdate(at)


def move(case: Case, action: str) -> None:
    """Set the stage that an action leads to. Raises: IllegalMove."""
    case.stage = Stage(CASE.target(case.stage, action))


def write_down(case: Case, kind: str, words: str, by: User | None, at: datetime) -> CaseEvent:
    """Put an event on the case's timeline."""
    return CaseEvent.objects.create(case=case, kind=kind, words=words.strip(), by=by, at=at)


def due(clock: Entry, start: date, *, days: int | None = None) -> date | None:
    """Return the last day of a clock; None where that year's holidays aren't announced yet."""
    count = int(clock.values["days"]) if days is None else days
    add = add_workdays if clock.values["unit"] == "workdays" else add_calendar_days
    try:
        return add(start, count)
    except NotAnnounced:
        return None
