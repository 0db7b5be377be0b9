from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.accounts.roles import Kind, Sector


class Organisation(models.Model):
    """An authority, a sector department, a testing body or an enterprise that people belong to."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    division = models.ForeignKey(
        "accounts.Division", on_delete=models.PROTECT, related_name="organisations", verbose_name=_("division")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("higher authority"),
    )
    sector = models.CharField(_("sector"), max_length=16, choices=Sector.choices, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True, default="")
    court = models.CharField(_("court that hears suits against it"), max_length=100, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="organisation_kind_known"),
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~models.Q(uscc=""),
                name="organisation_uscc_once",
                violation_error_message=_("An organisation with this credit code exists already."),
            ),
            models.UniqueConstraint(
                fields=["kind", "division", "name"],
                name="organisation_name_once_in_a_division",
                violation_error_message=_("This division has an organisation of this kind and name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the reader's language; Chinese where no English one is kept."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name
