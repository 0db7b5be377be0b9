"""The plan, the task or the inspector that a page is about."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from zhunsheng.oversight.inspections import selectors
from zhunsheng.oversight.inspections.models import Inspector, Plan, Task


def plan_in_sight(request: HttpRequest, number: str) -> Plan:
    """Return a plan that this reader may see. Raises: Http404."""
    return get_object_or_404(selectors.plans_visible_to(request.user, timezone.localdate()), number=number)


def task_in_sight(request: HttpRequest, number: str) -> Task:
    """Return a task that this reader may see. Raises: Http404."""
    seen = selectors.tasks_visible_to(request.user, timezone.localdate())
    return get_object_or_404(
        seen.select_related("draw__draw", "inspectors_draw__draw", "plan__division"), number=number
    )


def inspector_in_sight(request: HttpRequest, code: str) -> Inspector:
    """Return an entry of the pool that this reader may see. Raises: Http404."""
    return get_object_or_404(selectors.inspectors_visible_to(request.user, timezone.localdate()), code=code)
