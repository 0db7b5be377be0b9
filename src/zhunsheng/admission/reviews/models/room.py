"""The file room of a review, and the sessions that a remote review recorded."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.reviews.models.review import Review


class RoomFile(models.Model):
    """A file laid out for the panel by the body, or for the body by the panel; taken away, it stays on record."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="files")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)
    words = models.CharField(_("What it is"), max_length=200)
    clause = models.CharField(_("Clause"), max_length=40, blank=True, default="")
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField(_("Added at"))
    removed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(_("Removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file of a review")
        verbose_name_plural = _("files of reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "file"], condition=Q(removed_at=None), name="roomfile_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """A session of a remote review: when, about what, with whom, and where its recording is kept."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="sessions")
    began_at = models.DateTimeField(_("Began at"))
    ended_at = models.DateTimeField(_("Ended at"))
    subject = models.CharField(_("Subject"), max_length=200)
    people = models.CharField(_("Who took part"), max_length=300)
    recording = models.CharField(_("Where the recording is kept"), max_length=300)
    digest = models.CharField(_("SHA-256 of the recording"), max_length=64, blank=True, default="")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("Entered at"))

    class Meta:
        verbose_name = _("recorded session")
        verbose_name_plural = _("recorded sessions")
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("began_at")), name="session_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.subject
