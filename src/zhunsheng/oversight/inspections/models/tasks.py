"""A planned visit and the causes for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.inspections.lifecycle import Arm, CauseKind, TaskStage
from zhunsheng.oversight.inspections.models.inspectors import Inspector
from zhunsheng.oversight.inspections.models.plans import Plan, PlanDraw
from zhunsheng.platform.accounts.history import Recorded


class Task(models.Model):
    """One visit to one body under an approved plan, by lot or for a cause.

    `draw` and `row` name the sealed draw and the body's id in its frame, `pi` the inclusion probability and `stratum`
    the stratum there. `matters` are the codes to be checked, `fields` the body's, `checklist` the kind of checklist
    that the visit uses. `result_codes` are the standard codes of the outcome, `violation` what they say: None where
    the body could not be inspected. `disclosed_on` is the day on which the outcome became public.
    """

    number = models.CharField(_("Number of the task"), max_length=24, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="inspection_tasks", db_index=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    arm = models.CharField(_("Arm"), max_length=8, choices=Arm)
    draw = models.ForeignKey(PlanDraw, models.PROTECT, null=True, blank=True, related_name="tasks")
    row = models.CharField(_("Row of the frame"), max_length=64, blank=True, default="")
    pi = models.FloatField(_("Probability of being drawn"), null=True, blank=True)
    stratum = models.CharField(_("Stratum"), max_length=120, blank=True, default="")
    matters = models.JSONField(_("Matters to be checked"), default=list)
    fields = models.JSONField(_("Fields"), default=list)
    checklist = models.CharField(_("Kind of checklist"), max_length=40, default="general")
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    stage = models.CharField(_("Stage"), max_length=10, choices=TaskStage, default=TaskStage.PLANNED)
    leader = models.ForeignKey(Inspector, models.PROTECT, null=True, blank=True, related_name="leads_tasks")
    second = models.ForeignKey(Inspector, models.PROTECT, null=True, blank=True, related_name="seconds_tasks")
    inspectors_draw = models.ForeignKey(PlanDraw, models.PROTECT, null=True, blank=True, related_name="staffed")
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(_("Created at"))
    assigned_at = models.DateTimeField(_("Inspectors assigned at"), null=True, blank=True)
    result_codes = models.JSONField(_("Result codes"), default=list)
    violation = models.BooleanField(_("Violation found"), null=True, blank=True)
    reported_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reported_at = models.DateTimeField(_("Reported at"), null=True, blank=True)
    disclosed_on = models.DateField(_("Disclosed on"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("Called off at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("inspection task")
        verbose_name_plural = _("inspection tasks")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=TaskStage.values), name="task_stage_known"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="task_days_in_order"),
            models.CheckConstraint(
                condition=Q(arm=Arm.CAUSE) | Q(arm=Arm.RANDOM, draw__isnull=False, pi__gt=0, pi__lte=1),
                name="task_random_has_draw_and_pi",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[TaskStage.ASSIGNED, TaskStage.REPORTED])
                | Q(leader__isnull=False, second__isnull=False, assigned_at__isnull=False),
                name="task_assigned_has_two_inspectors",
            ),
            models.CheckConstraint(
                condition=Q(leader=None) | Q(second=None) | ~Q(leader=F("second")), name="task_two_different_inspectors"
            ),
            models.CheckConstraint(
                condition=~Q(stage=TaskStage.REPORTED) | Q(reported_by__isnull=False, reported_at__isnull=False),
                name="task_reported_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(disclosed_on=None) | Q(stage=TaskStage.REPORTED), name="task_disclosed_is_reported"
            ),
            models.UniqueConstraint(fields=["draw", "row"], condition=~Q(draw=None), name="task_once_per_row"),
        ]
        indexes = [
            models.Index(fields=["plan", "stage"], name="task_plan_stage"),
            models.Index(fields=["body", "-last_day"], name="task_body"),
            models.Index(fields=["division", "stage", "last_day"], name="task_place_stage"),
            models.Index(fields=["stage", "last_day", "id"], name="task_due"),
            models.Index(fields=["-disclosed_on", "-id"], condition=~Q(disclosed_on=None), name="task_disclosed"),
        ]

    def __str__(self) -> str:
        return self.number


class TaskCause(models.Model):
    """Why a body is visited beyond the lot: a lead, a complaint, an obligation; several causes share one visit."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="causes")
    kind = models.CharField(_("Cause"), max_length=12, choices=CauseKind)
    reference = models.CharField(_("Decision or file number"), max_length=120)
    words = models.CharField(_("What is to be looked into"), max_length=1000)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField(_("Added at"))

    class Meta:
        verbose_name = _("cause of a visit")
        verbose_name_plural = _("causes of visits")
        constraints = [
            models.UniqueConstraint(fields=["task", "kind", "reference"], name="taskcause_once"),
            models.CheckConstraint(condition=Q(kind__in=CauseKind.values), name="taskcause_kind_known"),
        ]
        indexes = [models.Index(fields=["kind", "reference"], name="taskcause_reference")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
