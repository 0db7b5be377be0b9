"""What the public reports: a lead with a code, so that who reported can follow it, also without a name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.leads.models.leads import Lead
from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.accounts.sealed_field import EncryptedTextField


class Complaint(models.Model):
    """Who reported and how to answer. Of the secret only its digest is kept; name and contact are encrypted.

    `due_on` runs once it is decided whether a case is filed, for those who gave a name.
    """

    lead = models.OneToOneField(Lead, models.PROTECT, related_name="complaint")
    code = models.CharField(_("Code of the report"), max_length=14, unique=True)
    secret_sha256 = models.CharField(max_length=64)
    anonymous = models.BooleanField(_("Without a name"), default=True)
    name = EncryptedTextField(_("Name of who reported"), blank=True, default="")
    contact = EncryptedTextField(_("How to reach them"), blank=True, default="")
    due_on = models.DateField(pgettext_lazy("complaint", "Answer by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("Escalated at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("report from the public")
        verbose_name_plural = _("reports from the public")
        indexes = [models.Index(fields=["due_on"], condition=Q(answered_at=None), name="complaint_due")]

    def __str__(self) -> str:
        return self.code


class ComplaintMessage(models.Model):
    """One message between who reported and the authority; without `by` it is from the public."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="messages", db_index=False)
    words = models.TextField(_("Message"))
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("At"))

    class Meta:
        verbose_name = _("message about a report")
        verbose_name_plural = _("messages about reports")
        indexes = [models.Index(fields=["complaint", "at"], name="complaintmessage_order")]

    def __str__(self) -> str:
        return self.words[:60]
