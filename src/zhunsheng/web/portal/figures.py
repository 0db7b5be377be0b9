"""What the province has, in figures that the front page shows; counted once in a while, not at every visit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Substr
from django.utils import timezone

from zhunsheng.oversight.reports import selectors as reports
from zhunsheng.platform.accounts import selectors as accounts
from zhunsheng.platform.ledger import selectors as ledger
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Body

KEPT_FOR = 60
"""Seconds. The figures are for orientation; whoever needs the exact state reads the log."""


@dataclass(frozen=True)
class AreaCount:
    """How many bodies a city or county has."""

    code: str
    name: str
    name_en: str
    bodies: int


@dataclass(frozen=True)
class Figures:
    """The front page's figures and when they were counted."""

    at: datetime
    bodies: int
    reports: int
    arrived_lately: int
    sealed: int
    sealed_at: datetime | None
    cities: tuple[AreaCount, ...]
    generated: bool


def figures() -> Figures:
    """Return the figures, at most KEPT_FOR seconds old."""
    kept = cache.get("portal-figures")
    if isinstance(kept, Figures):
        return kept
    counted = _count(timezone.now())
    cache.set("portal-figures", counted, KEPT_FOR)
    return counted


def _count(now: datetime) -> Figures:
    visible = bodies.bodies_visible_to(None)
    checkpoint = ledger.latest_checkpoint()
    return Figures(
        at=now,
        bodies=visible.count(),
        reports=reports.count_all(),
        arrived_lately=reports.arrived_between(now - timedelta(days=1), now),
        sealed=checkpoint.size if checkpoint else 0,
        sealed_at=checkpoint.at if checkpoint else None,
        cities=bodies_by_city(visible),
        generated=visible.filter(generated=True).exists(),
    )


def bodies_by_city(seen: QuerySet[Body], prefixes: tuple[str, ...] = ()) -> tuple[AreaCount, ...]:
    """Return the number of these bodies per city, empty cities too.

    Args:
        prefixes: of division codes; only the cities that hold or lie in one of them. None means all.
    """
    last = Concat(Substr(OuterRef("code"), 1, 4), Value("99"))
    within = seen.filter(division_id__gte=OuterRef("code"), division_id__lte=last)
    wanted = tuple(prefix[:4] for prefix in prefixes) or ("",)
    cities = accounts.divisions(levels=("city",)).annotate(held=_number(within))
    return tuple(
        AreaCount(city.code, city.name, city.name_en or city.name, city.held)
        for city in cities
        if city.code.startswith(wanted)
    )


def bodies_by_county(seen: QuerySet[Body], city: str) -> tuple[AreaCount, ...]:
    """Return the number of these bodies per county of a city (its six digits), empty ones too.

    Bodies that are registered with the city itself stand under the city; a city without counties has one entry.
    """
    areas = accounts.divisions(below=city, levels=("city", "county"))
    counted = areas.annotate(held=_number(seen.filter(division_id=OuterRef("code"))))
    found = [AreaCount(one.code, one.name, one.name_en or one.name, one.held) for one in counted]
    return tuple(one for one in found if one.bodies or one.code != city or len(found) == 1)


def _number(bodies_there: QuerySet[Body]) -> Coalesce:
    """Return how many there are, within the query for the places."""
    counted = bodies_there.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)
