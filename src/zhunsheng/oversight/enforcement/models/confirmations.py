"""What an administrator confirmed of the law that nobody had verified."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class LawConfirmation(models.Model):
    """That an entry of the yardstick, in this version, was compared with the text of the law."""

    entry = models.CharField(_("Rule"), max_length=60)
    version = models.CharField(_("Version"), max_length=30)
    text_seen = models.CharField(_("Text of the law that was compared"), max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Confirmed at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("confirmation of a rule")
        verbose_name_plural = _("confirmations of rules")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "version"], condition=models.Q(withdrawn_at=None), name="lawconfirmation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.version}"
