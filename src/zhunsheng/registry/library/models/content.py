"""What an entry of the library says; proposals and versions hold the same fields, so that any two can be compared."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.registry.library.lifecycle import Sort

FIELDS = (
    "object_name",
    "object_name_en",
    "parameter_name",
    "parameter_name_en",
    "synonyms",
    "cas",
    "method_code",
    "method_title",
    "clause",
    "technique",
    "technique_en",
    "quantity_kind",
    "unit",
    "domain",
    "national_code",
    "sort",
    "industry",
)
"""The fields of the content, in the order in which pages and comparisons show them."""


class Content(models.Model):
    """Object, parameter, and method (standard edition, clause, technique) with unit and domain.

    Names stand as printed, because what is proposed may not be in the catalogue; `object` and `parameter` are the
    catalogue's rows where they were chosen there, and always after publication. `synonyms` has one name a line.
    """

    object = models.ForeignKey("catalogue.TestObject", models.PROTECT, null=True, blank=True, related_name="+")
    object_name = models.CharField(_("Test object"), max_length=200)
    object_name_en = models.CharField(_("Test object in English"), max_length=200, blank=True, default="")
    parameter = models.ForeignKey("catalogue.Parameter", models.PROTECT, null=True, blank=True, related_name="+")
    parameter_name = models.CharField(_("Parameter"), max_length=200)
    parameter_name_en = models.CharField(_("Parameter in English"), max_length=200, blank=True, default="")
    synonyms = models.TextField(_("Other names"), blank=True, default="")
    cas = models.CharField(_("CAS number"), max_length=12, blank=True, default="")
    method_code = models.CharField(_("Method (standard with year)"), max_length=70)
    method_title = models.CharField(_("Title of the method"), max_length=300, blank=True, default="")
    clause = models.CharField(_("Clause"), max_length=60, blank=True, default="")
    technique = models.CharField(_("Technique"), max_length=200, blank=True, default="")
    technique_en = models.CharField(_("Technique in English"), max_length=200, blank=True, default="")
    quantity_kind = models.CharField(_("Kind of quantity"), max_length=60, blank=True, default="")
    unit = models.CharField(_("Unit"), max_length=40, blank=True, default="")
    domain = models.CharField(_("Domain"), max_length=60)
    national_code = models.CharField(_("Number in the national library"), max_length=70, blank=True, default="")
    sort = models.CharField(_("Sort of method"), max_length=10, choices=Sort, default=Sort.STANDARD)
    industry = models.CharField(_("Strategic industry"), max_length=100, blank=True, default="")

    class Meta:
        abstract = True

    def content(self) -> dict[str, str]:
        """Return the fields as texts, in the order of FIELDS."""
        return {name: str(getattr(self, name)) for name in FIELDS}


def industry_is_named(name: str) -> models.CheckConstraint:
    """Return the constraint that an advanced method says for which industry it is."""
    return models.CheckConstraint(condition=~Q(sort=Sort.ADVANCED) | ~Q(industry=""), name=f"{name}_industry_is_named")
