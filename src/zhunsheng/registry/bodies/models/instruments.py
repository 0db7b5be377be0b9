"""Instruments and their calibrations."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.bodies.models.institutions import Body, Site
from zhunsheng.registry.bodies.models.periods import ends_after_it_begins


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
    measuring_range = models.CharField(_("Measuring range"), max_length=200, blank=True, default="")
    shared = models.BooleanField(_("Open to others"), default=False)
    share_terms = models.CharField(_("Terms of use by others"), max_length=300, blank=True, default="")
    valid_from = models.DateField(_("In use from"), null=True, blank=True)
    valid_to = models.DateField(_("In use until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="instrument_once_per_body"),
            models.CheckConstraint(
                condition=Q(shared=False) | ~Q(share_terms=""), name="instrument_is_shared_on_stated_terms"
            ),
            ends_after_it_begins("instrument"),
        ]

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


class ReferenceMaterial(models.Model):
    """A lot of a certified reference material that a body holds; value and uncertainty stay as the certificate says."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="reference_materials")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="reference_materials")
    crm_no = models.CharField(_("Reference material number"), max_length=60)
    lot = models.CharField(_("Lot"), max_length=60)
    name = models.CharField(_("Name"), max_length=200)
    parameter = models.ForeignKey("catalogue.Parameter", models.PROTECT, null=True, blank=True, related_name="+")
    parameter_text = models.CharField(_("Certified parameter"), max_length=200, blank=True, default="")
    value = models.CharField(_("Certified value"), max_length=60, blank=True, default="")
    uncertainty = models.CharField(_("Expanded uncertainty"), max_length=60, blank=True, default="")
    unit = models.CharField(_("Unit"), max_length=40, blank=True, default="")
    producer = models.CharField(_("Producer"), max_length=200, blank=True, default="")
    valid_from = models.DateField(_("Held from"), null=True, blank=True)
    valid_to = models.DateField(_("Usable until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("reference material")
        verbose_name_plural = _("reference materials")
        constraints = [
            models.UniqueConstraint(fields=["body", "crm_no", "lot"], name="referencematerial_lot_once_per_body"),
            ends_after_it_begins("referencematerial"),
        ]

    def __str__(self) -> str:
        return f"{self.crm_no} {self.lot}"
