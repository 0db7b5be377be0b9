"""How something is tested: an edition, a clause in it, a technique; and which parameters that determines."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.catalogue.models.standards import StandardEdition
from zhunsheng.registry.catalogue.models.vocabulary import Parameter


class Method(models.Model):
    """One way to test: a clause of an edition and its technique.

    No clause means the whole standard; no technique, that the standard knows only one.
    """

    edition = models.ForeignKey(StandardEdition, models.PROTECT, related_name="methods")
    clause = models.CharField(_("Clause"), max_length=60, blank=True, default="")
    technique = models.CharField(_("Technique"), max_length=200, blank=True, default="")
    technique_en = models.CharField(_("English name"), max_length=200, blank=True, default="")
    parameters: models.ManyToManyField[Parameter, MethodParameter] = models.ManyToManyField(
        Parameter, through="MethodParameter", related_name="methods"
    )
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("test method")
        verbose_name_plural = _("test methods")
        constraints = [models.UniqueConstraint(fields=["edition", "clause", "technique"], name="method_once")]

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.edition), self.clause, self.technique)))


class MethodParameter(models.Model):
    """A parameter that a method determines, and from which amount on it can be quantified (a decimal as printed).

    Days are there where somebody decided on them, as the provincial library does; without them it holds throughout.
    """

    method = models.ForeignKey(Method, models.CASCADE, related_name="determinations")
    parameter = models.ForeignKey(Parameter, models.PROTECT, related_name="determinations")
    quantified_from = models.CharField(_("Limit of quantification"), max_length=30, blank=True, default="")
    unit = models.CharField(_("Unit"), max_length=40, blank=True, default="")
    effective_from = models.DateField(_("In force from"), null=True, blank=True)
    effective_to = models.DateField(_("In force until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("determination")
        verbose_name_plural = _("determinations")
        constraints = [
            models.UniqueConstraint(fields=["method", "parameter"], name="method_parameter_once"),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_from=None) | Q(effective_to__gte=F("effective_from")),
                name="determination_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method_id}/{self.parameter_id}"
