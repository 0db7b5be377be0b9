"""What was granted on a promise is verified; what was found untrue bars routes for a time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.lifecycle import Finding
from zhunsheng.admission.licensing.models.applications import Application
from zhunsheng.platform.accounts.history import Recorded


class Verification(models.Model):
    """The task of verifying a commitment, self-declaration or filing after the decision.

    `rate` is the share of such tasks that the rule of that day drew. Where it is neither all nor none, the task is
    sealed first (`entry` of the log) and waits; `seed` is the root of the log's first checkpoint of a later day, of
    `checkpoint` leaves, which nobody knew before; `lot`, a number in [0, 1), follows from it and the application's
    number, and the task is verified where lot < rate.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="verification")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="verifications")
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(_("Stage"), max_length=12, default="open")
    finding = models.CharField(_("Finding"), max_length=16, choices=Finding, default=Finding.PENDING)
    law = models.CharField(_("Rule and version"), max_length=120)
    entry = models.BigIntegerField(null=True)
    checkpoint = models.BigIntegerField(_("Leaves of the checkpoint"), null=True)
    seed = models.CharField(_("Seed of the lot"), max_length=64, blank=True, default="")
    rate = models.DecimalField(_("Sampling rate"), max_digits=5, decimal_places=4)
    lot = models.DecimalField(_("Lot"), max_digits=17, decimal_places=16, null=True)
    opened_at = models.DateTimeField(_("Opened at"))
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    found_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField(_("Found at"), null=True, blank=True)
    words = models.TextField(_("What was found"), blank=True, default="")
    rectify_until = models.DateField(_("To be rectified until"), null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.CheckConstraint(
                condition=Q(found_at=None) | Q(found_by__isnull=False), name="verification_found_has_who"
            ),
            models.CheckConstraint(condition=Q(lot=None) | ~Q(seed=""), name="verification_lot_has_seed"),
        ]
        indexes = [models.Index(fields=["division", "stage", "due_on"], name="verification_place_due")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.finding}"


class RouteBar(models.Model):
    """A route that an applicant may not take until a day, with the decision and the article it rests on."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="route_bars")
    condition = models.CharField(_("Condition"), max_length=60)
    law = models.CharField(_("Rule and version"), max_length=120)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)
    reference = models.CharField(_("Decision number"), max_length=80)
    words = models.CharField(_("Reason"), max_length=300)
    lifted_at = models.DateTimeField(_("Lifted at"), null=True, blank=True)
    lifted_why = models.CharField(_("Reason of lifting"), max_length=300, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("bar of a route")
        verbose_name_plural = _("bars of routes")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "condition", "reference"], name="routebar_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="routebar_in_order"),
        ]
        indexes = [models.Index(fields=["organisation", "until"], name="routebar_in_force")]

    def __str__(self) -> str:
        return f"{self.condition} {self.reference}"
