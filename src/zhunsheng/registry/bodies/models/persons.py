"""People of a body and what they may sign."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.accounts.sealed_field import EncryptedTextField
from zhunsheng.registry.bodies.models.institutions import Body
from zhunsheng.registry.bodies.models.periods import ends_after_it_begins


class Person(models.Model):
    """Somebody who works for a body. The identity number is encrypted and never public.

    `number_index` is its blind index: the same person at two bodies is found without reading any number.
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="persons")
    code = models.CharField(_("Staff code"), max_length=40)
    name = models.CharField(_("Name"), max_length=100)
    title = models.CharField(_("Post or professional title"), max_length=100, blank=True, default="")
    number_encrypted = EncryptedTextField(_("Identity number"), blank=True, default="")
    number_index = models.CharField(max_length=64, blank=True, default="", db_index=True, editable=False)
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="person_once_per_body"),
            ends_after_it_begins("person"),
        ]

    def __str__(self) -> str:
        return self.name


class Signatory(models.Model):
    """The right of a person to sign reports of one field between two days."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="signatories")
    field = models.CharField(_("Field of signature"), max_length=300)
    remark = models.CharField(_("Remark"), max_length=300, blank=True, default="")
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints = [
            models.UniqueConstraint(fields=["person", "field", "valid_from"], name="signatory_field_once_a_day"),
            models.UniqueConstraint(
                fields=["person", "field"], condition=Q(valid_from=None), name="signatory_field_once_undated"
            ),
            ends_after_it_begins("signatory"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.field}"
