"""Certificates and their schedules of what may be tested."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.bodies.models.institutions import Body, Site
from zhunsheng.registry.bodies.models.periods import ends_after_it_begins


class PeriodState(models.TextChoices):
    """What a period says of a certificate: a further term, or that it doesn't hold."""

    ACTIVE = "active", _("Term")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")


class Accreditation(models.Model):
    """A certificate: its number and its whole term. What happened within the term is said by its periods."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="accreditations")
    number = models.CharField(_("Certificate number"), max_length=60, unique=True)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        constraints = [ends_after_it_begins("accreditation")]

    def __str__(self) -> str:
        return self.number

    @cached_property
    def course(self) -> Sequence[AccreditationPeriod]:
        """Return the periods of this certificate; selectors set them as they were known at a moment."""
        return list(self.periods.all())


class AccreditationPeriod(models.Model):
    """What held of a certificate between two days: a term granted or renewed, a suspension, its end.

    A certificate without periods holds from its first day to its last. `rules.standing` says which period decides.
    """

    accreditation = models.ForeignKey(Accreditation, models.CASCADE, related_name="periods")
    state = models.CharField(_("Status"), max_length=10, choices=PeriodState)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True, default="")
    decision_no = models.CharField(_("Decision number"), max_length=80, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("period of a certificate")
        verbose_name_plural = _("periods of certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["accreditation", "state", "valid_from"], name="accreditationperiod_begins_once_a_day"
            ),
            ends_after_it_begins("accreditationperiod"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.valid_from}"


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
    history = Recorded(reason_required=True, no_db_index=["accreditation", "site", "object", "parameter", "edition"])

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
