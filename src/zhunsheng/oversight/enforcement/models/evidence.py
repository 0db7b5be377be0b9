"""What a case rests on: files, things held as evidence, and the times in which its clock stood still."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.enforcement.lifecycle import EvidenceKind, PauseCause
from zhunsheng.oversight.enforcement.models.cases import Case
from zhunsheng.platform.accounts.history import Recorded


class CaseFile(models.Model):
    """A file of a case: kept by its digest, with when, where and by whom it was taken. Never replaced."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files", db_index=False)
    number = models.PositiveIntegerField(_("No."))
    kind = models.CharField(_("Kind"), max_length=14, choices=EvidenceKind)
    name = models.CharField(_("File name"), max_length=200)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    taken_on = models.DateField(_("Taken on"), null=True, blank=True)
    place = models.CharField(pgettext_lazy("enforcement", "Place"), max_length=200, blank=True, default="")
    source = models.CharField(_("Given by"), max_length=200, blank=True, default="")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Added at"))

    class Meta:
        verbose_name = _("file of a case")
        verbose_name_plural = _("files of cases")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="casefile_number_once"),
            models.UniqueConstraint(fields=["case", "file"], name="casefile_once"),
        ]

    def __str__(self) -> str:
        return self.name


class EvidenceHold(models.Model):
    """Things held as evidence (先行登记保存): what, where, until which day something must be decided about them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds", db_index=False)
    items = models.TextField(_("What is held"))
    place = models.CharField(pgettext_lazy("enforcement", "Place"), max_length=200)
    held_at = models.DateTimeField(_("Held since"))
    due_on = models.DateField(_("Decide about it by"), null=True, blank=True)
    law = models.CharField(_("Rule and version"), max_length=120)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(_("What became of it"), max_length=500, blank=True, default="")
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("evidence hold")
        verbose_name_plural = _("evidence holds")
        constraints = [
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(outcome=""), name="evidencehold_ended_says_how")
        ]
        indexes = [models.Index(fields=["case", "held_at"], name="evidencehold_case")]

    def __str__(self) -> str:
        return self.items[:60]


class CasePause(models.Model):
    """A stretch that doesn't count: testing, appraisal, hearing, public notice. Both days are in it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses", db_index=False)
    cause = models.CharField(_("Cause"), max_length=12, choices=PauseCause)
    since = models.DateField(pgettext_lazy("pause", "Since"))
    until = models.DateField(pgettext_lazy("pause", "Until"), null=True, blank=True)
    words = models.CharField(_("In words"), max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("pause of a case")
        verbose_name_plural = _("pauses of cases")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until=None), name="casepause_open_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="casepause_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["case", "since"], name="casepause_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.since}"


class CaseExtension(models.Model):
    """More days for the decision, by approval of the head, or of the collective where that is asked for."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions", db_index=False)
    days = models.PositiveSmallIntegerField(pgettext_lazy("enforcement", "Days"))
    collective = models.BooleanField(_("Approved collectively"), default=False)
    words = models.CharField(_("Why"), max_length=500)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("At"))

    class Meta:
        verbose_name = _("extension of a case")
        verbose_name_plural = _("extensions of cases")
        indexes = [models.Index(fields=["case", "at"], name="caseextension_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.days}"
