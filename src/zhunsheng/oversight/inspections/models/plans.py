"""A plan of inspections and the sealed draws that carry it out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.inspections.lifecycle import PlanKind, PlanStage, Purpose
from zhunsheng.platform.accounts.history import Recorded


class Plan(models.Model):
    """Whom an authority inspects in a window of time, about which matters, at which rates.

    `strata` names what the frame is divided by (field, city, grade). `rates` holds the share to be drawn, in percent,
    by grade ("" for bodies without one), `floor` the least probability of any body as a decimal; both are copied from
    the law of the day (`law`) when the plan is drafted. `fields` narrows the frame; empty means every field.
    """

    number = models.CharField(_("Number of the plan"), max_length=24, unique=True)
    kind = models.CharField(_("Kind of plan"), max_length=10, choices=PlanKind)
    title = models.CharField(pgettext_lazy("inspections", "Title"), max_length=200)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    departments = models.ManyToManyField("accounts.Organisation", related_name="+", blank=True)
    stage = models.CharField(_("Stage"), max_length=10, choices=PlanStage, default=PlanStage.DRAFT)
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    matters = models.JSONField(_("Matters to be checked"), default=list)
    fields = models.JSONField(_("Fields"), default=list)
    strata = models.JSONField(_("Strata"), default=list)
    rates = models.JSONField(_("Rates by grade"), default=dict)
    floor = models.CharField(_("Least probability"), max_length=10, default="0.01")
    method = models.CharField(_("Method of sampling"), max_length=24, default="sampford")
    law = models.CharField(_("Rule and version"), max_length=120)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    drafted_at = models.DateTimeField(_("Drafted at"))
    submitted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField(_("Submitted at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)
    document_no = models.CharField(_("Number of the approval"), max_length=80, blank=True, default="")
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("plan of inspections")
        verbose_name_plural = _("plans of inspections")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=PlanStage.values), name="plan_stage_known"),
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plan_kind_known"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="plan_days_in_order"),
            models.CheckConstraint(
                condition=~Q(stage__in=[PlanStage.APPROVED, PlanStage.CLOSED])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="plan_approved_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")), name="plan_approved_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["division", "stage", "-first_day"], name="plan_place_stage"),
            models.Index(fields=["-first_day", "-id"], name="plan_newest"),
        ]

    def __str__(self) -> str:
        return self.number


class PlanInput(models.Model):
    """What a department says about a joint plan that it takes part in: written once, kept with the plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="inputs")
    department = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    words = models.TextField(_("In words"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("At"))
    history = Recorded()

    class Meta:
        verbose_name = _("input of a department to a plan")
        verbose_name_plural = _("inputs of departments to plans")

    def __str__(self) -> str:
        return self.words[:60]


class PlanDraw(models.Model):
    """A sealed draw of a plan. `taken_at`: its result became tasks, or was put on them.

    The draw of a substitute names the task, who leaves it and why.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="draws")
    draw = models.OneToOneField("draws.Draw", models.PROTECT, related_name="+")
    purpose = models.CharField(_("What is drawn"), max_length=12, choices=Purpose)
    task = models.ForeignKey("inspections.Task", models.PROTECT, null=True, blank=True, related_name="substitutions")
    leaving = models.ForeignKey("inspections.Inspector", models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(_("Reason"), max_length=500, blank=True, default="")
    rows = models.PositiveIntegerField(_("Rows of the frame"))
    asked = models.PositiveIntegerField(_("To be drawn"))
    committed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    committed_at = models.DateTimeField(_("Committed at"))
    taken_at = models.DateTimeField(_("Taken over at"), null=True, blank=True)

    class Meta:
        verbose_name = _("draw of a plan")
        verbose_name_plural = _("draws of plans")
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="plandraw_purpose_known"),
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.SUBSTITUTE) | Q(task__isnull=False, leaving__isnull=False) & ~Q(why=""),
                name="plandraw_substitute_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.purpose}"
