"""What every use case of this room needs: its refusal, the day, the locked record."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.inspections.models import Plan, Task


class InspectionRefused(DomainError):
    """A step of a plan or of a task that the rules don't allow."""

    code = "inspection-refused"


def day_of(at: datetime) -> date:
    """Return the day of a moment at the installation's place."""
    return timezone.localdate(at)


def refuse_past(plan: Plan, on: date) -> None:
    """Refuse what would need a plan whose window is still open. Raises: InspectionRefused."""
    if plan.last_day < on:
        raise InspectionRefused("The plan's window has passed.", remedy="Close it, and draft a new one.")


def locked_plan(plan_id: int) -> Plan:
    """Return a plan that nobody else writes meanwhile. Raises: Plan.DoesNotExist."""
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)


def locked_task(task_id: int) -> Task:
    """Return a task that nobody else writes meanwhile. Raises: Task.DoesNotExist."""
    found = Task.objects.select_for_update(of=("self",)).select_related("plan", "body", "leader", "second")
    return found.get(pk=task_id)


def checklist_for(fields: Mapping[int, Sequence[str]], body_id: int) -> str:
    """Return the kind of checklist for a body: its field's code, `general` where nothing is known."""
    held = fields.get(body_id, ())
    return f"field-{held[0]}" if held else "general"
