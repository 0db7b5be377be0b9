"""Draws and every attempt to enter their source. What is committed never changes; nothing is deleted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.draws.lifecycle import SourceKind, Stage


class Draw(models.Model):
    """One draw: what was committed, the source, and the transcript once it is drawn."""

    number = models.CharField(_("Number of the draw"), max_length=20, unique=True)
    kind = models.CharField(_("Kind of draw"), max_length=30)
    title = models.CharField(_("What is drawn"), max_length=200)
    stage = models.CharField(_("Stage"), max_length=10, choices=Stage, default=Stage.COMMITTED)
    division = models.ForeignKey("accounts.Division", models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    frame = models.TextField(help_text=_("Canonical CSV."))
    parameters = models.JSONField(default=dict)
    source = models.CharField(_("Source of chance"), max_length=20, choices=SourceKind)
    reference = models.CharField(_("Reference of the source"), max_length=400)
    known_at = models.DateTimeField(_("Source known from"), null=True, blank=True)
    commitment = models.JSONField()
    commitment_sha256 = models.CharField(max_length=64)
    committed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    committed_at = models.DateTimeField(_("Committed at"))
    committed_entry = models.BigIntegerField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    why = models.CharField(_("Why it is drawn again"), max_length=400, blank=True, default="")
    material = models.JSONField(default=dict)
    transcript = models.TextField(blank=True, default="")
    transcript_sha256 = models.CharField(max_length=64, blank=True, default="")
    seed = models.CharField(_("Seed"), max_length=64, blank=True, default="")
    result = models.JSONField(null=True, blank=True)
    drawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField(_("Drawn at"), null=True, blank=True)
    drawn_entry = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="draw_stage_known"),
            models.CheckConstraint(condition=Q(source__in=SourceKind.values), name="draw_source_known"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.DRAWN)
                | Q(drawn_by__isnull=False, drawn_at__isnull=False, drawn_entry__isnull=False)
                & ~Q(transcript_sha256=""),
                name="draw_drawn_has_who_when_transcript",
            ),
        ]
        indexes = [
            models.Index(fields=["-committed_at", "-id"], name="draw_newest"),
            models.Index(fields=["stage", "-committed_at"], name="draw_stage_newest"),
            models.Index(fields=["kind", "-committed_at"], name="draw_kind_newest"),
        ]

    def __str__(self) -> str:
        return self.number


class SourceEntry(models.Model):
    """One attempt to enter a part of the source; a refused one stays, with the rule that refused it."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="entries")
    part = models.CharField(max_length=20)
    value = models.TextField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Entered at"))
    refused = models.CharField(_("Why refused"), max_length=60, blank=True, default="")
    counts = models.BooleanField(default=False, help_text=_("Stands in the transcript."))

    class Meta:
        verbose_name_plural = "source entries"
        indexes = [models.Index(fields=["draw", "at"], name="draw_entry_at")]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.part}"
