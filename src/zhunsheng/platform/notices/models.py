"""A notice is written once and delivered to each organisation that it concerns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.notices.lifecycle import MailStage, Stage


class Notice(models.Model):
    """What is said, to whom it may concern. A draft waits for an officer; what was sent never changes.

    `origin` names the matter it comes from ("supersession:12"), `sender` the organisation that answers for it; none is
    the system itself.
    """

    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Text"))
    kind = models.CharField(max_length=60, db_index=True)
    origin = models.CharField(max_length=100, blank=True, default="", db_index=True)
    stage = models.CharField(_("Stage"), max_length=10, choices=Stage, default=Stage.DRAFT)
    sender = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="notices_written"
    )
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(_("Written"))
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(_("Sent at"), null=True, blank=True)
    history = Recorded()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="notice_stage_known"),
            models.CheckConstraint(condition=~Q(stage="sent") | Q(sent_at__isnull=False), name="notice_sent_is_dated"),
        ]
        indexes = [models.Index(fields=["stage", "-written_at"], name="notice_stage_written")]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One organisation's copy: what concerns it alone, where it leads, and how far its mail has come.

    `sent_at` repeats the notice's, so that an inbox is read from one index.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="deliveries", db_index=False)
    detail = models.CharField(_("Concerns you"), max_length=500, blank=True, default="")
    href = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    mail_stage = models.CharField(_("Mail"), max_length=10, choices=MailStage, default=MailStage.WAITING)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_next_at = models.DateTimeField(null=True, blank=True)
    mail_done_at = models.DateTimeField(null=True, blank=True)
    mail_error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "organisation"], name="delivery_once"),
            models.CheckConstraint(condition=Q(mail_stage__in=MailStage.values), name="delivery_mail_stage_known"),
        ]
        indexes = [
            models.Index(fields=["organisation", "-sent_at"], name="delivery_inbox"),
            models.Index(
                fields=["mail_next_at"], condition=Q(mail_stage="waiting", sent_at__isnull=False), name="delivery_mail"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.organisation_id}"


class Reading(models.Model):
    """That a person opened a delivery: the receipt."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="readings")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(pgettext_lazy("receipt", "Read"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "user"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.at:%Y-%m-%d %H:%M}"


class Feed(models.Model):
    """The secret address under which an organisation's notices are an Atom feed. Only its digest is kept."""

    organisation = models.OneToOneField("accounts.Organisation", models.CASCADE, related_name="notice_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.organisation)
