"""When the catalogue last changed."""

from __future__ import annotations

from django.db import models


class CatalogueRevision(models.Model):
    """One row that counts the changes of the catalogue, so that caches know when to be rebuilt.

    `identity` is drawn at every change: what was cached from another database, or inside a transaction that was then
    taken back, never fits this one.
    """

    identity = models.CharField(max_length=32)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
