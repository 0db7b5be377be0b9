"""The institution itself, its sites and its signing keys."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.bodies.models.periods import ends_after_it_begins


class BodyKind(models.TextChoices):
    """What a body does."""

    TESTING = "testing", _("Inspection and testing body")
    CALIBRATION = "calibration", _("Calibration laboratory")
    CERTIFICATION = "certification", _("Certification body")


class Body(models.Model):
    """An inspection, testing or certification body.

    `slug` is its public identifier everywhere: the CMA number, else the unified social credit code, else
    "register:id" of the register that knows it. It is given once and survives a new certificate number, a new name and
    the body's own end. `approval_no` is a certification body's; `valid_to` the last day on which the body existed.
    """

    slug = models.CharField(_("Identifier"), max_length=120, unique=True)
    uscc = models.CharField(_("Unified social credit code"), max_length=18, blank=True, default="", db_index=True)
    cma = models.CharField(_("CMA number"), max_length=12, blank=True, default="", db_index=True)
    register = models.CharField(_("Foreign register"), max_length=60, blank=True, default="")
    register_id = models.CharField(_("Number in that register"), max_length=60, blank=True, default="")
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True, default="")
    kind = models.CharField(_("Kind"), max_length=20, choices=BodyKind, default=BodyKind.TESTING)
    division = models.ForeignKey("accounts.Division", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(_("Address"), max_length=300, blank=True, default="")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="bodies"
    )
    approval_no = models.CharField(_("Approval number"), max_length=40, blank=True, default="", db_index=True)
    valid_from = models.DateField(_("Founded on"), null=True, blank=True)
    valid_to = models.DateField(_("Existed until"), null=True, blank=True)
    generated = models.BooleanField(_("Made up for the demonstration"), default=False)
    source = models.CharField(_("Source"), max_length=200, blank=True, default="")
    scope_revision = models.BigIntegerField(default=0, editable=False)
    history = Recorded(reason_required=True, excluded_fields=["scope_revision"])

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.UniqueConstraint(
                fields=["register", "register_id"], condition=~Q(register=""), name="body_once_per_register"
            ),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="body_once_per_uscc"),
            models.UniqueConstraint(fields=["cma"], condition=~Q(cma=""), name="body_once_per_cma"),
            models.CheckConstraint(condition=~Q(slug=""), name="body_has_an_identifier"),
            ends_after_it_begins("body"),
        ]
        indexes = [models.Index(fields=["scope_revision"], name="body_scope_revision")]

    def __str__(self) -> str:
        return self.name


class NameKind(models.TextChoices):
    """What a body's other name is to it."""

    FORMER = "former", _("Former name")
    SHORT = "short", _("Short name")
    ENGLISH = "english", _("English name")
    TRADE = "trade", _("Trade name")


class BodyName(models.Model):
    """Another name of a body, found by search and matching: a former one, a short one, an English or a trade name.

    `normalised` is the form in which names are compared (`foundation.identifiers.normalise_name`).
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="names")
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Kind of name"), max_length=10, choices=NameKind, default=NameKind.FORMER)
    normalised = models.CharField(max_length=200, db_index=True, editable=False)
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("name of a body")
        verbose_name_plural = _("names of bodies")
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "normalised"], name="body_name_once"),
            models.CheckConstraint(condition=~Q(normalised=""), name="body_name_says_something"),
            ends_after_it_begins("bodyname"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the compared form in step with the name."""
        self.normalised = normalise_name(self.name)[:200]
        super().save(*args, **kwargs)


class Site(models.Model):
    """A place where a body tests. A body with one place may have none listed."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="sites")
    code = models.CharField(_("Site code"), max_length=40)
    name = models.CharField(_("Name"), max_length=200, blank=True, default="")
    address = models.CharField(_("Address"), max_length=300, blank=True, default="")
    division = models.ForeignKey("accounts.Division", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    lat = models.DecimalField(_("Latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    lon = models.DecimalField(_("Longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="site_once_per_body"),
            ends_after_it_begins("site"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class BodyKey(models.Model):
    """A public key with which a body signs its reports. A revoked key verifies nothing from `revoked_at` on."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="keys")
    key_id = models.CharField(_("Key name"), max_length=80, unique=True)
    algorithm = models.CharField(_("Algorithm"), max_length=20, default="ed25519")
    public_key = models.CharField(_("Public key (base64url)"), max_length=200)
    valid_from = models.DateTimeField(_("Valid from"))
    valid_to = models.DateTimeField(_("Valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)
    revoked_reason = models.CharField(_("Reason"), max_length=300, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        constraints = [
            ends_after_it_begins("bodykey"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_reason=""), name="bodykey_revocation_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.key_id
