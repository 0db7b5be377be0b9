"""The loading of a table: what file, by whom, how far it has come, what came of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """How a loading stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Nothing saved")
    FAILED = "failed", _("File refused")


class ImportRun(models.Model):
    """One loading of a file. With `keep_good` it is saved part by part, and `lines_done` is where it goes on."""

    kind = models.CharField(_("Table"), max_length=30)
    file_name = models.CharField(_("File"), max_length=200)
    digest = models.CharField(_("Digest"), max_length=64, db_index=True)
    dry_run = models.BooleanField(_("Check only"), default=True)
    keep_good = models.BooleanField(_("Save the good lines of a file with bad ones"), default=False)
    why = models.CharField(_("Reason"), max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("State"), max_length=10, choices=RunState, default=RunState.WAITING)
    asked_at = models.DateTimeField(_("Asked for"))
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    lines_done = models.PositiveIntegerField(_("Lines read"), default=0)
    created = models.PositiveIntegerField(_("New"), default=0)
    updated = models.PositiveIntegerField(_("Changed"), default=0)
    unchanged = models.PositiveIntegerField(_("Unchanged"), default=0)
    refused = models.PositiveIntegerField(_("Problems"), default=0)
    problems_digest = models.CharField(max_length=64, blank=True, default="")
    answer = models.CharField(_("Answer"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("loading of a table")
        verbose_name_plural = _("loadings of tables")
        indexes = [models.Index(fields=["state", "id"], name="importrun_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
