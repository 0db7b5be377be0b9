"""A case: one party, what was found about it, and everything that happened, in order."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.enforcement.lifecycle import JointMode, Stage
from zhunsheng.platform.accounts.history import Recorded

NEXT = [
    "next_clock", "next_due_on", "warn_on", "remind_on", "reminded_of", "escalate_on", "escalated_at", "escalated_to",
]  # fmt: skip
"""What is counted from the rest, and keeps no history of its own; its records say who was told when."""


class Case(models.Model):
    """A case of administrative penalty, from its filing to its close.

    `organisation` is the party's own, which reads its case from the notice on; `authority` handles it. `due_on` is the
    last day of the decision's clock. What falls due next (`next_clock`, `next_due_on`) follows from the case and is
    counted with every record, so that lists and duties need not; so does the day from which a clock is near of which
    who handles the case was not reminded yet (`remind_on`, with those that were in `reminded_of`: name and last day),
    and the earliest last day of a clock of which nobody above was told yet (`escalate_on`).
    """

    number = models.CharField(_("Case number"), max_length=30, unique=True)
    title = models.CharField(pgettext_lazy("enforcement", "Title"), max_length=200)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    subject = models.CharField(_("Party"), max_length=200)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    authority = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    matter = models.CharField(_("Matter"), max_length=40)
    stage = models.CharField(_("Stage"), max_length=15, choices=Stage, default=Stage.INVESTIGATING)
    investigator = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("Investigator in charge")
    )
    second = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Second investigator")
    )
    filed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    filed_at = models.DateTimeField(_("Filed at"))
    filed_on = models.DateField(_("Filed on"))
    law = models.CharField(_("Rule and version"), max_length=120)
    due_on = models.DateField(pgettext_lazy("case", "Decide by"), null=True, blank=True)
    statement_due_on = models.DateField(_("Statement until"), null=True, blank=True)
    hearing_offered = models.BooleanField(_("Hearing offered"), default=False)
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    joint = models.CharField(_("Decided jointly"), max_length=4, choices=JointMode, blank=True, default="")
    next_clock = models.CharField(_("What falls due"), max_length=20, blank=True, default="")
    next_due_on = models.DateField(_("Falls due on"), null=True, blank=True)
    warn_on = models.DateField(_("Near from"), null=True, blank=True)
    remind_on = models.DateField(_("Reminded from"), null=True, blank=True)
    reminded_of = models.JSONField(_("Reminded of"), default=list, blank=True)
    escalate_on = models.DateField(_("Told above after"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("Escalated at"), null=True, blank=True)
    escalated_to = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    closed_why = models.CharField(_("Why it was closed"), max_length=500, blank=True, default="")
    history = Recorded(reason_required=True, excluded_fields=NEXT)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="case_stage_known"),
            models.CheckConstraint(condition=~Q(subject=""), name="case_has_a_party"),
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=models.F("investigator")), name="case_two_investigators"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.DECIDED, Stage.SERVED]) | Q(decided_on__isnull=False),
                name="case_decided_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["-filed_at", "-id"], name="case_newest"),
            models.Index(fields=["division", "stage", "-filed_at"], name="case_inbox"),
            models.Index(fields=["stage", "due_on"], name="case_due"),
            models.Index(fields=["division", "next_due_on"], name="case_next_due"),
            models.Index(fields=["escalate_on"], condition=Q(escalate_on__isnull=False), name="case_to_tell_above"),
            models.Index(fields=["remind_on"], condition=Q(remind_on__isnull=False), name="case_to_remind"),
            models.Index(fields=["body", "-filed_at"], name="case_body"),
            models.Index(fields=["matter", "-filed_at"], name="case_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CaseLead(models.Model):
    """A lead that came to this case; a lead comes to one case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="leads", db_index=False)
    lead = models.OneToOneField("leads.Lead", models.PROTECT, related_name="case_lead")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "lead"], name="caselead_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.lead_id}"


class CaseFinding(models.Model):
    """A violation that the case is about, and the facts that the yardstick reads; sums in yuan."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="findings", db_index=False)
    number = models.PositiveSmallIntegerField(pgettext_lazy("enforcement", "Number"))
    violation = models.CharField(_("Violation"), max_length=60)
    law = models.CharField(_("Rule and version"), max_length=120)
    words = models.TextField(pgettext_lazy("enforcement", "What was found"))
    on = models.DateField(_("Day of the conduct"))
    field = models.CharField(_("Field of law"), max_length=20, blank=True, default="")
    fee = models.DecimalField(_("Fees taken"), max_digits=14, decimal_places=2, null=True, blank=True)
    gain = models.DecimalField(_("Unlawful gains"), max_digits=14, decimal_places=2, null=True, blank=True)
    goods = models.DecimalField(_("Value of goods"), max_digits=14, decimal_places=2, null=True, blank=True)
    circumstances = models.JSONField(_("Circumstances"), default=list, blank=True)
    causes = models.JSONField(_("Causes"), default=list, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("finding of a case")
        verbose_name_plural = _("findings of cases")
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="casefinding_once")]
        indexes = [models.Index(fields=["violation"], name="casefinding_like_cases")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.violation}"


class RecordClosed(DomainError):
    """A record of a case that was written already."""

    code = "record-closed"


class CaseEvent(models.Model):
    """What happened in a case, by whom: written once and never changed; `digest` covers everything it says.

    `values` holds what the kind of step needs: days, amounts, who was present.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(_("Kind"), max_length=30)
    words = models.TextField(_("In words"), blank=True, default="")
    values = models.JSONField(default=dict, blank=True)
    file = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    file_name = models.CharField(_("File name"), max_length=200, blank=True, default="")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("At"))
    digest = models.CharField(_("Digest"), max_length=64, default="")

    class Meta:
        verbose_name = _("event of a case")
        verbose_name_plural = _("events of cases")
        indexes = [models.Index(fields=["case", "-at", "-id"], name="caseevent_timeline")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the record, once. Raises: RecordClosed."""
        if not self._state.adding:
            raise RecordClosed("A record of a case is never changed.", remedy="Write another record that says more.")
        self.digest = self.computed()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse. Raises: RecordClosed."""
        raise RecordClosed("A record of a case is never deleted.", remedy="Write another record that says more.")

    def computed(self) -> str:
        """Return the SHA-256 of everything that the record says."""
        return canonical_digest(
            {
                "case": self.case_id,
                "kind": self.kind,
                "words": self.words,
                "values": self.values,
                "file": self.file_id or "",
                "by": self.by_id or 0,
                "at": self.at.astimezone(UTC).isoformat(),
            }
        )
