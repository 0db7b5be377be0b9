"""The result of an inspection, as it is disclosed to the public."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.visits.lifecycle import ResultStage
from zhunsheng.oversight.visits.models.visit import Visit
from zhunsheng.platform.accounts.history import Recorded


class Result(models.Model):
    """The standard result codes of a visit, the day by which they are to be public, and whether they are.

    `due_on` is empty while the holidays of its year are not announced. A withdrawn result keeps the reason in its
    history; restored, it is public again.
    """

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="result")
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    codes = models.JSONField(_("Result codes"), default=list)
    words = models.CharField(_("Result in words"), max_length=500, blank=True, default="")
    law = models.CharField(_("Rule and version"), max_length=120)
    stage = models.CharField(_("Stage"), max_length=10, choices=ResultStage, default=ResultStage.READY)
    due_on = models.DateField(_("To be disclosed by"), null=True, blank=True)
    disclosed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    disclosed_at = models.DateTimeField(_("Disclosed at"), null=True, blank=True)
    withdrawn_why = models.CharField(_("Reason of the withdrawal"), max_length=400, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("result of an inspection")
        verbose_name_plural = _("results of inspections")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=ResultStage.values), name="visitresult_stage_known"),
            models.CheckConstraint(
                condition=~Q(stage=ResultStage.DISCLOSED) | Q(disclosed_at__isnull=False, disclosed_by__isnull=False),
                name="visitresult_disclosed_has_who_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "-disclosed_at"], name="visitresult_public"),
            models.Index(fields=["division", "stage", "due_on"], name="visitresult_place_stage"),
        ]

    def __str__(self) -> str:
        return " ".join(self.codes)
