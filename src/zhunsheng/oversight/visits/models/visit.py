"""A visit, the record that both sides signed, and what was added to it afterwards."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.visits.lifecycle import Mode, Stage
from zhunsheng.platform.accounts.history import Recorded


class Visit(models.Model):
    """An inspection of one body under a task of an approved plan, on site or remote.

    `leader` and `second` are the accounts of the two inspectors whom the lot named. `pass_code` opens the page by which
    the body sees who they are; `seen_at` is when it did. `checklist` names the editions of which the items are.
    """

    number = models.CharField(_("Number of the visit"), max_length=24, unique=True)
    task = models.ForeignKey("inspections.Task", models.PROTECT, related_name="visits", verbose_name=_("Task"))
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    leader = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    second = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    mode = models.CharField(_("Where"), max_length=10, choices=Mode, default=Mode.ON_SITE)
    stage = models.CharField(_("Stage"), max_length=10, choices=Stage, default=Stage.PREPARED)
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    place = models.CharField(_("Place of the visit"), max_length=300, blank=True, default="")
    checklist = models.CharField(_("Checklists and editions"), max_length=400, blank=True, default="")
    pass_code = models.CharField(max_length=24, unique=True)
    seen_at = models.DateTimeField(_("Identification seen at"), null=True, blank=True)
    seen_by = models.CharField(_("Identification seen by"), max_length=60, blank=True, default="")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(_("Opened at"))
    started_at = models.DateTimeField(_("Begun at"), null=True, blank=True)
    signed_at = models.DateTimeField(_("Record signed at"), null=True, blank=True)
    concluded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    concluded_at = models.DateTimeField(_("Concluded at"), null=True, blank=True)
    generated = models.BooleanField(default=False)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="visit_stage_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="visit_mode_known"),
            models.CheckConstraint(condition=~Q(leader=models.F("second")), name="visit_has_two_inspectors"),
            models.CheckConstraint(condition=Q(last_day__gte=models.F("first_day")), name="visit_days_in_order"),
            models.UniqueConstraint(fields=["task"], condition=~Q(stage=Stage.CANCELLED), name="visit_one_for_a_task"),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.SIGNED, Stage.CONCLUDED]) | Q(signed_at__isnull=False),
                name="visit_signed_has_when",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.CONCLUDED) | Q(concluded_at__isnull=False, concluded_by__isnull=False),
                name="visit_concluded_has_who_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "stage", "-first_day"], name="visit_place_stage"),
            models.Index(fields=["-first_day", "-id"], name="visit_newest"),
            models.Index(fields=["body", "-first_day"], name="visit_body"),
        ]

    def __str__(self) -> str:
        return self.number


class Record(models.Model):
    """The record of a visit as both sides signed it: written once, sealed in the log, never changed."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="record")
    content = models.JSONField(_("Content"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    at = models.DateTimeField(_("Sealed at"))

    class Meta:
        verbose_name = _("record of a visit")
        verbose_name_plural = _("records of visits")

    def __str__(self) -> str:
        return self.digest

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the record once. Raises: TypeError for a second time."""
        if not self._state.adding:
            raise TypeError("a signed record is never changed")
        super().save(*args, **kwargs)


class Supplement(models.Model):
    """What was added to a signed record, beside it: the record itself stays as it is."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="supplements")
    words = models.TextField(_("In words"))
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("At"))

    class Meta:
        verbose_name = _("supplement to a record")
        verbose_name_plural = _("supplements to records")

    def __str__(self) -> str:
        return self.words[:60]
