"""What the inspectors' sheet holds: items, photographs, signatures, and every change as a device sent it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.visits.lifecycle import Side, Verdict
from zhunsheng.oversight.visits.models.visit import Visit
from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.kept_changes import KeptChange


class CheckItem(models.Model):
    """An item to check: of the library's checklist, or of this body alone (a lead, an earlier finding, a duty).

    `source` is "checklist", "lead", "finding", "obligation" or "cause"; `reference` its key there; `version` 0: nobody
    has written.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="items", db_index=False)
    place = models.PositiveSmallIntegerField(_("Place in the checklist"))
    code = models.CharField(pgettext_lazy("visits", "Item"), max_length=40)
    source = models.CharField(_("From"), max_length=20, default="checklist")
    reference = models.CharField(_("Reference"), max_length=120, blank=True, default="")
    clause = models.CharField(_("Clause"), max_length=200, blank=True, default="")
    words = models.JSONField(_("What is checked"), default=dict)
    how = models.JSONField(_("How it is checked"), default=dict)
    evidence = models.JSONField(_("Evidence to take"), default=list)
    violations = models.JSONField(_("Violations"), default=list)
    starred = models.BooleanField(_("Key item"), default=False)
    verdict = models.CharField(_("Verdict"), max_length=16, choices=Verdict, blank=True, default="")
    note = models.TextField(_("Note"), blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("Written at"), null=True, blank=True)
    history = Recorded()

    class Meta:
        verbose_name = _("item of a visit")
        verbose_name_plural = _("items of visits")
        constraints = [
            models.UniqueConstraint(fields=["visit", "code"], name="checkitem_once"),
            models.CheckConstraint(
                condition=Q(version=0) | Q(by__isnull=False, at__isnull=False), name="checkitem_has_who_and_when"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class VisitChange(KeptChange):
    """A change of a visit's sheet as a device sent it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="changes", db_index=False)

    class Meta:
        verbose_name = _("change of a visit's sheet")
        verbose_name_plural = _("changes of visits' sheets")
        indexes = [
            models.Index(fields=["visit", "received_at"], name="visitchange_of"),
            models.Index(
                fields=["visit"], condition=Q(outcome="conflict", resolved_at=None), name="visitchange_open_conflicts"
            ),
        ]


class Photo(models.Model):
    """A photograph or file of a visit: its SHA-256 was computed on the device at capture and agrees with what came.

    `taken_at` is the device's clock, `exif_on` the day that the picture itself names, `metres_away` how far from the
    body's nearest registered site it was taken, `marks` what an officer must know before it counts as evidence.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos", db_index=False)
    client_id = models.UUIDField(unique=True)
    item = models.CharField(pgettext_lazy("visits", "Item"), max_length=60)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)
    taken_at = models.DateTimeField(_("Taken at"))
    exif_on = models.DateField(_("Day that the picture names"), null=True, blank=True)
    lat = models.DecimalField(_("Latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    lon = models.DecimalField(_("Longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("Accuracy in metres"), null=True, blank=True)
    metres_away = models.PositiveIntegerField(_("Metres to the nearest site"), null=True, blank=True)
    marks = models.JSONField(_("Marks"), default=list)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    received_at = models.DateTimeField(_("Received at"))

    class Meta:
        verbose_name = _("photograph of a visit")
        verbose_name_plural = _("photographs of visits")
        indexes = [models.Index(fields=["visit", "taken_at"], name="visitphoto_of")]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """A signature under the record, bound to the digest of what was signed; a refusal to sign is kept with its reason.

    `version` counts as an item's does; `signed` turns false again when the inspectors take all signatures back.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="signatures", db_index=False)
    side = models.CharField(_("Side"), max_length=8, choices=Side)
    name = models.CharField(_("Name"), max_length=60, blank=True, default="")
    post = models.CharField(pgettext_lazy("visits", "Post"), max_length=60, blank=True, default="")
    objection = models.TextField(_("Objection"), blank=True, default="")
    refusal = models.CharField(_("Reason of a refusal to sign"), max_length=300, blank=True, default="")
    image = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(_("SHA-256 of what was signed"), max_length=64, blank=True, default="")
    signed = models.BooleanField(_("Signed"), default=False)
    signed_at = models.DateTimeField(_("Signed at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("Written at"), null=True, blank=True)
    history = Recorded()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(fields=["visit", "side"], name="signature_once"),
            models.CheckConstraint(
                condition=Q(signed=False) | (~Q(digest="") & Q(signed_at__isnull=False)), name="signature_has_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.name}"
