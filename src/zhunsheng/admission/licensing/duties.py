"""What the calendar does to applications, done by the worker."""

from django.utils import timezone

from zhunsheng.admission.licensing.services import (
    acceptance,
    clocks,
    documents,
    hearings,
    lots,
    reminding,
    renewing,
    verifications,
)
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.jobs import duties

EVERY_SECONDS = 600.0
LETTERS_EVERY_SECONDS = 5.0


def keep_up_with_the_calendar() -> int:
    """Accept what nobody answered, enter renewals that count as granted, draw lots, warn of what is due.

    Returns: how many things were done.

    Raises: LockBusy when another worker is at it.
    """
    now = timezone.now()
    with exclusive("licensing-calendar", wait_seconds=0):
        done = clocks.reread_unannounced(at=now) + verifications.reread_unannounced(at=now)
        done += acceptance.deem_accepted(at=now) + renewing.deem_renewals(at=now)
        done += lots.draw_lots(at=now) + hearings.tell_ended(at=now)
        return done + reminding.warn_of_due(at=now)


def register() -> None:
    """Register both duties."""
    duties.register("licensing-calendar", EVERY_SECONDS, keep_up_with_the_calendar)
    duties.register("licensing-letters", LETTERS_EVERY_SECONDS, documents.make_letters)
