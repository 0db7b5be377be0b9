"""Test objects and parameters with all their names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class Language(models.TextChoices):
    """The language of a synonym."""

    ZH = "zh", _("Chinese")
    EN = "en", _("English")


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
