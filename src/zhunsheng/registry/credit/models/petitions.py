"""What a body says against an event of its file, or for its end: objections (异议) and repairs (信用修复)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.credit.lifecycle import Sort, Stage
from zhunsheng.registry.credit.models.files import CreditEvent


class Petition(models.Model):
    """An objection to an event, or a request to end its effect, with grounds and evidence, until it is decided.

    It has no last day while the holidays of its year are not announced.
    """

    number = models.CharField(pgettext_lazy("credit", "Number"), max_length=20, unique=True)
    sort = models.CharField(_("Kind of request"), max_length=10, choices=Sort)
    event = models.ForeignKey(CreditEvent, models.PROTECT, related_name="petitions", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="credit_petitions", db_index=False)
    stage = models.CharField(_("Stage"), max_length=10, choices=Stage, default=Stage.FILED)
    law = models.CharField(_("Rule and version"), max_length=120)
    grounds = models.TextField(_("Grounds"))
    filed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    filed_at = models.DateTimeField(_("Filed at"))
    due_on = models.DateField(_("To be decided by"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    decision = models.CharField(pgettext_lazy("credit", "Decision"), max_length=500, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("request about an event")
        verbose_name_plural = _("requests about events")
        constraints = [
            models.UniqueConstraint(fields=["event", "sort"], condition=Q(stage="filed"), name="petition_open_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="petition_stage_known"),
            models.CheckConstraint(
                condition=Q(stage__in=["filed", "taken_back"]) | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="petition_decided_has_words",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-filed_at"], name="petition_of"),
            models.Index(fields=["stage", "due_on"], name="petition_due"),
        ]

    def __str__(self) -> str:
        return self.number


class PetitionFile(models.Model):
    """A file handed in as evidence."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="files")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(_("Name"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "file"], name="petitionfile_once")]

    def __str__(self) -> str:
        return self.name
