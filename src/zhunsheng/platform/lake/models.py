"""Which files are the lake, and up to where the log has been taken into it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Content(models.TextChoices):
    """What a file of the lake holds."""

    LINES = "lines", _("Result lines")
    STANDING = "standing", _("Replaced and withdrawn reports")


class LakeFile(models.Model):
    """One Parquet file that readers read. Its name follows from month and range, its rows from the log's leaves."""

    content = models.CharField(_("Content"), max_length=10, choices=Content)
    month = models.CharField(_("Month"), max_length=7)
    first_leaf = models.BigIntegerField(_("First leaf"))
    last_leaf = models.BigIntegerField(_("Last leaf"))
    path = models.CharField(_("Path in the lake"), max_length=200, unique=True)
    rows = models.BigIntegerField(_("Rows"))
    bytes = models.BigIntegerField(_("Size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    written_at = models.DateTimeField(_("Written at"))

    class Meta:
        verbose_name = _("file of the lake")
        verbose_name_plural = _("files of the lake")
        constraints = [
            models.UniqueConstraint(fields=["content", "month", "first_leaf"], name="lakefile_once"),
            models.CheckConstraint(
                condition=models.Q(last_leaf__gte=models.F("first_leaf")), name="lakefile_range_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.path


class LakeMark(models.Model):
    """One row: up to which leaf of the log, inclusive, the lake holds the result lines."""

    leaf_index = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return str(self.leaf_index)
