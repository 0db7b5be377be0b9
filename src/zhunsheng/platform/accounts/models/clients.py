from django.db import models
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class ApiClient(models.Model):
    """A program of an organisation that fetches short-lived tokens with its own secret.

    `generation` goes up with every new secret and with deactivation: tokens of an earlier one are void at once.
    """

    client_id = models.CharField(_("client number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="api_clients", verbose_name=_("organisation")
    )
    user = models.OneToOneField(
        "accounts.User", on_delete=models.PROTECT, related_name="api_client", verbose_name=_("service account")
    )
    secret_hash = models.CharField(max_length=256)
    generation = models.PositiveIntegerField(_("number of the secret"), default=1)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"))
    rotated_at = models.DateTimeField(_("secret renewed"), null=True, blank=True)
    deactivated_at = models.DateTimeField(_("deactivated"), null=True, blank=True)
    last_token_at = models.DateTimeField(_("last token"), null=True, blank=True)
    history = Recorded(reason_required=True, excluded_fields=["secret_hash", "last_token_at"])

    class Meta:
        verbose_name = _("API client")
        verbose_name_plural = _("API clients")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(active=True, deactivated_at=None)
                | models.Q(active=False, deactivated_at__isnull=False),
                name="api_client_inactive_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.client_id})"
