"""What was told, explained and decided, and the documents that say so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.lifecycle import Delivery
from zhunsheng.admission.licensing.models.applications import Application
from zhunsheng.platform.accounts.history import Recorded


class Gap(models.Model):
    """One thing that is missing or wrong in an application as filed; all of one letter are told at once."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="gaps")
    field = models.CharField(_("Where"), max_length=80)
    words = models.CharField(_("What is missing"), max_length=500)
    remedy = models.CharField(_("How to mend it"), max_length=500, blank=True, default="")
    law = models.CharField(_("Rule and version"), max_length=120, blank=True, default="")
    told_at = models.DateTimeField(_("Told at"))
    mended_at = models.DateTimeField(_("Mended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")

    def __str__(self) -> str:
        return self.words


class Explanation(models.Model):
    """An automatic decision as it was taken: rule and version, inputs, outcome, words in both languages."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="explanations")
    about = models.CharField(_("About"), max_length=40)
    rule = models.CharField(_("Rule"), max_length=80)
    version = models.CharField(_("Version"), max_length=40)
    inputs = models.JSONField(_("Inputs"))
    outcome = models.JSONField(_("Outcome"))
    words_zh = models.TextField(_("In words"))
    words_en = models.TextField(_("In words (English)"))
    at = models.DateTimeField(_("At"))

    class Meta:
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        indexes = [models.Index(fields=["application", "about", "at"], name="explanation_of")]

    def __str__(self) -> str:
        return f"{self.about}: {self.rule}"


class Decision(models.Model):
    """The decision chain of an application: proposed by one, examined by a second, decided by a third."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="decision")
    number = models.CharField(_("Decision number"), max_length=80, blank=True, default="")
    outcome = models.CharField(_("Outcome"), max_length=16)
    reasons = models.TextField(_("Reasons"))
    law = models.CharField(_("Rules and versions"), max_length=300, blank=True, default="")
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed at"))
    legal_opinion = models.TextField(_("Legal opinion"), blank=True, default="")
    legal_agrees = models.BooleanField(_("No legal objection"), null=True, blank=True)
    legal_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    legal_at = models.DateTimeField(_("Examined at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    late_days = models.PositiveSmallIntegerField(_("Working days late"), default=0)
    certificate_number = models.CharField(_("Certificate number"), max_length=60, blank=True, default="")
    issued_at = models.DateTimeField(_("Certificate issued at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_by__isnull=False), name="decision_has_who_and_when"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.outcome


class IssuedDocument(models.Model):
    """An official letter made from a versioned template, and how it reached the applicant.

    It is being prepared while `file` is empty: number, day and `content` stand, and the worker makes and signs the PDF
    from them. `content` is emptied with that.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    kind = models.CharField(_("Document"), max_length=40)
    number = models.CharField(_("Document number"), max_length=80, unique=True)
    template = models.CharField(_("Template and version"), max_length=120)
    content = models.JSONField(_("What the template is filled with"), default=dict, blank=True)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("Made at"))
    served_by = models.CharField(_("How it was served"), max_length=12, choices=Delivery, blank=True, default="")
    served_at = models.DateTimeField(_("Served at"), null=True, blank=True)
    received_by = models.CharField(_("Received by"), max_length=100, blank=True, default="")
    receipt = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    history = Recorded(reason_required=True, excluded_fields=["content"])

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(served_at=None) | Q(file__isnull=False), name="issueddocument_served_is_made"
            )
        ]
        indexes = [
            models.Index(fields=["application", "made_at"], name="issueddocument_of"),
            models.Index(fields=["id"], condition=Q(file=None), name="issueddocument_to_make"),
        ]

    def __str__(self) -> str:
        return self.number
