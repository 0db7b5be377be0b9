"""The worker's duties: take what was sealed, merge small files, remove what nobody reads."""

from django.utils import timezone

from zhunsheng.platform.lake import services

EVERY_SECONDS = 5.0
COMPACT_EVERY_SECONDS = 900.0
AT_ONCE = 65_536


def take_what_was_sealed() -> int:
    """Take newly sealed leaves into the lake; return how many. Raises: LockBusy."""
    return services.write_pending(at=timezone.now(), most=AT_ONCE)


def keep_tidy() -> int:
    """Merge small files and remove strays; return how many files went. Raises: LockBusy."""
    now = timezone.now()
    return services.compact(at=now) + services.tidy(at=now)
