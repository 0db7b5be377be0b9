"""Standards with editions, test objects, parameters with synonyms, limits."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class EditionStatus(models.TextChoices):
    """Where an edition stands in its life."""

    COMING = "coming", _("Coming into force")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Abolished")


class LimitRule(models.TextChoices):
    """How a result near a limit is decided."""

    SIMPLE = "simple", _("Simple acceptance")
    GUARDED = "guarded", _("Guarded acceptance")


class Language(models.TextChoices):
    """The language of a synonym."""

    ZH = "zh", _("Chinese")
    EN = "en", _("English")


class CatalogueRevision(models.Model):
    """One row that counts the changes of the catalogue, so that caches know when to be rebuilt.

    `identity` is drawn when the row is made: what was cached from another database never fits this one.
    """

    identity = models.CharField(max_length=32)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class Standard(models.Model):
    """A standard without its year, such as GB 5749."""

    base_code = models.CharField(_("Standard number without year"), max_length=60, unique=True)
    title = models.CharField(_("Title"), max_length=300, blank=True, default="")
    title_en = models.CharField(_("English title"), max_length=300, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")

    def __str__(self) -> str:
        return self.base_code


class StandardEdition(models.Model):
    """One year of a standard: what a report cites and a scope line holds."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="editions")
    code = models.CharField(_("Standard number"), max_length=70, unique=True)
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True)
    status = models.CharField(_("Status"), max_length=10, choices=EditionStatus, default=EditionStatus.IN_FORCE)
    effective_from = models.DateField(_("In force from"), null=True, blank=True)
    effective_to = models.DateField(_("In force until"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_from=None) | Q(effective_to__gte=F("effective_from")),
                name="edition_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(status__in=EditionStatus.values), name="edition_status_known"),
        ]

    def __str__(self) -> str:
        return self.code


class TestObject(models.Model):
    """What can be tested: a node of the tree of objects, such as drinking water under water."""

    __test__ = False  # a model, though pytest would take the name for a test class

    code = models.CharField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True, default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("test object")
        verbose_name_plural = _("test objects")

    def __str__(self) -> str:
        return self.name


class ObjectSynonym(models.Model):
    """Another name of a test object."""

    object = models.ForeignKey(TestObject, models.CASCADE, related_name="synonyms")
    text = models.CharField(_("Synonym"), max_length=300)
    normalised = models.CharField(max_length=300, unique=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.ZH)
    history = Recorded(reason_required=True)

    def __str__(self) -> str:
        return self.text


class Parameter(models.Model):
    """A property that is measured, such as lead or total hardness."""

    code = models.CharField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True, default="")
    cas = models.CharField(_("CAS number"), max_length=12, blank=True, default="")
    quantity_kind = models.CharField(_("Kind of quantity"), max_length=60, blank=True, default="")
    unit = models.CharField(_("Unit"), max_length=40, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")

    def __str__(self) -> str:
        return self.name


class ParameterSynonym(models.Model):
    """Another name of a parameter."""

    parameter = models.ForeignKey(Parameter, models.CASCADE, related_name="synonyms")
    text = models.CharField(_("Synonym"), max_length=300)
    normalised = models.CharField(max_length=300, unique=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.ZH)
    history = Recorded(reason_required=True)

    def __str__(self) -> str:
        return self.text


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
