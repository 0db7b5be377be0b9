"""What a review came to, line by line, and what each member of the panel says of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.reviews.models.panel import PanelMember
from zhunsheng.admission.reviews.models.review import Review
from zhunsheng.platform.accounts.history import Recorded


class Conclusion(models.Model):
    """The leader's conclusion: a draft that the members agree to or dissent from, until it is final."""

    review = models.OneToOneField(Review, models.CASCADE, related_name="conclusion")
    kind = models.CharField(_("Conclusion"), max_length=20)
    words = models.TextField(_("In words"))
    law = models.CharField(_("Rule and version"), max_length=120)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Written at"))
    final_at = models.DateTimeField(_("Final since"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("conclusion of a review")
        verbose_name_plural = _("conclusions of reviews")

    def __str__(self) -> str:
        return self.kind


class ConclusionLine(models.Model):
    """What the panel proposes about one line of capability, with the reason."""

    conclusion = models.ForeignKey(Conclusion, models.CASCADE, related_name="lines", db_index=False)
    line = models.ForeignKey("licensing.ApplicationLine", models.PROTECT, related_name="+")
    granted = models.BooleanField(_("To be granted"))
    reason = models.CharField(_("Reason"), max_length=500)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("conclusion about a line")
        verbose_name_plural = _("conclusions about lines")
        constraints = [models.UniqueConstraint(fields=["conclusion", "line"], name="conclusionline_once")]

    def __str__(self) -> str:
        return self.reason


class ConclusionVoice(models.Model):
    """Whether a member agrees; who dissents says why. What was said of a former draft stays."""

    conclusion = models.ForeignKey(Conclusion, models.CASCADE, related_name="voices", db_index=False)
    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="+")
    agrees = models.BooleanField(_("Agrees"))
    words = models.CharField(_("Dissent in words"), max_length=500, blank=True, default="")
    at = models.DateTimeField(_("Said at"))
    outdated_at = models.DateTimeField(_("The conclusion was written anew at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("voice on a conclusion")
        verbose_name_plural = _("voices on conclusions")
        constraints = [
            models.UniqueConstraint(
                fields=["conclusion", "member"], condition=Q(outdated_at=None), name="conclusionvoice_once"
            ),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(words=""), name="conclusionvoice_dissent_has_words"),
        ]

    def __str__(self) -> str:
        return str(self.agrees)
