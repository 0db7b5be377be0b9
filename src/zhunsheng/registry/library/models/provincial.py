"""The provincial parameter library: entries and their versions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.library.lifecycle import EntryStage
from zhunsheng.registry.library.models.content import Content, industry_is_named


class Entry(models.Model):
    """One entry: its code is given once, its steward answers for it, its versions say what it is.

    `number` is the newest version's; `title` and `method_code` repeat that version's words for lists and search.
    """

    code = models.CharField(_("Code"), max_length=20, unique=True)
    steward = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="library_entries", verbose_name=_("Steward")
    )
    stage = models.CharField(_("Stage"), max_length=10, choices=EntryStage, default=EntryStage.PUBLISHED)
    number = models.PositiveIntegerField(_("Version"), default=1)
    changed_on = models.DateField(_("Changed on"), db_index=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("entry of the library")
        verbose_name_plural = _("entries of the library")
        constraints = [models.CheckConstraint(condition=Q(stage__in=EntryStage.values), name="entry_stage_known")]

    def __str__(self) -> str:
        return self.code


class Version(Content):
    """What an entry said from a day on; `effective_to` is its last day. A version never changes its content."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("Version"))
    edition = models.ForeignKey("catalogue.StandardEdition", models.PROTECT, related_name="+")
    method = models.ForeignKey("catalogue.Method", models.PROTECT, null=True, blank=True, related_name="+")
    effective_from = models.DateField(_("In force from"))
    effective_to = models.DateField(_("In force until"), null=True, blank=True)
    published_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("Published at"))
    why = models.CharField(_("Reason"), max_length=500)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("version of an entry")
        verbose_name_plural = _("versions of entries")
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="version_once"),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="version_ends_after_it_begins",
            ),
            industry_is_named("version"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} v{self.number}"
