"""What was learned about a body: events, obligations, its grade."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class CreditEvent(models.Model):
    """One thing that was decided or established about a body. Its content never changes; it may be withdrawn.

    `kind` is one of `law/events.yaml`, `law` the entry and version of that day. `source` names the room or office
    that learned it, `reference` its decision or file there; both together name the event, so that telling it again
    changes nothing. Officers' rights follow the body's own division, which may change.
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
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    withdrawn_why = models.CharField(_("Reason of withdrawal"), max_length=500, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("credit event")
        verbose_name_plural = _("credit events")
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "source", "reference"], name="creditevent_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="creditevent_withdrawn_has_why"
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


class GradeLetter(models.TextChoices):
    """Grade of classified supervision (信用风险分类)."""

    A = "A", _("A (low risk)")
    B = "B", _("B (general risk)")
    C = "C", _("C (higher risk)")
    D = "D", _("D (high risk)")


class Origin(models.TextChoices):
    """How a grade came here."""

    ENTERED = "entered", _("Entered by an officer")
    IMPORTED = "imported", _("Taken over from the platform of classification")


class Grade(models.Model):
    """The grade of a body over a stretch of time, as another office gave it; `until` is its last day.

    `rule_version` names the rule by which it was given there, `basis` the document.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="grades", db_index=False)
    grade = models.CharField(_("Grade"), max_length=1, choices=GradeLetter)
    since = models.DateField(_("In force from"))
    until = models.DateField(_("In force until"), null=True, blank=True)
    origin = models.CharField(_("Origin"), max_length=10, choices=Origin)
    basis = models.CharField(_("Decided by document"), max_length=200)
    rule_version = models.CharField(_("Version of the grading rule"), max_length=60, blank=True, default="")
    reason = models.CharField(_("Reason"), max_length=500)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    set_at = models.DateTimeField(_("Entered at"))
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        constraints = [
            models.UniqueConstraint(fields=["body", "since"], name="grade_from_once"),
            models.UniqueConstraint(fields=["body"], condition=Q(until=None), name="grade_current_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="grade_in_order"),
            models.CheckConstraint(condition=Q(grade__in=GradeLetter.values), name="grade_known"),
        ]
        indexes = [models.Index(fields=["grade", "until"], name="grade_now")]

    def __str__(self) -> str:
        return f"{self.grade} {self.since}"
