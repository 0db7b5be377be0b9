"""What visits add to a task's page: how its visit stands, and the way to it or to opening one."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.inspections import parts
from zhunsheng.oversight.inspections.lifecycle import TaskStage
from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.parts import Link, Part
from zhunsheng.oversight.inspections.permissions import is_inspector_of
from zhunsheng.oversight.visits import selectors
from zhunsheng.oversight.visits.models import Visit


def _visit_of(request: HttpRequest, task: Task) -> Visit | None:
    seen = selectors.visits_visible_to(request.user, timezone.localdate())
    return seen.filter(task=task).exclude(stage="cancelled").first()


def visit_part(request: HttpRequest, task: Task) -> Part | None:
    """Return the card for those who see the visit."""
    found = _visit_of(request, task)
    return Part(_("On-site inspection"), "visits/_task_part.html", {"visit": found}) if found else None


def visit_link(request: HttpRequest, task: Task) -> Link | None:
    """Return the way to the visit, or to opening one for the inspectors drawn."""
    found = _visit_of(request, task)
    if found is not None:
        return Link(reverse("visits:visit", args=[found.number]), _("Go to the visit"))
    if task.stage == TaskStage.ASSIGNED and is_inspector_of(request.user, task):
        return Link(reverse("visits:new", args=[task.number]), _("Open the visit"))
    return None


def register() -> None:
    """Add card and link to a task's page."""
    parts.register(visit_part, order=40)
    parts.register_link(visit_link, order=40)
