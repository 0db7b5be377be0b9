"""Files by their digest."""

import re

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SHA256 = re.compile(r"[0-9a-f]{64}")


class StoredFile(models.Model):
    """One content, kept once however often it is sent; who refers to it stands with whoever refers."""

    sha256 = models.CharField(
        _("SHA-256"), max_length=64, primary_key=True, validators=[RegexValidator(rf"\A{SHA256.pattern}\Z")]
    )
    media_type = models.CharField(_("media type"), max_length=100)
    bytes = models.BigIntegerField(_("size in bytes"))
    stored_at = models.DateTimeField(_("first stored"), default=timezone.now)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [models.CheckConstraint(condition=models.Q(bytes__gte=0), name="stored_file_size_not_negative")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.media_type}"
