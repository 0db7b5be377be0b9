"""What the worker does for grades: compute files that changed, once a day each, all of them once a day; remind."""

from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.jobs import duties
from zhunsheng.registry.credit.models import Scoring, Stale
from zhunsheng.registry.credit.selectors.inputs import graded
from zhunsheng.registry.credit.services.grading import compute_grades
from zhunsheng.registry.credit.services.petitions import give_last_days
from zhunsheng.registry.credit.services.rates import estimate_rates, rates_due
from zhunsheng.registry.credit.services.reminding import remind_of_due

EVERY_SECONDS = 600.0
LOCK = "credit-grades"
_computed: dict[str, date] = {}


def keep_grades_up() -> int:
    """Compute what is due; return how many computings were written.

    Windows pass and certificates end by the calendar, so everything is computed once a day; a file that changes in
    between is computed at the next turn, unless its grade was computed that day already: then on the day after.
    Raises: LockBusy when another worker is at it.
    """
    now = timezone.now()
    with exclusive(LOCK, wait_seconds=0):
        return compute_due(timezone.localdate(now), now)


def compute_due(on: date, at: datetime) -> int:
    """Estimate the usual rates where due, then compute all bodies (first turn of a day) or those that changed."""
    if rates_due(on) and graded(on).exists():
        estimate_rates(on=on, by=None, at=at)
    if _computed.get(LOCK) != on:
        written = compute_grades(on=on, by=None, at=at).written
        _computed[LOCK] = on
        return written
    today = Scoring.objects.filter(newest=True, on=on).values("body_id")
    changed = Stale.objects.exclude(body_id__in=today)
    if not changed.aggregate(newest=Max("since"))["newest"]:
        return 0
    return compute_grades(on=on, by=None, at=at, body_ids=list(changed.values_list("body_id", flat=True))).written


def register() -> None:
    """Register the duties."""
    duties.register(LOCK, EVERY_SECONDS, keep_grades_up)
    duties.register("credit-reminders", EVERY_SECONDS, remind)


def remind() -> int:
    """Remind offices of requests that fall due, once each has its last day; return how many notices were sent."""
    give_last_days()
    return remind_of_due(at=timezone.now())
