"""The integrity file of practitioners: what was decided about signatories, staff, assessors and experts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class PersonEvent(models.Model):
    """One thing decided about a practitioner: a person of a body, or an expert of the register. Never public."""

    person = models.ForeignKey("bodies.Person", models.PROTECT, null=True, blank=True, related_name="integrity")
    expert = models.ForeignKey("bodies.Expert", models.PROTECT, null=True, blank=True, related_name="integrity")
    kind = models.CharField(_("Kind of event"), max_length=40)
    law = models.CharField(_("Rule and version"), max_length=120)
    on = models.DateField(_("Day"))
    source = models.CharField(_("Source"), max_length=60)
    reference = models.CharField(_("Decision or file number"), max_length=120)
    words = models.CharField(_("What was established"), max_length=1000)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(_("Recorded at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    withdrawn_why = models.CharField(_("Reason of withdrawal"), max_length=500, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("integrity event")
        verbose_name_plural = _("integrity events")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, expert=None) | Q(person=None, expert__isnull=False),
                name="personevent_of_one",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "reference"], condition=Q(expert=None), name="personevent_once"
            ),
            models.UniqueConstraint(
                fields=["expert", "kind", "reference"], condition=Q(person=None), name="personevent_expert_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="personevent_withdrawn_has_why"
            ),
        ]
        indexes = [models.Index(fields=["-on", "-id"], name="personevent_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
