"""What happened to bodies: renamed, moved, merged, split, closed; and who heads them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.bodies.models.institutions import Body
from zhunsheng.registry.bodies.models.periods import ends_after_it_begins
from zhunsheng.registry.bodies.models.persons import Person


class EventKind(models.TextChoices):
    """What happens in the life of a body."""

    RENAMED = "renamed", _("Renamed")
    MOVED = "moved", _("Moved")
    MERGED = "merged", _("Merged into another body")
    SPLIT = "split", _("Split off another body")
    CLOSED = "closed", _("Closed")


class BodyEvent(models.Model):
    """One event in the life of a body, with its document. `other` is the body merged into, or split off."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="events")
    other = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="events_of_others")
    kind = models.CharField(_("Event"), max_length=10, choices=EventKind)
    happened_on = models.DateField(_("Took effect on"))
    document_no = models.CharField(_("Document number"), max_length=80)
    reason = models.CharField(_("Reason"), max_length=300)
    before = models.CharField(_("Before"), max_length=300, blank=True, default="")
    after = models.CharField(_("After"), max_length=300, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("event of a body")
        verbose_name_plural = _("events of bodies")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["merged", "split"], other__isnull=False)
                | Q(kind__in=["renamed", "moved", "closed"], other__isnull=True),
                name="bodyevent_names_the_other_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"


class OfficeKind(models.TextChoices):
    """An office that a body must fill."""

    LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
    TOP_MANAGER = "top_manager", _("Top manager")
    TECHNICAL_HEAD = "technical_head", _("Technical head")
    QUALITY_HEAD = "quality_head", _("Quality head")


class Office(models.Model):
    """Who held an office of a body between two days; `person` where the staff list has them."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="offices")
    kind = models.CharField(_("Office"), max_length=24, choices=OfficeKind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="offices")
    name = models.CharField(_("Name of the person"), max_length=100)
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    document_no = models.CharField(_("Document number"), max_length=80, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("office of a body")
        verbose_name_plural = _("offices of bodies")
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "name", "valid_from"], name="office_begins_once_a_day"),
            ends_after_it_begins("office"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"
