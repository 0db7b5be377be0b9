"""Who acts in a case beside the authority that handles it (联合办案): asked, joined, what it says and decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.enforcement.models.cases import Case
from zhunsheng.platform.accounts.history import Recorded


class CaseParticipant(models.Model):
    """An authority or department that was asked to act in a case, and what came of it.

    `agrees` is about the penalties proposed last; `decision_no` and what follows are its own decision, where each
    decides in its own name.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="participants", db_index=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    asked = models.CharField(_("What is asked"), max_length=500)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(_("Asked at"))
    joined_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    joined_at = models.DateTimeField(_("Joined at"), null=True, blank=True)
    left_at = models.DateTimeField(_("Left or declined at"), null=True, blank=True)
    left_why = models.CharField(_("Why it left or declined"), max_length=500, blank=True, default="")
    agrees = models.BooleanField(_("Agrees"), null=True, blank=True)
    opinion = models.CharField(pgettext_lazy("joint case", "Opinion"), max_length=1000, blank=True, default="")
    opined_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    opined_at = models.DateTimeField(_("Opinion given at"), null=True, blank=True)
    decision_no = models.CharField(_("Number of its decision"), max_length=60, blank=True, default="")
    decision_words = models.TextField(_("Its decision"), blank=True, default="")
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decision_sha256 = models.CharField(_("Digest"), max_length=64, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("participant of a case")
        verbose_name_plural = _("participants of cases")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"], condition=Q(left_at=None), name="caseparticipant_once"
            ),
            models.CheckConstraint(condition=Q(left_at=None) | ~Q(left_why=""), name="caseparticipant_left_says_why"),
            models.CheckConstraint(
                condition=Q(decided_on=None) | (~Q(decision_no="") & Q(decided_by__isnull=False)),
                name="caseparticipant_decided_has_who",
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="caseparticipant_of")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.organisation_id}"
