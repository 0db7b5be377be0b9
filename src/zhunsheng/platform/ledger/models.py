"""The log's own tables. They hold no foreign keys, and their rows never change but for the leaf index."""

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One thing that happened, sealed or waiting: what a leaf of the log commits to."""

    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    body = models.CharField(max_length=200)
    at = models.DateTimeField()
    salt = models.BinaryField(max_length=16)
    leaf = models.BinaryField(max_length=32)
    leaf_index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["id"], name="ledger_entry_pending", condition=Q(leaf_index__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject[:12]}"


class Checkpoint(models.Model):
    """One signed state of the log: there is never a second one for a size."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.size}"
