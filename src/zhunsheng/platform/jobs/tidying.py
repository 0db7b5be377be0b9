"""The duty that clears away what broken uploads left behind."""

from datetime import timedelta

from django.utils import timezone

from zhunsheng.platform.documents import files
from zhunsheng.platform.jobs import duties

EVERY_SECONDS = 3600.0
ABANDONED_AFTER = timedelta(days=1)
"""No upload takes as long; a younger file may still be arriving."""


def remove_abandoned_uploads() -> int:
    """Remove the temporary files of uploads that broke off; return how many."""
    return files.remove_abandoned(timezone.now() - ABANDONED_AFTER)


def register() -> None:
    """Register the duty."""
    duties.register("clear-broken-uploads", EVERY_SECONDS, remove_abandoned_uploads)
