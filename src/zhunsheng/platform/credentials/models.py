"""Credentials, the lists that tell their status, and every change of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.foundation.credentials.codes import CODE_LENGTH
from zhunsheng.foundation.credentials.status_lists import LEAST_BITS
from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.credentials.lifecycle import IN_FORCE, Status


class StatusList(models.Model):
    """One list of 131,072 places: `taken` of them are given away, in order; the two signed lists as published last.

    Certificates of testing bodies are public, so their places need not be drawn by lot.
    """

    SIZE = LEAST_BITS

    taken = models.PositiveIntegerField(default=0)
    revocation = models.BinaryField(default=b"")
    suspension = models.BinaryField(default=b"")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(taken__lte=LEAST_BITS), name="status_list_not_overfull")]

    def __str__(self) -> str:
        return str(self.pk)


class Credential(models.Model):
    """One issued document: signed data and PDF, which never change, and its status, which may.

    The PDF is null from the issue until it is made, which is set once; see `PendingDocument`.

    `vc` is the canonical form of the signed credential, `digest` its SHA-256; `entry_id` and `pdf_entry_id` are the
    log entries of both.
    """

    code = models.CharField(_("Verification code"), max_length=CODE_LENGTH, unique=True)
    kind = models.CharField(_("Kind"), max_length=40)
    number = models.CharField(_("Number"), max_length=60)
    body_slug = models.CharField(_("Identifier of the body"), max_length=60, db_index=True)
    holder = models.CharField(_("Holder"), max_length=200)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    schema_version = models.CharField(_("Version of the form"), max_length=40)
    vc = models.BinaryField()
    digest = models.CharField(_("Digest (SHA-256)"), max_length=64, unique=True)
    beside = models.JSONField(_("Further signatures"), default=list, blank=True)
    printed = models.TextField(_("Text of the QR picture"))
    pdf = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    status = models.CharField(_("Status"), max_length=10, choices=Status, default=Status.VALID)
    status_at = models.DateTimeField(_("Status since"))
    status_why = models.CharField(_("Reason of the status"), max_length=500, blank=True, default="")
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="credentials")
    list_index = models.PositiveIntegerField(_("Place in the status list"))
    predecessor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name=_("Replaces")
    )
    entry_id = models.BigIntegerField()
    pdf_entry_id = models.BigIntegerField(null=True)
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(_("Issued at"))
    history = Recorded(reason_required=True, excluded_fields=["vc", "beside", "printed"])

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="credential_status_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="credential_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["kind", "number"], condition=Q(status__in=IN_FORCE), name="credential_number_once_in_force"
            ),
            models.UniqueConstraint(fields=["status_list", "list_index"], name="credential_place_once"),
        ]
        indexes = [
            models.Index(fields=["number", "issued_at"], name="credential_number_at"),
            models.Index(fields=["-issued_at", "-id"], name="credential_newest"),
            models.Index(fields=["pdf"], name="credential_pdf"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"


class PendingDocument(models.Model):
    """What the PDF of a credential is made of, until it is there; `why` says what kept it the last time."""

    credential = models.OneToOneField(Credential, models.CASCADE, primary_key=True, related_name="pending_document")
    template = models.CharField(max_length=500)
    data = models.JSONField()
    at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=500, blank=True, default="")

    def __str__(self) -> str:
        return str(self.credential_id)


class StatusChange(models.Model):
    """One status that a credential had from a moment on; the first is that of its issue. Rows never change."""

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="changes")
    status = models.CharField(_("Status"), max_length=10, choices=Status)
    why = models.CharField(_("Reason"), max_length=500)
    at = models.DateTimeField(_("Since"))
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    entry_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(status__in=Status.values), name="status_change_known")]
        indexes = [models.Index(fields=["credential", "at", "id"], name="status_change_at")]

    def __str__(self) -> str:
        return f"{self.status} {self.at:%Y-%m-%d}"
