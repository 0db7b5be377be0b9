"""The change of a sheet as it is kept: each room that has a sheet adds to what it belongs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptChange(models.Model):
    """A change as a device sent it: kept whatever became of it, so that nothing that was written is lost.

    `client_id` is the device's own number: a change that comes twice counts once. `held` is what stood against it.
    """

    client_id = models.UUIDField(unique=True)
    item = models.CharField(_("Item"), max_length=60)
    base = models.PositiveIntegerField(_("Made on version"))
    values = models.JSONField(_("Values"))
    outcome = models.CharField(_("Outcome"), max_length=10)
    version = models.PositiveIntegerField(_("Version afterwards"), default=0)
    held = models.JSONField(_("What stood against it"), null=True, blank=True)
    why = models.CharField(_("Reason of the refusal"), max_length=300, blank=True, default="")
    made_at = models.DateTimeField(_("Written on the device at"), null=True, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    received_at = models.DateTimeField(_("Received at"))
    resolved_at = models.DateTimeField(_("Resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.item}: {self.outcome}"
