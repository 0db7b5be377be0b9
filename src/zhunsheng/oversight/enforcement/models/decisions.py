"""What a case comes to: penalties one by one, the decision, and what touches a qualification."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.enforcement.lifecycle import DecisionState, QualificationState, Result
from zhunsheng.oversight.enforcement.models.cases import Case, CaseFinding
from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.accounts.sealed_field import EncryptedTextField


class Penalty(models.Model):
    """One consequence that is proposed, then decided: its article and version, the limits that held, the amount.

    `departs` means outside the benchmark's band; `why` is then the reason, which the discussion must approve.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="penalties", db_index=False)
    finding = models.ForeignKey(CaseFinding, models.PROTECT, related_name="penalties")
    consequence = models.CharField(_("Consequence"), max_length=60)
    version = models.CharField(_("Version"), max_length=30)
    kind = models.CharField(_("Kind"), max_length=20)
    basis = models.CharField(_("Basis"), max_length=200)
    words = models.CharField(_("In words"), max_length=300)
    target = models.CharField(_("On whom"), max_length=10)
    person = EncryptedTextField(_("Person"), blank=True, default="")
    amount = models.DecimalField(_("Amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    least = models.DecimalField(_("Least by law"), max_digits=14, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(_("Most by law"), max_digits=14, decimal_places=2, null=True, blank=True)
    band_least = models.DecimalField(_("Least by benchmark"), max_digits=14, decimal_places=2, null=True, blank=True)
    band_most = models.DecimalField(_("Most by benchmark"), max_digits=14, decimal_places=2, null=True, blank=True)
    step = models.CharField(_("Step"), max_length=10)
    departs = models.BooleanField(_("Outside the benchmark"), default=False)
    why = models.CharField(_("Why outside the benchmark"), max_length=500, blank=True, default="")
    measure = models.CharField(_("Measure"), max_length=10, blank=True, default="")
    ground = models.CharField(_("Ground of the measure"), max_length=60, blank=True, default="")
    lines = models.JSONField(pgettext_lazy("enforcement", "Lines of the schedule"), default=list, blank=True)
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        constraints = [
            models.CheckConstraint(condition=Q(departs=False) | ~Q(why=""), name="penalty_departure_has_its_reason"),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(most=None) | Q(amount__lte=models.F("most")),
                name="penalty_never_beyond_the_law",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="penalty_case"),
            models.Index(fields=["consequence", "amount"], name="penalty_like_cases"),
        ]

    def __str__(self) -> str:
        return self.words


class Decision(models.Model):
    """The decision of a case: by whom, with which reasons, sealed; what courts or the authority itself made of it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    number = models.CharField(_("Number of the decision"), max_length=60, unique=True)
    result = models.CharField(_("Result"), max_length=14, choices=Result)
    words = models.TextField(_("Facts and reasons"))
    on = models.DateField(_("Decided on"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Written at"))
    sha256 = models.CharField(_("Digest"), max_length=64)
    state = models.CharField(
        pgettext_lazy("enforcement", "Standing"), max_length=10, choices=DecisionState, default=DecisionState.IN_FORCE
    )
    state_on = models.DateField(_("Standing since"), null=True, blank=True)
    state_why = models.CharField(_("By what"), max_length=500, blank=True, default="")
    published_due_on = models.DateField(_("Publish by"), null=True, blank=True)
    published_at = models.DateTimeField(_("Published at"), null=True, blank=True)
    published_until = models.DateField(_("Shown until"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("Taken down at"), null=True, blank=True)
    hidden_why = models.CharField(_("Why it was taken down"), max_length=300, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("decision of a case")
        verbose_name_plural = _("decisions of cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DecisionState.IN_FORCE) | ~Q(state_why=""), name="decision_changed_says_why"
            )
        ]
        indexes = [
            models.Index(fields=["published_due_on"], condition=Q(published_at=None), name="decision_to_publish"),
            models.Index(fields=["-published_at"], name="decision_published"),
        ]

    def __str__(self) -> str:
        return self.number


class QualificationMatter(models.Model):
    """What a case recommends about a qualification, which its grantor alone decides."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="qualifications", db_index=False)
    penalty = models.OneToOneField(Penalty, models.PROTECT, related_name="qualification")
    referral = models.ForeignKey("leads.Referral", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        _("State"), max_length=12, choices=QualificationState, default=QualificationState.RECOMMENDED
    )
    recommended_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    recommended_at = models.DateTimeField(_("Recommended at"))
    decision_no = models.CharField(_("Number of the decision"), max_length=60, blank=True, default="")
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    words = models.CharField(_("Reasons"), max_length=1000, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("recommendation on a qualification")
        verbose_name_plural = _("recommendations on qualifications")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=QualificationState.RECOMMENDED)
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False) & ~Q(words="")),
                name="qualification_decided_has_who_and_why",
            )
        ]
        indexes = [models.Index(fields=["state", "recommended_at"], name="qualification_waiting")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.state}"


class PoliceTransfer(models.Model):
    """A suspected crime: reported by two officers, decided by the head, sent within hours, answered by the police."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers", db_index=False)
    first = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    words = models.TextField(_("Facts of the suspected crime"))
    reported_at = models.DateTimeField(_("Reported at"))
    decide_by = models.DateField(pgettext_lazy("transfer", "Decide by"))
    approved = models.BooleanField(_("Transferred"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    reasons = models.CharField(_("Reasons"), max_length=1000, blank=True, default="")
    send_by = models.DateTimeField(_("Send by"), null=True, blank=True)
    sent_at = models.DateTimeField(_("Sent at"), null=True, blank=True)
    documents = models.JSONField(_("Documents of the file"), default=list)
    referral = models.ForeignKey("leads.Referral", models.PROTECT, null=True, blank=True, related_name="+")
    answer_due_on = models.DateField(_("Answer expected by"), null=True, blank=True)
    answer = models.CharField(_("Answer of the police"), max_length=1000, blank=True, default="")
    accepted = models.BooleanField(_("Accepted by the police"), null=True, blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    reconsider_by = models.DateField(_("Ask to reconsider by"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("transfer to the police")
        verbose_name_plural = _("transfers to the police")
        constraints = [
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="policetransfer_two_officers"),
            models.CheckConstraint(
                condition=Q(approved=None) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="policetransfer_decided_has_who",
            ),
        ]
        indexes = [models.Index(fields=["case", "reported_at"], name="policetransfer_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reported_at:%Y-%m-%d}"


class SevereEntry(models.Model):
    """An entry of the list of severe offenders: from a decision, until a day, removed early on request only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="severe_entries")
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(_("Party"), max_length=200)
    law = models.CharField(_("Rule and version"), max_length=120)
    since = models.DateField(pgettext_lazy("list", "Listed since"))
    until = models.DateField(pgettext_lazy("list", "Listed until"))
    words = models.CharField(_("Reasons"), max_length=1000)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    removed_on = models.DateField(_("Removed on"), null=True, blank=True)
    removed_why = models.CharField(_("Why it was removed"), max_length=500, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("entry of the severe list")
        verbose_name_plural = _("entries of the severe list")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(removed_on=None), name="severeentry_once"),
            models.CheckConstraint(condition=Q(removed_on=None) | ~Q(removed_why=""), name="severeentry_removed_why"),
        ]

    def __str__(self) -> str:
        return self.subject
