"""The duties of credentials: sign status lists anew before they run out, make the documents that still wait."""

from django.utils import timezone

from zhunsheng.platform.credentials import services
from zhunsheng.platform.jobs import duties

EVERY_SECONDS = 300.0
DOCUMENTS_EVERY_SECONDS = 20.0


def sign_due_lists() -> int:
    """Sign the status lists that are due; return how many."""
    return services.publish_lists(at=timezone.now())


def register() -> None:
    """Register both."""
    duties.register("sign-status-lists", EVERY_SECONDS, sign_due_lists)
    duties.register("make-documents", DOCUMENTS_EVERY_SECONDS, services.make_due_documents)
