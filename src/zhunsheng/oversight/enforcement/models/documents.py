"""The official documents of a case: made from versioned templates, numbered, signed, sealed, served."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.enforcement.models.cases import Case, CaseEvent
from zhunsheng.platform.accounts.history import Recorded


class CaseDocument(models.Model):
    """One document of a case as it was made: which template, which record it belongs to, and how it was served.

    `outward` documents go to the party or to another authority; the others stay in the file of the case. `receipt` is
    the proof of service that came back.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", db_index=False)
    event = models.ForeignKey(CaseEvent, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    kind = models.CharField(_("Document"), max_length=30)
    title = models.CharField(pgettext_lazy("enforcement", "Title"), max_length=80)
    number = models.CharField(_("Document number"), max_length=80, unique=True)
    template = models.CharField(_("Template and version"), max_length=120)
    outward = models.BooleanField(_("Goes to the party"), default=False)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+", db_index=False)
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(_("Made at"))
    served_how = models.CharField(_("How it was served"), max_length=12, blank=True, default="")
    served_on = models.DateField(_("Served on"), null=True, blank=True)
    received_by = models.CharField(_("Received by"), max_length=100, blank=True, default="")
    receipt = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("document of a case")
        verbose_name_plural = _("documents of cases")
        constraints = [
            models.CheckConstraint(
                condition=(Q(served_how="") & Q(served_on=None)) | (~Q(served_how="") & Q(served_on__isnull=False)),
                name="casedocument_served_has_its_day",
            )
        ]
        indexes = [models.Index(fields=["case", "made_at", "id"], name="casedocument_of")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
