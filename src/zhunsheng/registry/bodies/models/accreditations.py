"""Certificates and their schedules of what may be tested."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.bodies.models.institutions import Body, Site
from zhunsheng.registry.bodies.models.periods import ends_after_it_begins


class AccreditationStatus(models.TextChoices):
    """How a certificate stands."""

    ACTIVE = "active", _("Valid")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")
    REVOKED = "revoked", _("Revoked")


class Accreditation(models.Model):
    """A certificate. `status_on` is the first day on which a status other than active held."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="accreditations")
    number = models.CharField(_("Certificate number"), max_length=60, unique=True)
    status = models.CharField(
        _("Status"), max_length=10, choices=AccreditationStatus, default=AccreditationStatus.ACTIVE
    )
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    status_on = models.DateField(_("Status since"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        constraints = [
            ends_after_it_begins("accreditation"),
            models.CheckConstraint(
                condition=models.Q(status__in=["active", "expired"]) | models.Q(status_on__isnull=False),
                name="accreditation_status_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ScopeLine(models.Model):
    """One line of a capability schedule: this object, this parameter, by this method, at this site.

    No site means every site of the body; no parameter or object in the catalogue means that the printed text decides;
    a method without a year holds for every edition of it.
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="scope_lines")
    accreditation = models.ForeignKey(Accreditation, models.CASCADE, related_name="scope_lines")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="scope_lines")
    domain = models.CharField(_("Domain"), max_length=60, blank=True, default="")
    category = models.CharField(_("Category"), max_length=100, blank=True, default="")
    object = models.ForeignKey(
        "catalogue.TestObject", models.PROTECT, null=True, blank=True, related_name="scope_lines", db_index=False
    )
    object_text = models.CharField(_("Test object"), max_length=200)
    parameter = models.ForeignKey(
        "catalogue.Parameter", models.PROTECT, null=True, blank=True, related_name="scope_lines"
    )
    parameter_text = models.CharField(_("Parameter"), max_length=200)
    method_text = models.CharField(_("Method"), max_length=300)
    edition = models.ForeignKey(
        "catalogue.StandardEdition", models.PROTECT, null=True, blank=True, related_name="scope_lines"
    )
    method_base = models.CharField(_("Method without year"), max_length=150, blank=True, default="")
    method_year = models.PositiveSmallIntegerField(_("Year of the method"), null=True, blank=True)
    clause = models.CharField(_("Clause"), max_length=60, blank=True, default="")
    limitation = models.CharField(_("Limitation"), max_length=500, blank=True, default="")
    remark = models.CharField(_("Remark"), max_length=300, blank=True, default="")
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("scope line")
        verbose_name_plural = _("scope lines")
        constraints = [ends_after_it_begins("scopeline")]

    def __str__(self) -> str:
        return f"{self.object_text} {self.parameter_text} {self.method_text}"


class ScopeRevision(models.Model):
    """One row that counts the changes of all scopes, so that the index knows when it is stale.

    `identity` is drawn when the row is made: an index built from another database never fits this one.
    """

    identity = models.CharField(max_length=32)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
