"""What was found, what the yardstick says of it, what was decided, and the orders to correct that followed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.visits.lifecycle import Handling, OrderStage
from zhunsheng.oversight.visits.models.visit import Visit
from zhunsheng.platform.accounts.history import Recorded


class Finding(models.Model):
    """Something that does not conform. `key` was given by the device, which may have had no network.

    `proposal` is what the yardstick says, with rule and version; `handling` what the leader proposes and another
    officer decides; `departure` why it departs from the yardstick.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="findings", db_index=False)
    key = models.UUIDField(unique=True)
    number = models.PositiveSmallIntegerField(pgettext_lazy("visits", "Number"))
    code = models.CharField(pgettext_lazy("visits", "Item"), max_length=40, blank=True, default="")
    fact = models.TextField(_("Fact"))
    violation = models.CharField(_("Violation"), max_length=60, blank=True, default="")
    stands = models.BooleanField(_("Upheld on site"), default=True)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField(_("Written at"), null=True, blank=True)
    proposal = models.JSONField(_("What the yardstick says"), default=dict)
    handling = models.CharField(_("Handling"), max_length=10, choices=Handling, blank=True, default="")
    departure = models.CharField(_("Reason of a departure"), max_length=500, blank=True, default="")
    proposed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField(_("Proposed at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    case = models.CharField(_("Case"), max_length=40, blank=True, default="")
    history = Recorded()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = pgettext_lazy("visits", "findings")
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="visitfinding_number_once"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | (Q(decided_at__isnull=False) & ~Q(handling="")),
                name="visitfinding_decided_says_what",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("proposed_by")),
                name="visitfinding_decided_by_another",
            ),
        ]
        indexes = [models.Index(fields=["violation", "-decided_at"], name="visitfinding_like_cases")]

    def __str__(self) -> str:
        return f"{self.visit_id}/{self.number}"


class Order(models.Model):
    """An order to correct within a time (责令改正). It is not a penalty."""

    number = models.CharField(_("Number of the order"), max_length=24, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="orders", db_index=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    findings = models.ManyToManyField(Finding, related_name="orders")
    words = models.TextField(_("What is to be corrected"))
    law = models.CharField(_("Rule and version"), max_length=120)
    stage = models.CharField(_("Stage"), max_length=10, choices=OrderStage, default=OrderStage.OPEN)
    due_on = models.DateField(_("To be corrected by"))
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    issued_at = models.DateTimeField(_("Issued at"))
    obligation = models.ForeignKey("credit.Obligation", models.PROTECT, null=True, blank=True, related_name="+")
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("order to correct")
        verbose_name_plural = _("orders to correct")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=OrderStage.values), name="visitorder_stage_known"),
            models.CheckConstraint(
                condition=~Q(stage__in=[OrderStage.MET, OrderStage.MISSED])
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="visitorder_ended_has_who_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "stage", "due_on"], name="visitorder_place_stage"),
            models.Index(fields=["-issued_at", "-id"], name="visitorder_newest"),
            models.Index(fields=["visit"], name="visitorder_visit"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderAnswer(models.Model):
    """What the body says that it did, and what the re-check came to: answers follow each other, none is overwritten."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="answers")
    words = models.TextField(_("What was done"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Answered at"))
    accepted = models.BooleanField(pgettext_lazy("visits", "Accepted"), null=True, blank=True)
    remark = models.TextField(_("Remark of the re-check"), blank=True, default="")
    checked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    checked_at = models.DateTimeField(_("Checked again at"), null=True, blank=True)
    history = Recorded()

    class Meta:
        verbose_name = _("answer to an order")
        verbose_name_plural = _("answers to orders")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="orderanswer_checked_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class OrderEvidence(models.Model):
    """A file by which the body shows what it corrected."""

    answer = models.ForeignKey(OrderAnswer, models.PROTECT, related_name="evidence")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)

    class Meta:
        verbose_name = _("evidence of a correction")
        verbose_name_plural = _("evidence of corrections")

    def __str__(self) -> str:
        return self.name
