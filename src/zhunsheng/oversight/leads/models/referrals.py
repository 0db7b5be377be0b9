"""What passes between departments and levels: sent with its file, signed for, answered or returned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.leads.lifecycle import ReferralKind, ReferralStage
from zhunsheng.oversight.leads.models.leads import Lead
from zhunsheng.platform.accounts.history import Recorded


class Referral(models.Model):
    """A matter sent to another authority or department, with a file whose digests are sealed in the log.

    `subject_kind` and `subject_ref` name what it is about ("lead", "case"); `manifest` lists the file. `escalated_to`
    is the higher authority that was told because nobody signed for it, or nobody answered, in time.
    """

    number = models.CharField(_("Number of the referral"), max_length=20, unique=True)
    kind = models.CharField(_("Kind"), max_length=14, choices=ReferralKind)
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, blank=True, related_name="referrals")
    subject_kind = models.CharField(max_length=10)
    subject_ref = models.CharField(max_length=40)
    title = models.CharField(pgettext_lazy("leads", "Title"), max_length=200)
    words = models.TextField(_("What is asked"))
    sender = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", db_index=False)
    sender_division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    receiver = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", db_index=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    manifest = models.JSONField(default=list)
    manifest_sha256 = models.CharField(_("Digest of the file"), max_length=64)
    stage = models.CharField(_("Stage"), max_length=10, choices=ReferralStage, default=ReferralStage.SENT)
    law = models.CharField(_("Rule and version"), max_length=200)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField(_("Sent at"))
    due_on = models.DateField(pgettext_lazy("referral", "Due on"), null=True, blank=True)
    received_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    received_at = models.DateTimeField(_("Signed for at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)
    answer = models.TextField(_("Answer"), blank=True, default="")
    escalated_to = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    escalated_at = models.DateTimeField(_("Escalated at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=ReferralStage.values), name="referral_stage_known"),
            models.CheckConstraint(condition=~Q(sender=models.F("receiver")), name="referral_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(received_by__isnull=False), name="referral_received_has_who"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[ReferralStage.RETURNED, ReferralStage.ANSWERED]) | ~Q(answer=""),
                name="referral_ended_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "stage", "-sent_at"], name="referral_inbox"),
            models.Index(fields=["sender", "-sent_at"], name="referral_outbox"),
            models.Index(fields=["division", "-sent_at"], name="referral_place"),
            models.Index(fields=["sender_division", "-sent_at"], name="referral_from_place"),
            models.Index(fields=["stage", "due_on"], name="referral_due"),
            models.Index(fields=["subject_kind", "subject_ref"], name="referral_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Subscription(models.Model):
    """That an authority which relies on a body's results wants to hear of what befalls it."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    purpose = models.CharField(_("What its results are used for"), max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField(_("Since"))
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "body"], condition=Q(ended_at=None), name="subscription_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.body_id}"
