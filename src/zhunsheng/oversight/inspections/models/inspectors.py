"""The pool from which inspectors are drawn, and what keeps one of them away from a body."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.inspections.lifecycle import Interest
from zhunsheng.platform.accounts.history import Recorded


class Inspector(models.Model):
    """A law-enforcement officer of the pool. `fields` are the codes that the inspector is qualified for.

    `code` alone stands in public draws. `organisation` is the employer, `division` where the inspector works.
    """

    code = models.CharField(_("Number in the pool"), max_length=24, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    user = models.OneToOneField("accounts.User", models.PROTECT, null=True, blank=True, related_name="inspector")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    card_no = models.CharField(_("Enforcement card"), max_length=40, blank=True, default="")
    fields = models.JSONField(_("Qualified for"), default=list)
    leads = models.BooleanField(_("May lead"), default=False)
    active = models.BooleanField(_("In the pool"), default=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("inspector")
        verbose_name_plural = _("inspectors")
        indexes = [models.Index(fields=["division", "active", "code"], name="inspector_place")]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class InspectorInterest(models.Model):
    """A declared reason for which an inspector is not drawn for a body; `until` is its last day, none for always."""

    inspector = models.ForeignKey(Inspector, models.CASCADE, related_name="interests")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    kind = models.CharField(_("Interest"), max_length=12, choices=Interest)
    until = models.DateField(_("Until"), null=True, blank=True)
    declared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    declared_at = models.DateTimeField(_("Declared at"))
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("declared interest")
        verbose_name_plural = _("declared interests")
        constraints = [
            models.UniqueConstraint(fields=["inspector", "body", "kind"], name="inspectorinterest_once"),
            models.CheckConstraint(condition=models.Q(kind__in=Interest.values), name="inspectorinterest_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.inspector_id} {self.kind}"
