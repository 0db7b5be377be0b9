"""Who is on a panel, how each was drawn, and what interests assessors declared."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.reviews.lifecycle import Interest, MemberState
from zhunsheng.admission.reviews.models.review import Review
from zhunsheng.platform.accounts.history import Recorded


class PanelDraw(models.Model):
    """A sealed draw for a panel: the first one, or one that replaces members. `taken_at`: its result was appointed."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="draws")
    draw = models.OneToOneField("draws.Draw", models.PROTECT, related_name="+")
    replacement = models.BooleanField(_("Replaces members"), default=False)
    size = models.PositiveSmallIntegerField(_("To be drawn"))
    candidates = models.PositiveIntegerField(_("Candidates"))
    barred = models.PositiveIntegerField(_("Barred candidates"))
    committed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    committed_at = models.DateTimeField(_("Sealed at"))
    taken_at = models.DateTimeField(_("Appointed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("draw of a panel")
        verbose_name_plural = _("draws of panels")
        constraints = [
            models.UniqueConstraint(fields=["review"], condition=Q(taken_at=None), name="paneldraw_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.draw_id}"


class PanelMember(models.Model):
    """An assessor whom a draw put on a panel; whoever declares an interest is replaced by another draw."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="members", db_index=False)
    expert = models.ForeignKey("bodies.Expert", models.PROTECT, related_name="panels")
    draw = models.ForeignKey(PanelDraw, models.PROTECT, related_name="members")
    leader = models.BooleanField(_("Leads the panel"), default=False)
    fields = models.JSONField(_("Covers"), default=list)
    state = models.CharField(_("State"), max_length=10, choices=MemberState, default=MemberState.DRAWN)
    interest = models.CharField(_("Interest"), max_length=12, choices=Interest, blank=True, default="")
    declared_at = models.DateTimeField(_("Declared at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("member of a panel")
        verbose_name_plural = _("members of panels")
        constraints = [
            models.UniqueConstraint(fields=["review", "expert"], name="panelmember_once"),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(leader=True) & ~Q(state=MemberState.REPLACED),
                name="panelmember_one_leader",
            ),
            models.CheckConstraint(
                condition=~Q(state=MemberState.SERVING) | Q(interest="", declared_at__isnull=False),
                name="panelmember_serves_without_interest",
            ),
            models.CheckConstraint(
                condition=~Q(state=MemberState.REPLACED) | ~Q(interest=""), name="panelmember_replaced_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.expert_id}"


class ExpertInterest(models.Model):
    """An interest that an assessor declared in an applicant; no last day: it still holds.

    The words are for officers and the assessor alone: a draw's public transcript names the kind and nobody's relatives.
    """

    expert = models.ForeignKey("bodies.Expert", models.PROTECT, related_name="interests")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(_("Kind"), max_length=12, choices=Interest)
    words = models.CharField(_("In words"), max_length=300)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    declared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    declared_at = models.DateTimeField(_("Declared at"))

    class Meta:
        verbose_name = _("interest of an assessor")
        verbose_name_plural = _("interests of assessors")
        indexes = [models.Index(fields=["organisation", "expert"], name="expertinterest_of")]

    def __str__(self) -> str:
        return f"{self.expert_id}: {self.kind}"
