"""Standards, their editions, and what replaced which."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class EditionStatus(models.TextChoices):
    """Where an edition stands in its life."""

    COMING = "coming", _("Coming into force")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Abolished")


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
    """One year of a standard: what a report cites and a scope line holds.

    `status` is what the source said when the edition was imported; how it stands on a day follows from the dates
    (`rules.standing`), and the status speaks only where they are silent.
    """

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="editions")
    code = models.CharField(_("Standard number"), max_length=70, unique=True)
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True)
    status = models.CharField(_("Status"), max_length=10, choices=EditionStatus, default=EditionStatus.IN_FORCE)
    published_on = models.DateField(_("Published on"), null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(effective_from=None) | Q(effective_from__gte=F("published_on")),
                name="edition_in_force_after_published",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("pk")), name="edition_not_replaced_by_itself"
            ),
            models.CheckConstraint(condition=Q(status__in=EditionStatus.values), name="edition_status_known"),
        ]

    def __str__(self) -> str:
        return self.code


class PartialReplacement(models.Model):
    """A part of an edition that another edition took over, as where one standard is divided among several."""

    edition = models.ForeignKey(StandardEdition, models.CASCADE, related_name="partly_replaced_by")
    by = models.ForeignKey(StandardEdition, models.PROTECT, related_name="partly_replaces")
    part = models.CharField(_("Part replaced"), max_length=300, blank=True, default="")
    since = models.DateField(_("Since"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("partial replacement")
        verbose_name_plural = _("partial replacements")
        constraints = [
            models.UniqueConstraint(fields=["edition", "by"], name="part_replaced_once"),
            models.CheckConstraint(condition=~Q(by=F("edition")), name="part_not_replaced_by_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}→{self.by_id}"
