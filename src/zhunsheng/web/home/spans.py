"""Days as the workbenches count them: local midnight to now."""

from datetime import datetime, time, timedelta

from django.utils import timezone


def midnight(now: datetime, *, days_ago: int = 0) -> datetime:
    """Return the local midnight that began today, or a day before."""
    day = timezone.localtime(now).date() - timedelta(days=days_ago)
    return timezone.make_aware(datetime.combine(day, time.min))
