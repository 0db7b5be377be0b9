"""The list of severe offenders: who stands on it on a day, and from when on an entry may be removed early."""

from datetime import date
from typing import Final

from django.db.models import QuerySet

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.models import SevereEntry

LAW: Final = "SEVERE-LIST"


def listed(on: date) -> QuerySet[SevereEntry]:
    """Return the entries that everybody may read on a day: those of decisions that stand."""
    rows = SevereEntry.objects.filter(removed_on=None, until__gte=on, since__lte=on)
    return rows.select_related("case", "case__decision", "case__authority").order_by("-since", "-pk")


def removable_on(entry: SevereEntry) -> date:
    """Return the day from which on an entry may be removed on request."""
    return years_later(entry.since, int(law_book.rule(LAW, entry.since).values["removal_after_years"]))


def years_later(day: date, years: int) -> date:
    """Return the day so many years later; the last of February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
