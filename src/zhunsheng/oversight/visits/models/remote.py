"""A remote check: files that the body is asked for, and reports that were pulled from what it sent in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.visits.models.visit import Visit


class FileRequest(models.Model):
    """Files that the body is to send by a day."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="requests")
    words = models.CharField(_("What is asked for"), max_length=500)
    due_on = models.DateField(_("By"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(_("Asked at"))

    class Meta:
        verbose_name = _("request for files")
        verbose_name_plural = _("requests for files")

    def __str__(self) -> str:
        return self.words


class RequestedFile(models.Model):
    """A file that the body sent in answer; its content was checked."""

    request = models.ForeignKey(FileRequest, models.PROTECT, related_name="files")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Sent at"))

    class Meta:
        verbose_name = _("file sent for a remote check")
        verbose_name_plural = _("files sent for remote checks")
        constraints = [models.UniqueConstraint(fields=["request", "file"], name="requestedfile_once")]

    def __str__(self) -> str:
        return self.name


class Pull(models.Model):
    """The body's reports of a span as they stood when pulled: number, version, digest and findings of each."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="pulls")
    first_day = models.DateField(_("From"))
    last_day = models.DateField(_("Until"))
    total = models.PositiveIntegerField(_("Reports"))
    rows = models.JSONField(_("Reports pulled"), default=list)
    digest = models.CharField(_("SHA-256"), max_length=64)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Pulled at"))

    class Meta:
        verbose_name = _("reports pulled")
        verbose_name_plural = _("reports pulled")
        constraints = [models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="pull_days_in_order")]

    def __str__(self) -> str:
        return f"{self.first_day} {self.last_day}"
