"""An application and the steps it has taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.lifecycle import DECIDED, ENDED, OPEN, Kind, Route, Stage
from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.reading import language


class Application(models.Model):
    """One application of one organisation.

    `body` is empty only for a first accreditation until it is granted. `division` is the applicant's, from which
    officers' rights follow. `due_on` is the last day of the clock that runs, empty while none does or the holidays are
    not announced; `due_earliest` and `due_latest` are the days between which it lies, known or not; `clock` names it.
    `digest` is the SHA-256 of the canonical content as filed and signed.
    """

    number = models.CharField(_("Application number"), max_length=24, unique=True)
    kind = models.CharField(_("Applied for"), max_length=16, choices=Kind)
    route = models.CharField(_("Route"), max_length=20, choices=Route, blank=True, default="")
    stage = models.CharField(_("Stage"), max_length=16, choices=Stage, default=Stage.DRAFT)
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="applications", db_index=False
    )
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, blank=True, related_name="applications")
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    applicant_name = models.CharField(_("Applicant"), max_length=200)
    applicant_name_en = models.CharField(_("English name"), max_length=200, blank=True, default="")
    uscc = models.CharField(_("Unified social credit code"), max_length=18, blank=True, default="", db_index=True)
    address = models.CharField(_("Address"), max_length=300, blank=True, default="")
    contact = models.CharField(_("Contact"), max_length=100, blank=True, default="")
    contact_phone = models.CharField(_("Telephone"), max_length=40, blank=True, default="")
    domain = models.CharField(_("Domain"), max_length=20, blank=True, default="")
    field = models.CharField(_("Field code"), max_length=2, blank=True, default="")
    sector = models.CharField(_("Parent sector code"), max_length=2, blank=True, default="")
    new_name = models.CharField(_("New name"), max_length=200, blank=True, default="")
    new_address = models.CharField(_("New address"), max_length=300, blank=True, default="")
    sector_licence = models.CharField(_("Sector licence reviewed together"), max_length=200, blank=True, default="")
    answers = models.JSONField(_("Further answers of the form"), default=dict, blank=True)
    reasons = models.TextField(_("What is applied for, and why"), blank=True, default="")
    started_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("Started at"))
    filed_at = models.DateTimeField(_("Filed at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("Accepted at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)
    clock = models.CharField(_("Clock"), max_length=40, blank=True, default="")
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    due_earliest = models.DateField(_("Due on that day at the earliest"), null=True, blank=True)
    due_latest = models.DateField(_("Due on that day at the latest"), null=True, blank=True)
    warned_on = models.DateField(_("Warning from"), null=True, blank=True)
    handler = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Handled by")
    )
    conclusion = models.CharField(_("Conclusion of the review"), max_length=20, blank=True, default="")
    digest = models.CharField(_("SHA-256 of the content as filed"), max_length=64, blank=True, default="")
    generated = models.BooleanField(_("Made up for the demonstration"), default=False)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="application_stage_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="application_kind_known"),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DRAFT, Stage.WITHDRAWN]) | Q(filed_at__isnull=False),
                name="application_filed_has_when",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=DECIDED) | Q(decided_at__isnull=False), name="application_decided_has_when"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=ENDED) | Q(ended_at__isnull=False), name="application_ended_has_when"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "stage", "-started_at"], name="application_of"),
            models.Index(fields=["division", "stage", "due_earliest"], name="application_place_due"),
            models.Index(fields=["division", "stage", "kind", "route", "field"], name="application_place_what"),
            models.Index(fields=["stage", "due_earliest", "id"], name="application_due"),
            models.Index(  # the queue is read and counted, by place and narrowed, from this index alone
                fields=["due_earliest", "id", "division", "stage", "kind", "route", "field", "due_latest", "warned_on"],
                condition=Q(stage__in=OPEN),
                name="application_open_due",
            ),
            models.Index(fields=["kind", "stage", "due_earliest"], name="application_kind_due"),
            models.Index(fields=["route", "stage", "due_earliest"], name="application_route_due"),
            models.Index(fields=["field", "stage", "due_earliest"], name="application_field_due"),
            models.Index(fields=["-filed_at"], name="application_filed"),
            models.Index(fields=["-ended_at", "stage"], name="application_ended"),
            models.Index(fields=["applicant_name"], name="application_name"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def local_applicant(self) -> str:
        """The applicant in the reader's language; in Chinese where it gave no English name."""
        return self.applicant_name_en if self.applicant_name_en and language() == "en" else self.applicant_name


class Step(models.Model):
    """One thing that happened to an application, in words for the file; rows are only added."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps", db_index=False)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    action = models.CharField(_("Action"), max_length=40)
    stage = models.CharField(_("Stage afterwards"), max_length=16, choices=Stage)
    words = models.CharField(_("In words"), max_length=1000, blank=True, default="")
    law = models.CharField(_("Rule and version"), max_length=120, blank=True, default="")
    inside = models.BooleanField(_("For officers alone"), default=False)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        indexes = [models.Index(fields=["application", "at", "id"], name="step_in_order")]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"
