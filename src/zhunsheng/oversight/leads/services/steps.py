"""What every step about a lead does: lock, move, write down."""

from datetime import date, datetime
from typing import Final

from django.utils import timezone

from zhunsheng.foundation.lawbook import Entry
from zhunsheng.foundation.workdays import NotAnnounced, add_workdays
from zhunsheng.oversight.leads.lifecycle import LEAD, Stage
from zhunsheng.oversight.leads.models import Lead, LeadStep
from zhunsheng.oversight.leads.services.opening import LeadRefused
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User


def locked(lead_id: int) -> Lead:
    """Return a lead, locked. Raises: Lead.DoesNotExist."""
    return Lead.objects.select_for_update(of=("self",)).get(pk=lead_id)


def day_of(at: datetime) -> date:
    """Return the day in China's time zone."""
    return timezone.localdate(at)


def move(lead: Lead, action: str) -> None:
    """Set the stage that an action leads to. Raises: IllegalMove."""
    lead.stage = Stage(LEAD.target(lead.stage, action))


def keep(lead: Lead, action: str, words: str, *, by: User | None, at: datetime, fields: tuple[str, ...] = ()) -> None:
    """Save a lead that was moved, and write the step down."""
    with recorded(by, words or action):
        lead.save(update_fields=["stage", *fields])
    LeadStep.objects.create(lead=lead, action=action, words=words.strip()[:1000], by=by, at=at)


RUNS_ANEW: Final = ("warned_at", "escalated_at", "escalated_to")
"""What is saved with a clock that runs anew."""


def run_anew(lead: Lead, due_on: date | None) -> None:
    """Set another last day: of it is warned, and it is escalated, anew."""
    lead.due_on, lead.warned_at, lead.escalated_at, lead.escalated_to = due_on, None, None, None


def demand(field: str, text: str) -> str:
    """Return a text that must say something. Raises: LeadRefused."""
    if not text.strip():
        raise LeadRefused("Say why.", field=field, remedy="Give the reason in one sentence.")
    return text.strip()


def last_day(clock: Entry, start: date, *, days: int | None = None) -> date | None:
    """Return the last day of a clock of working days; None where that year's holidays aren't announced yet."""
    try:
        return add_workdays(start, int(clock.values["days"]) if days is None else days)
    except NotAnnounced:
        return None
