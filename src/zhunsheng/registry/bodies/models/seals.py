"""Certificates of the electronic seals that a body sets on its documents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.bodies.models.institutions import Body


class SealCertificate(models.Model):
    """The certificate of a body's electronic seal, as its certification authority issued it.

    A seal counts as the body's if its certificate has this fingerprint and the seal was set within the certificate's
    validity and before it was withdrawn. `fingerprint` is the SHA-256 of the certificate's DER in lower hex.
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="seals")
    fingerprint = models.CharField(_("Fingerprint (SHA-256)"), max_length=64, unique=True)
    holder = models.CharField(_("Holder"), max_length=300)
    issuer = models.CharField(_("Certification authority"), max_length=300)
    certificate = models.TextField(_("Certificate (PEM)"))
    valid_from = models.DateTimeField(_("Valid from"))
    valid_to = models.DateTimeField(_("Valid until"))
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)
    revoked_reason = models.CharField(_("Reason"), max_length=300, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("seal certificate")
        verbose_name_plural = _("seal certificates")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_reason=""), name="sealcertificate_revocation_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=models.F("valid_from")), name="sealcertificate_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.holder
