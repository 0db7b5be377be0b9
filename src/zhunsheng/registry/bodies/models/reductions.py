"""Decisions and declarations by which a body's scope becomes smaller: never a general penalty, each of its own kind."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.bodies.models.institutions import Body


class ReductionKind(models.TextChoices):
    """Why lines of a scope no longer hold. There is no penalty that reduces a scope: these are all there is."""

    STOPPED = "stopped", _("The body stops using the items itself")
    REPORTS_STOPPED = "reports_stopped", _("Reports stopped after failed proficiency testing")
    WITHDRAWN = "withdrawn", _("Matters withdrawn after a commitment proved untrue")
    CANCELLED = "cancelled", _("Items cancelled")
    LOST = "lost", _("Qualification lost by law")
    STRUCK = "struck", _("Entered by mistake and struck out")


class ScopeReduction(models.Model):
    """One decision or declaration about lines of a scope, with its day, legal ground, reason and document.

    `valid_from` is the first day without the lines. `lines` holds their keys: lines that were struck out are gone from
    the register, but their history and this record keep them.
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="reductions")
    kind = models.CharField(_("Kind"), max_length=16, choices=ReductionKind)
    valid_from = models.DateField(_("First day without the lines"))
    ground = models.CharField(_("Legal ground"), max_length=200, blank=True, default="")
    reason = models.CharField(_("Reason"), max_length=300)
    document_no = models.CharField(_("Document number"), max_length=80, blank=True, default="")
    lines = models.JSONField(_("Scope lines"))
    count = models.PositiveIntegerField(_("Number of lines"))
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("reduction of a scope")
        verbose_name_plural = _("reductions of scopes")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="stopped") | (~Q(ground="") & ~Q(document_no="")),
                name="scopereduction_names_ground_and_document",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from}"
