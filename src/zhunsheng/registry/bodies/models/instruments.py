"""Instruments and their calibrations."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.bodies.models.institutions import Body, Site


class CalibrationResult(models.TextChoices):
    """What a calibration found."""

    PASS = "pass", _("Fit for use")
    LIMITED = "limited", _("Fit for limited use")
    FAIL = "fail", _("Unfit")


class Instrument(models.Model):
    """A measuring instrument of a body."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="instruments")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="instruments")
    code = models.CharField(_("Instrument code"), max_length=60)
    name = models.CharField(_("Name"), max_length=200)
    model = models.CharField(_("Model"), max_length=100, blank=True, default="")
    serial = models.CharField(_("Serial number"), max_length=100, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="instrument_once_per_body")]

    def __str__(self) -> str:
        return self.name


class Calibration(models.Model):
    """One calibration of an instrument. It holds from `calibrated_on` to `due_on`, both included."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="calibrations")
    certificate_no = models.CharField(_("Certificate number"), max_length=80)
    agency = models.CharField(_("Calibrated by"), max_length=200, blank=True, default="")
    calibrated_on = models.DateField(_("Calibrated on"))
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    result = models.CharField(_("Result"), max_length=10, choices=CalibrationResult, default=CalibrationResult.PASS)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("calibration")
        verbose_name_plural = _("calibrations")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "certificate_no"], name="calibration_once_per_certificate"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("calibrated_on")), name="calibration_due_after_it_was_done"
            ),
        ]

    def __str__(self) -> str:
        return self.certificate_no
