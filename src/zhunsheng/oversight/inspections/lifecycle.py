"""The stages of a plan and of a task, and the words of their tables, as data."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class PlanKind(models.TextChoices):
    """Whether a plan covers the year's supervision or one subject."""

    YEARLY = "yearly", _("Yearly plan")
    SPECIAL = "special", _("Special plan")


class PlanStage(models.TextChoices):
    """How far a plan has come."""

    DRAFT = "draft", pgettext_lazy("plan", "Being drafted")
    SUBMITTED = "submitted", pgettext_lazy("plan", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    CLOSED = "closed", pgettext_lazy("plan", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("plan", "Withdrawn")


class Arm(models.TextChoices):
    """Why a body is visited: the lot, or a cause. Estimates use the first alone."""

    RANDOM = "random", _("By lot")
    CAUSE = "cause", _("For a cause")


class TaskStage(models.TextChoices):
    """How far a task has come."""

    PLANNED = "planned", pgettext_lazy("task", "Inspectors to be drawn")
    ASSIGNED = "assigned", pgettext_lazy("task", "To be visited")
    REPORTED = "reported", pgettext_lazy("task", "Outcome reported")
    CANCELLED = "cancelled", pgettext_lazy("task", "Called off")


class CauseKind(models.TextChoices):
    """What gives cause for a visit."""

    LEAD = "lead", _("Lead")
    COMPLAINT = "complaint", _("Complaint")
    OBLIGATION = "obligation", _("Open obligation")
    ORDER = "order", _("Order of a higher authority")


class Interest(models.TextChoices):
    """Why an inspector keeps away from a body."""

    EMPLOYED = "employed", _("Employed there")
    CONSULTANCY = "consultancy", _("Advised the body for pay")
    FAMILY = "family", _("Family at the body")
    OTHER = "other", pgettext_lazy("interest", "Another interest")


class Purpose(models.TextChoices):
    """What a draw of a plan draws."""

    BODIES = "bodies", _("Bodies to be visited")
    INSPECTORS = "inspectors", _("Inspectors for the visits")
    SUBSTITUTE = "substitute", _("Substitute for an inspector")


PLAN: Final[Workflow[str]] = Workflow(
    "plan",
    {
        (PlanStage.DRAFT, "change"): PlanStage.DRAFT,
        (PlanStage.DRAFT, "submit"): PlanStage.SUBMITTED,
        (PlanStage.DRAFT, "contribute"): PlanStage.DRAFT,
        (PlanStage.SUBMITTED, "contribute"): PlanStage.SUBMITTED,
        (PlanStage.APPROVED, "contribute"): PlanStage.APPROVED,
        (PlanStage.DRAFT, "withdraw"): PlanStage.WITHDRAWN,
        (PlanStage.SUBMITTED, "approve"): PlanStage.APPROVED,
        (PlanStage.SUBMITTED, "return"): PlanStage.DRAFT,
        (PlanStage.SUBMITTED, "withdraw"): PlanStage.WITHDRAWN,
        (PlanStage.APPROVED, "draw"): PlanStage.APPROVED,
        (PlanStage.APPROVED, "add_cause"): PlanStage.APPROVED,
        (PlanStage.APPROVED, "close"): PlanStage.CLOSED,
    },
)
TASK: Final[Workflow[str]] = Workflow(
    "task",
    {
        (TaskStage.PLANNED, "assign"): TaskStage.ASSIGNED,
        (TaskStage.PLANNED, "cancel"): TaskStage.CANCELLED,
        (TaskStage.PLANNED, "merge"): TaskStage.PLANNED,
        (TaskStage.ASSIGNED, "substitute"): TaskStage.ASSIGNED,
        (TaskStage.ASSIGNED, "merge"): TaskStage.ASSIGNED,
        (TaskStage.ASSIGNED, "report"): TaskStage.REPORTED,
        (TaskStage.ASSIGNED, "cancel"): TaskStage.CANCELLED,
        (TaskStage.REPORTED, "disclose"): TaskStage.REPORTED,
    },
)
OPEN_TASKS: Final = (TaskStage.PLANNED, TaskStage.ASSIGNED)
"""Tasks whose visit is still to come."""
