"""Publications of the national library, and its rows with the days between which they held."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.national.rules.answers import Standing


class Publication(models.Model):
    """One announced state of the library, such as SAMR notice 2026 No. 14; it replaces the one before as a whole."""

    number = models.CharField(_("Notice"), max_length=80, unique=True)
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    effective_from = models.DateField(_("In force from"), unique=True)
    source = models.CharField(_("Source"), max_length=300, blank=True, default="")
    rows = models.PositiveIntegerField(_("Rows"), default=0)
    generated = models.BooleanField(_("Made up for the demonstration"), default=False)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("publication of the national library")
        verbose_name_plural = _("publications of the national library")

    def __str__(self) -> str:
        return self.number


class LibraryRow(models.Model):
    """One row of the library: a standard or method of a domain, from the day of one publication until another ends it.

    `code` is the standard's number with its year where the printed text begins with one, `base_code` without;
    `ended_by` is the publication that no longer has the row.
    """

    domain = models.CharField(_("Domain"), max_length=60)
    text = models.CharField(_("Standard or method"), max_length=400)
    code = models.CharField(_("Standard number"), max_length=80, blank=True, default="", db_index=True)
    base_code = models.CharField(max_length=70, blank=True, default="", db_index=True)
    remark = models.CharField(_("Remark"), max_length=400, blank=True, default="")
    standing = models.CharField(
        pgettext_lazy("row of the library", "Standing"), max_length=10, choices=Standing, default=Standing.ACTIVE
    )
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        related_name="first_rows",
        verbose_name=pgettext_lazy("row of the library", "Since"),
    )
    ended_by = models.ForeignKey(Publication, models.PROTECT, null=True, blank=True, related_name="ended_rows")
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("row of the national library")
        verbose_name_plural = _("rows of the national library")
        constraints = [
            models.UniqueConstraint(fields=["domain", "text", "valid_from"], name="library_row_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="library_row_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="library_row_standing_known"),
        ]
        indexes = [models.Index(fields=["domain", "code"], name="library_row_by_domain")]

    def __str__(self) -> str:
        return self.text
