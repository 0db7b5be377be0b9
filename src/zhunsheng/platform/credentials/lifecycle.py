"""How a credential stands, and what may be done to it, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Status(models.TextChoices):
    """What the issuer has decided of a credential; that it has run out is read from its dates."""

    VALID = "valid", pgettext_lazy("credential", "Valid")
    SUSPENDED = "suspended", pgettext_lazy("credential", "Suspended")
    REPLACED = "replaced", pgettext_lazy("credential", "Replaced")
    CANCELLED = "cancelled", pgettext_lazy("credential", "Cancelled")
    REVOKED = "revoked", pgettext_lazy("credential", "Revoked")


IN_FORCE = (Status.VALID, Status.SUSPENDED)
"""Of one kind and number no two credentials stand so at once."""
FINAL = (Status.REPLACED, Status.CANCELLED, Status.REVOKED)
ACTION = {
    Status.VALID: "lift",
    Status.SUSPENDED: "suspend",
    Status.REPLACED: "replace",
    Status.CANCELLED: "cancel",
    Status.REVOKED: "revoke",
}
"""What leads to each status."""
CREDENTIAL: Workflow[str] = Workflow(
    "credential",
    {
        (Status.VALID, "suspend"): Status.SUSPENDED,
        (Status.SUSPENDED, "lift"): Status.VALID,
        **{(one, ACTION[end]): end for one in IN_FORCE for end in FINAL},
        (Status.REPLACED, "revoke"): Status.REVOKED,
    },
)
