"""A lead: something that suggests a breach, from whatever source. It accuses nobody and is for officers alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.leads.lifecycle import Stage
from zhunsheng.platform.accounts.history import Recorded


class Lead(models.Model):
    """What somebody or something noticed, about a body of the register or another subject named in words.

    `reference` is the source's own key of the matter; the same source and reference is one lead. `due_on` is the last
    day on which to decide whether a case is filed.
    """

    number = models.CharField(_("Number of the lead"), max_length=20, unique=True)
    source = models.CharField(_("Source"), max_length=20)
    reference = models.CharField(_("Reference at the source"), max_length=120)
    matter = models.CharField(_("Matter"), max_length=40)
    title = models.CharField(pgettext_lazy("leads", "Title"), max_length=200)
    words = models.TextField(_("What was noticed"))
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    subject = models.CharField(pgettext_lazy("leads", "Subject"), max_length=200, blank=True, default="")
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(_("Stage"), max_length=10, choices=Stage, default=Stage.NEW)
    handler = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Handled by")
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    opened_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(_("Opened at"))
    due_on = models.DateField(pgettext_lazy("lead", "Decide by"), null=True, blank=True)
    law = models.CharField(_("Rule and version"), max_length=120, blank=True, default="")
    extended = models.BooleanField(_("Extended"), default=False)
    warned_at = models.DateTimeField(_("Warned at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("Escalated at"), null=True, blank=True)
    escalated_to = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    outcome = models.CharField(_("Outcome"), max_length=500, blank=True, default="")
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name="lead_once_per_source"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="lead_stage_known"),
            models.CheckConstraint(condition=Q(body__isnull=False) | ~Q(subject=""), name="lead_is_about_somebody"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.MERGED) | Q(merged_into__isnull=False), name="lead_merged_names_the_other"
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="lead_newest"),
            models.Index(fields=["division", "stage", "-opened_at"], name="lead_inbox"),
            models.Index(fields=["stage", "due_on"], name="lead_due"),
            models.Index(fields=["due_on"], condition=Q(escalated_at=None), name="lead_to_escalate"),
            models.Index(fields=["matter", "-opened_at"], name="lead_matter"),
            models.Index(fields=["source", "-opened_at"], name="lead_source"),
            models.Index(fields=["body", "-opened_at"], name="lead_body"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def about(self) -> str:
        """The name of whom it is about."""
        return self.body.name if self.body else self.subject


class LeadEvidence(models.Model):
    """What supports a lead: a file of the store, or something kept elsewhere, each by its digest."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="evidence", db_index=False)
    kind = models.CharField(_("Kind"), max_length=30)
    reference = models.CharField(_("Reference"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, default="")
    words = models.CharField(_("In words"), max_length=300, blank=True, default="")
    file = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    added_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    added_at = models.DateTimeField(_("Added at"))

    class Meta:
        verbose_name = _("evidence of a lead")
        verbose_name_plural = _("evidence of leads")
        constraints = [
            models.UniqueConstraint(fields=["lead", "kind", "reference", "sha256"], name="leadevidence_once")
        ]

    def __str__(self) -> str:
        return self.words or self.reference


class LeadStep(models.Model):
    """What was done about a lead, by whom, why: written once, never changed."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="steps", db_index=False)
    action = models.CharField(max_length=20)
    words = models.CharField(_("In words"), max_length=1000, blank=True, default="")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("At"))

    class Meta:
        verbose_name = _("step of a lead")
        verbose_name_plural = _("steps of leads")
        indexes = [models.Index(fields=["lead", "at"], name="leadstep_timeline")]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.action}"
