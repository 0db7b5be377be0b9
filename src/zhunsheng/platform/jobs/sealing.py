"""The duty that seals the log."""

from django.utils import timezone

from zhunsheng.platform.jobs import duties
from zhunsheng.platform.ledger import selectors, services

EVERY_SECONDS = 0.5
REPAIR_EVERY_SECONDS = 10.0


def seal_when_waiting() -> int:
    """Seal what waits; return how many entries.

    Raises: LockBusy when another worker seals; LedgerBroken.
    """
    if not selectors.has_pending():
        return 0
    return services.seal_pending(timezone.now()).sealed


def publish_what_a_crash_left() -> int:
    """Publish sealed leaves that the disk does not show, also when nothing new waits; return how many.

    Raises: LockBusy when another worker seals; LedgerBroken.
    """
    if not selectors.is_behind():
        return 0
    return services.seal_pending(timezone.now()).repaired


def register() -> None:
    """Register the log's two duties."""
    duties.register("seal-the-log", EVERY_SECONDS, seal_when_waiting)
    duties.register("publish-the-log", REPAIR_EVERY_SECONDS, publish_what_a_crash_left)
