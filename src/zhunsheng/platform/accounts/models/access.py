from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessRecord(models.Model):
    """Who read another party's secret, when and why. No foreign keys: it outlives what it names, and never changes.

    A record of the kind `REFUSED` names an attempt that a rule refused; its subject is the address or the use case.
    """

    REFUSED = "refused"

    at = models.DateTimeField(_("time"), db_index=True)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(_("reader"), max_length=200)
    reader_organisations = models.CharField(_("reader's organisations"), max_length=400, blank=True)
    subject_kind = models.CharField(_("kind of record"), max_length=80)
    subject_id = models.CharField(max_length=120)
    subject_name = models.CharField(_("record"), max_length=200)
    owner_organisation_id = models.BigIntegerField(null=True, db_index=True)
    division_code = models.CharField(max_length=6, blank=True, db_index=True)
    why = models.CharField(_("reason"), max_length=400)

    class Meta:
        verbose_name = _("access record")
        verbose_name_plural = _("access records")
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="access_by_subject")]
        constraints = [models.CheckConstraint(condition=~models.Q(why=""), name="access_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user_name}: {self.subject_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a record once written is never changed."""
        if not self._state.adding:
            raise TypeError("an access record never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: access records stay."""
        raise TypeError("an access record is never deleted")
