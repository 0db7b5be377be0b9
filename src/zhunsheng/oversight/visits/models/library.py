"""Editions of checklists that a province imports over those of the law files."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform.accounts.history import Recorded


class Edition(models.Model):
    """An edition of a checklist: its items as law data, from which day it holds, who imported and who approved it."""

    checklist = models.CharField(_("Checklist"), max_length=40)
    number = models.PositiveSmallIntegerField(pgettext_lazy("visits", "Edition"))
    title = models.JSONField(pgettext_lazy("visits", "Title"), default=dict)
    items = models.JSONField(_("Items"), default=list)
    digest = models.CharField(_("SHA-256"), max_length=64)
    effective_from = models.DateField(_("In force from"))
    imported_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    imported_at = models.DateTimeField(_("Imported at"))
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("edition of a checklist")
        verbose_name_plural = _("editions of checklists")
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="edition_once"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | (Q(approved_at__isnull=False) & ~Q(approved_by=F("imported_by"))),
                name="edition_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checklist} {self.number}"
