"""The rows of a model, or the versions of them that the register held at a moment."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone


def rows_known(model: type[Model], known_at: datetime | None, *, as_records: bool = True) -> QuerySet[Any]:
    """Return the rows of a model as they are, or as the register had them at a moment.

    Rows deleted by then are left out. Of two versions with one time the later written counts. Without `as_records`
    earlier versions come as history rows, which can be joined with others and have the same fields.
    """
    if known_at is None:
        return model._default_manager.all()
    history: Any = model.history  # type: ignore[attr-defined]  # simple-history adds it
    written = history.filter(history_date__lte=known_at)
    later = written.filter(id=OuterRef("id")).filter(
        Q(history_date__gt=OuterRef("history_date"))
        | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id"))
    )
    versions = written.filter(~Exists(later)).exclude(history_type="-")
    found: QuerySet[Any] = versions.as_instances() if as_records else versions
    return found


def end_of(day: date | None) -> datetime | None:
    """Return the last moment of a day in the register's own time zone: all that was recorded on it was known.

    None for no day, and for the last day of the calendar, by which everything is known.
    """
    if day is None or day == date.max:
        return None
    following = datetime.combine(day + timedelta(days=1), time(0), timezone.get_default_timezone())
    return following - timedelta(microseconds=1)


def held_on(on: date) -> Q:
    """Return the condition of holding on a day, first and last day included."""
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gte=on))
