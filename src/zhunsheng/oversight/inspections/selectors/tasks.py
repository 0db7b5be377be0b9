"""Which tasks somebody sees."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.permissions import AnyUser, Can, departments_of
from zhunsheng.oversight.inspections.selectors.plans import joined
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User


def tasks_visible_to(user: AnyUser, on: date) -> QuerySet[Task]:
    """Return the tasks in sight, the first due first.

    Officers see their division's, a department also those of plans it takes part in, an inspector the own ones.
    """
    if not isinstance(user, User):
        return Task.objects.none()
    seen: Any = policy.reach_of(user, Can.SEE, on).as_q(organisation=None)
    seen = seen | joined(departments_of(user, on), "plan")
    if policy.allowed_somewhere(user, Can.CONDUCT, on):
        seen = seen | Q(leader__user_id=user.pk) | Q(second__user_id=user.pk)
    found = Task.objects.filter(seen).select_related("plan", "body", "leader", "second", "division")
    return found.order_by("last_day", "pk")


def tasks_of(user: User) -> QuerySet[Task]:
    """Return the tasks for which somebody was drawn as leader or second inspector, the first due first."""
    mine = Q(leader__user_id=user.pk) | Q(second__user_id=user.pk)
    return (
        Task.objects.filter(mine)
        .select_related("plan", "body", "leader", "second", "division")
        .order_by("last_day", "pk")
    )


def task_by_number(number: str) -> Task:
    """Return a task with its inspectors. Raises: Task.DoesNotExist."""
    return Task.objects.select_related("plan", "body", "leader", "second", "division").get(number=number)


def next_task_key() -> int:
    """Return from which key on the numbers of new tasks are counted."""
    newest = Task.objects.aggregate(newest=Max("pk"))["newest"]
    return (newest or 0) + 1


def task_number(key: int, at: datetime) -> str:
    """Return the number of a task."""
    return f"T-{timezone.localtime(at).year}-{key:06d}"


def disclosed() -> QuerySet[Task]:
    """Return the tasks whose outcome is public, newest first; what was withdrawn is not among them."""
    found = Task.objects.exclude(disclosed_on=None).select_related("body", "plan")
    return found.order_by("-disclosed_on", "-pk")
