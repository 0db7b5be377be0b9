"""The list of tasks, and one task: why, how it was drawn, who comes, what it came to."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhunsheng.oversight.inspections import lawbook, parts, permissions, selectors
from zhunsheng.oversight.inspections.forms.filters import TaskFilter
from zhunsheng.oversight.inspections.forms.steps import SubstituteForm, TakeForm, WhyForm
from zhunsheng.oversight.inspections.lifecycle import TASK
from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.services import staffing, tasks
from zhunsheng.oversight.inspections.tables import TaskTable
from zhunsheng.oversight.inspections.views.steps import task_in_sight
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import Bound, SignedInRequest, carried_out, today


class TaskList(LoginRequiredMixin, listing.ListPage):
    """The tasks in sight, the first due first."""

    table_class, export_name = TaskTable, "inspection-tasks"
    filterset_class = TaskFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "inspections/tasks.html"

    def get_queryset(self) -> QuerySet[Task]:
        """Return what this reader may see."""
        return selectors.tasks_visible_to(self.request.user, timezone.localdate())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether this reader sees more than the own tasks."""
        sees = policy.allowed_somewhere(self.request.user, Can.SEE, timezone.localdate())
        return super().get_context_data(**kwargs) | {"officer": sees}


@login_required
@require_GET
def task(request: SignedInRequest, number: str) -> HttpResponse:
    """Show a task and what this reader may do next."""
    return _shown(request, task_in_sight(request, number), {}, 200)


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Do one step of the task's page."""
    found = task_in_sight(request, number)
    return carried_out(
        request, found, action, STEPS, _offered(request, found, request.POST),
        lambda bound, status: _shown(request, found, bound, status),
        then=reverse("inspections:task", args=[found.number]),
    )  # fmt: skip


def _shown(request: SignedInRequest, found: Task, bound: Bound, status: int) -> HttpResponse:
    page = {
        "task": found,
        "causes": list(found.causes.order_by("pk")),
        "substitutions": list(found.substitutions.select_related("draw", "leaving").order_by("pk")),
        "stratum": selectors.stratum_words([found.stratum], today()).get(found.stratum, found.stratum),
        "mine": permissions.is_inspector_of(request.user, found),
        "overdue": bool(TASK.actions(found.stage)) and found.reported_at is None and found.last_day < today(),
        "officer": permissions.allowed(request.user, Can.SEE, found, today()),
        "parts": parts.of(request, found),
        "links": parts.links_of(request, found),
        "offered": _offered(request, found, None) | bound,
        "rule": lawbook.rule(lawbook.INSPECTORS, today()),
        "rule_name": lawbook.named(lawbook.rule(lawbook.INSPECTORS, today())),
    }
    return render(request, "inspections/task.html", page, status=status)


def _offered(request: HttpRequest, found: Task, data: Any) -> Bound:
    can, made = TASK.actions(found.stage), dict[str, Any]()
    if not permissions.allowed(request.user, Can.PLAN, found.plan, today()):
        return made
    waiting = found.substitutions.filter(taken_at=None).select_related("draw").first() if "substitute" in can else None
    if waiting is not None:
        drawn = selectors.newest_of(waiting.draw)
        if (drawn.result or {}).get("outcome") == "drawn":
            made["take"] = TakeForm({} if data is not None else None)
    elif "substitute" in can:
        made["substitute"] = SubstituteForm(data, task=found, auto_id="id_substitute_%s")
    if "cancel" in can:
        made["cancel"] = WhyForm(data, auto_id="id_cancel_%s")
    return made


def _substitute(request: SignedInRequest, found: Task, given: dict[str, Any]) -> str:
    staffing.seal_substitute_draw(task_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The frame is sealed. Somebody else enters the chance on the draw's page and draws.")


def _take(request: SignedInRequest, found: Task, _given: dict[str, Any]) -> str:
    waiting = found.substitutions.filter(taken_at=None).first()
    staffing.take_inspectors(plan_draw_id=waiting.pk if waiting else 0, by=request.user, at=timezone.now())
    return _("The drawn substitute stands in the task.")


def _cancel(request: SignedInRequest, found: Task, given: dict[str, Any]) -> str:
    tasks.cancel_task(task_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The visit is called off; the draw and the reason stay.")


STEPS = {"substitute": _substitute, "take": _take, "cancel": _cancel}
