"""What follows when an edition of a standard is replaced: which lines it touches, and who declares what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class Supersession(models.Model):
    """That an edition was replaced by another from a day on, and how many lines and bodies that touched."""

    old = models.ForeignKey(
        "catalogue.StandardEdition", models.PROTECT, related_name="+", verbose_name=_("Old edition")
    )
    new = models.ForeignKey(
        "catalogue.StandardEdition", models.PROTECT, related_name="+", verbose_name=_("New edition")
    )
    effective_from = models.DateField(_("In force from"))
    steward = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("Entered at"))
    why = models.CharField(_("Reason"), max_length=500)
    lines = models.PositiveIntegerField(_("Lines of schedules"), default=0)
    bodies = models.PositiveIntegerField(_("Bodies"), default=0)
    unreached = models.PositiveIntegerField(_("Bodies without an account here"), default=0)
    notice = models.ForeignKey("notices.Notice", models.PROTECT, null=True, blank=True, related_name="+")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("replacement of an edition")
        verbose_name_plural = _("replacements of editions")
        constraints = [
            models.UniqueConstraint(fields=["old"], name="supersession_once"),
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="supersession_of_two_editions"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class Declaration(models.Model):
    """A body's declaration that its actual capability is unchanged (自我声明), to be verified afterwards.

    The text is kept as it was signed, with the version of the rule that gave it.
    """

    supersession = models.ForeignKey(Supersession, models.PROTECT, related_name="declarations")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="declarations")
    text = models.TextField(_("Text"))
    law = models.CharField(_("Rule and version"), max_length=80)
    remark = models.TextField(_("What was done to confirm the method"))
    lines = models.PositiveIntegerField(_("Lines of schedules"))
    declared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("Declared at"))
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")

    def __str__(self) -> str:
        return f"{self.supersession_id}: {self.body_id}"


class AffectedLine(models.Model):
    """A scope line that names a replaced edition; `city` repeats the body's, so that a list is filtered by an index."""

    supersession = models.ForeignKey(Supersession, models.CASCADE, related_name="affected", db_index=False)
    line = models.ForeignKey("bodies.ScopeLine", models.CASCADE, related_name="+")
    body = models.ForeignKey("bodies.Body", models.CASCADE, related_name="+", db_index=False)
    city = models.CharField(max_length=6, blank=True, default="")
    declaration = models.ForeignKey(Declaration, models.PROTECT, null=True, blank=True, related_name="affected")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supersession", "line"], name="affected_once")]
        indexes = [
            models.Index(fields=["supersession", "city"], name="affected_city"),
            models.Index(fields=["body", "supersession"], name="affected_body"),
        ]

    def __str__(self) -> str:
        return f"{self.supersession_id}/{self.line_id}"
