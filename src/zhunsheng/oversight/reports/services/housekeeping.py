"""What the worker does for reports again and again."""

from datetime import datetime, timedelta

from django.utils import timezone

from zhunsheng.oversight.reports.models import IdempotencyKey
from zhunsheng.platform.jobs import duties

KEYS_KEPT = timedelta(days=30)
"""How long the answer to an Idempotency-Key is given again; the report itself is known for ever."""
EVERY_SECONDS = 3600.0


def register() -> None:
    """Register the duties of this room."""
    duties.register("forget-idempotency-keys", EVERY_SECONDS, lambda: forget_keys(now=timezone.now()))


def forget_keys(*, now: datetime) -> int:
    """Forget the keys that are too old, and return how many."""
    return IdempotencyKey.objects.filter(at__lt=now - KEYS_KEPT).delete()[0]
