"""The assessors' sheet: clauses, confirmations by line (table 7-2), and every change as it came in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.reviews.lifecycle import Verdict
from zhunsheng.admission.reviews.models.review import Review
from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.kept_changes import KeptChange


class ChecklistItem(models.Model):
    """A clause of the criteria as it stood when the panel began, with the verdict; `version` 0: nobody has written."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="checklist", db_index=False)
    place = models.PositiveSmallIntegerField(_("Place in the checklist"))
    clause = models.CharField(_("Clause"), max_length=40)
    words = models.JSONField(_("Words of the clause"), default=dict)
    starred = models.BooleanField(_("Key clause"), default=False)
    law = models.CharField(_("Rule and version"), max_length=120)
    verdict = models.CharField(_("Verdict"), max_length=16, choices=Verdict, blank=True, default="")
    note = models.TextField(_("Note"), blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("Written at"), null=True, blank=True)
    history = Recorded()

    class Meta:
        verbose_name = _("clause of a checklist")
        verbose_name_plural = _("clauses of checklists")
        constraints = [
            models.UniqueConstraint(fields=["review", "clause"], name="checklistitem_once"),
            models.CheckConstraint(
                condition=Q(version=0) | Q(by__isnull=False, at__isnull=False), name="checklistitem_has_who_and_when"
            ),
        ]

    def __str__(self) -> str:
        return self.clause


class ParameterConfirmation(models.Model):
    """How the panel confirmed one line of capability: the eight ways of table 7-2, and whether it is confirmed."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="confirmations", db_index=False)
    line = models.ForeignKey("licensing.ApplicationLine", models.PROTECT, related_name="confirmations")
    site_test = models.BooleanField(_("Test on site"), default=False)
    proficiency = models.BooleanField(_("Proficiency test"), default=False)
    blind_sample = models.BooleanField(_("Blind sample"), default=False)
    comparison = models.BooleanField(_("Comparison"), default=False)
    demonstration = models.BooleanField(_("Demonstration"), default=False)
    questions = models.BooleanField(_("Questions"), default=False)
    records = models.BooleanField(_("Records and reports read"), default=False)
    equipment = models.BooleanField(_("Equipment checked"), default=False)
    confirmed = models.BooleanField(_("Confirmed"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("Written at"), null=True, blank=True)
    history = Recorded()

    class Meta:
        verbose_name = _("confirmation of a line")
        verbose_name_plural = _("confirmations of lines")
        constraints = [
            models.UniqueConstraint(fields=["review", "line"], name="parameterconfirmation_once"),
            models.CheckConstraint(
                condition=Q(version=0) | Q(by__isnull=False, at__isnull=False),
                name="parameterconfirmation_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.line_id}"


class SheetChange(KeptChange):
    """A change of a review's sheet as a device sent it."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="changes", db_index=False)

    class Meta:
        verbose_name = _("change of a sheet")
        verbose_name_plural = _("changes of sheets")
        indexes = [
            models.Index(fields=["review", "received_at"], name="sheetchange_of"),
            models.Index(
                fields=["review"], condition=Q(outcome="conflict", resolved_at=None), name="sheetchange_open_conflicts"
            ),
        ]
