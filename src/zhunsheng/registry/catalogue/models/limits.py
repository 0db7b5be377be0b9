"""What product standards allow."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.catalogue.models.standards import StandardEdition
from zhunsheng.registry.catalogue.models.vocabulary import Parameter, TestObject


class LimitRule(models.TextChoices):
    """How a result near a limit is decided."""

    SIMPLE = "simple", _("Simple acceptance")
    GUARDED = "guarded", _("Guarded acceptance")


class Limit(models.Model):
    """What an edition of a product standard allows for one parameter of one object, between two dates.

    Minimum and maximum are decimal strings: the digits that the standard prints are part of its meaning.
    """

    edition = models.ForeignKey(StandardEdition, models.PROTECT, related_name="limits")
    object = models.ForeignKey(TestObject, models.PROTECT, null=True, blank=True, related_name="limits")
    parameter = models.ForeignKey(Parameter, models.PROTECT, related_name="limits")
    minimum = models.CharField(_("Minimum"), max_length=30, blank=True, default="")
    maximum = models.CharField(_("Maximum"), max_length=30, blank=True, default="")
    unit = models.CharField(_("Unit"), max_length=40, blank=True, default="")
    rule = models.CharField(_("Decision rule"), max_length=10, choices=LimitRule, default=LimitRule.SIMPLE)
    effective_from = models.DateField(_("From"), null=True, blank=True)
    effective_to = models.DateField(_("Until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "edition", Coalesce("object", Value(0)), "parameter", "effective_from", name="limit_once_a_day"
            ),
            models.UniqueConstraint(
                "edition",
                Coalesce("object", Value(0)),
                "parameter",
                condition=Q(effective_from=None),
                name="limit_once_undated",
            ),
            models.CheckConstraint(condition=~Q(minimum="", maximum=""), name="limit_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.parameter_id}: {self.minimum or '−∞'}…{self.maximum or '∞'} {self.unit}"
