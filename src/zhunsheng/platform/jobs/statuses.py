"""The duty that signs status lists anew before they run out."""

from django.utils import timezone

from zhunsheng.platform.credentials import services
from zhunsheng.platform.jobs import duties

EVERY_SECONDS = 300.0


def sign_due_lists() -> int:
    """Sign the status lists that are due; return how many."""
    return services.publish_lists(at=timezone.now())


def register() -> None:
    """Register the duty."""
    duties.register("sign-status-lists", EVERY_SECONDS, sign_due_lists)
