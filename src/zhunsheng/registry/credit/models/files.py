"""What was learned about a body: events and obligations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class CreditEvent(models.Model):
    """One thing that was decided about a body. Its content never changes; it may be withdrawn or repaired.

    `kind` is one of `law/events.yaml`, `law` the entry and version of that day. `source` names the room or office
    that learned it, `reference` its decision or file there; both together name the event, so that telling it again
    changes nothing. `decided_by` took the decision from which it follows, where another room writes it by itself.
    Officers' rights follow the body's own division, which may change.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="credit_events", db_index=False)
    kind = models.CharField(_("Kind of event"), max_length=40)
    law = models.CharField(_("Rule and version"), max_length=120)
    on = models.DateField(_("Day"))
    source = models.CharField(_("Source"), max_length=60)
    reference = models.CharField(_("Decision or file number"), max_length=120)
    words = models.CharField(_("What was established"), max_length=1000)
    evidence_sha256 = models.CharField(_("SHA-256 of the evidence"), max_length=64, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(_("Recorded at"))
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    withdrawn_why = models.CharField(_("Reason of withdrawal"), max_length=500, blank=True, default="")
    repaired_at = models.DateTimeField(_("Repaired at"), null=True, blank=True)
    repaired_why = models.CharField(_("Reason of repair"), max_length=500, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("credit event")
        verbose_name_plural = _("credit events")
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "source", "reference"], name="creditevent_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="creditevent_withdrawn_has_why"
            ),
            models.CheckConstraint(
                condition=Q(repaired_at=None) | ~Q(repaired_why=""), name="creditevent_repaired_has_why"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-on"], name="creditevent_of"),
            models.Index(fields=["kind", "-on"], name="creditevent_kind"),
            models.Index(fields=["-on", "-id"], name="creditevent_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Obligation(models.Model):
    """What a body must have verified, mend or show by a day, and what became of it."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="obligations", db_index=False)
    kind = models.CharField(_("Kind of obligation"), max_length=40)
    law = models.CharField(_("Rule and version"), max_length=120)
    due_on = models.DateField(_("To be done by"), null=True, blank=True)
    reference = models.CharField(_("Decision or file number"), max_length=120)
    words = models.CharField(_("What is to be done"), max_length=1000)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField(_("Asked at"))
    outcome = models.CharField(_("Outcome"), max_length=300, blank=True, default="")
    discharged_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    discharged_at = models.DateTimeField(_("Discharged at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "reference"], name="obligation_once"),
            models.CheckConstraint(
                condition=Q(discharged_at=None) | ~Q(outcome=""), name="obligation_discharged_has_outcome"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "due_on"], name="obligation_of"),
            models.Index(fields=["due_on", "id"], condition=Q(discharged_at=None), name="obligation_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
