"""What the panel found wanting (table 6), and how the body mended it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.reviews.lifecycle import Found, NonconformityState, VerifyBy
from zhunsheng.admission.reviews.models.review import Review
from zhunsheng.platform.accounts.history import Recorded


class Nonconformity(models.Model):
    """One nonconformity: clause, fact and basis; both sides confirm it. Without lines it touches the whole application.

    `key` is given by the device on which it was written, perhaps without a network.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="nonconformities", db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("Number"))
    clause = models.CharField(_("Clause"), max_length=40)
    fact = models.TextField(_("Fact"))
    basis = models.TextField(_("Basis"))
    found = models.CharField(_("Found in"), max_length=10, choices=Found)
    verify_by = models.CharField(_("Verified by"), max_length=10, choices=VerifyBy, default=VerifyBy.EVIDENCE)
    lines = models.ManyToManyField("licensing.ApplicationLine", related_name="+", blank=True)
    state = models.CharField(_("State"), max_length=10, choices=NonconformityState, default=NonconformityState.OPEN)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Written at"))
    panel_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    panel_at = models.DateTimeField(_("Confirmed by the panel at"), null=True, blank=True)
    body_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    body_at = models.DateTimeField(_("Confirmed by the body at"), null=True, blank=True)
    objection = models.TextField(_("What the body says against it"), blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("nonconformity")
        verbose_name_plural = _("nonconformities")
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="nonconformity_number_once"),
            models.CheckConstraint(condition=Q(state__in=NonconformityState.values), name="nonconformity_state_known"),
            models.CheckConstraint(
                condition=Q(panel_at=None) | Q(panel_by__isnull=False), name="nonconformity_panel_has_who"
            ),
            models.CheckConstraint(
                condition=Q(body_at=None) | Q(body_by__isnull=False), name="nonconformity_body_has_who"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause}: {self.fact[:60]}"


class RectificationRound(models.Model):
    """One request to mend everything open, with the last day that the law gives."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="rounds", db_index=False)
    number = models.PositiveSmallIntegerField(_("Round"))
    law = models.CharField(_("Rule and version"), max_length=120)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(_("Asked at"))
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    sent_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    sent_at = models.DateTimeField(_("Handed in at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Verified at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("round of rectification")
        verbose_name_plural = _("rounds of rectification")
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="rectificationround_once"),
            models.UniqueConstraint(
                fields=["review"], condition=Q(closed_at=None), name="rectificationround_open_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_by__isnull=False), name="rectificationround_sent_has_who"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.number}"


class RectificationAnswer(models.Model):
    """What the body did about one nonconformity in one round, and what the panel says of it."""

    round = models.ForeignKey(RectificationRound, models.CASCADE, related_name="answers", db_index=False)
    nonconformity = models.ForeignKey(Nonconformity, models.CASCADE, related_name="answers")
    words = models.TextField(_("What was done"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Written at"))
    accepted = models.BooleanField(_("Accepted"), null=True, blank=True)
    remark = models.TextField(_("Remark of the panel"), blank=True, default="")
    verified_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    verified_at = models.DateTimeField(_("Verified at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("answer to a nonconformity")
        verbose_name_plural = _("answers to nonconformities")
        constraints = [
            models.UniqueConstraint(fields=["round", "nonconformity"], name="rectificationanswer_once"),
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="rectificationanswer_verified_has_who",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class RectificationEvidence(models.Model):
    """A file that shows what was done, kept by its digest."""

    answer = models.ForeignKey(RectificationAnswer, models.CASCADE, related_name="evidence", db_index=False)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "file"], name="rectificationevidence_once")]

    def __str__(self) -> str:
        return self.name
