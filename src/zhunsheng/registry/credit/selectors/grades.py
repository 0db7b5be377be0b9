"""Reads of grades: as of any day, for one body or many, with what follows from them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Division
from zhunsheng.registry.credit.models import Grade, Scoring, Stale
from zhunsheng.registry.credit.permissions import AnyUser, Can


def grade_on(body_id: int, day: date) -> Grade | None:
    """Return the grade that a body had on a day; None while there was none."""
    return _held(day).filter(body_id=body_id).order_by("-since").first()


def grades_on(ids: Collection[int], day: date) -> dict[int, str]:
    """Return the letters that bodies had on a day, by body, in one query; a body without a grade is left out."""
    return dict(_held(day).filter(body_id__in=ids).order_by("since").values_list("body_id", "grade"))


def grades_of(body_id: int) -> QuerySet[Grade]:
    """Return every grade of a body, newest first."""
    return Grade.objects.filter(body_id=body_id).select_related("set_by", "scoring").order_by("-since")


def newest_scoring(body_id: int) -> Scoring | None:
    """Return the newest computing of a body's score."""
    return Scoring.objects.filter(body_id=body_id, newest=True).select_related("rates").first()


def waits_for_computing(body_id: int) -> bool:
    """Tell whether a body's file changed since its grade was computed."""
    return Stale.objects.filter(body_id=body_id).exists()


def scorings_of(body_id: int) -> QuerySet[Scoring]:
    """Return every computing of a body's score, newest first."""
    return Scoring.objects.filter(body_id=body_id).order_by("-on", "-pk")


def scorings_visible_to(user: AnyUser, on: date) -> QuerySet[Scoring]:
    """Return the computings in sight, in no order."""
    return Scoring.objects.filter(_reach(user, on)).select_related("body", "rates")


def grades_visible_to(user: AnyUser, on: date) -> QuerySet[Grade]:
    """Return the present grades in sight with score and field, the lowest score first."""
    newest = Scoring.objects.filter(body_id=OuterRef("body_id"), newest=True)
    found = Grade.objects.filter(_reach(user, on), until=None).select_related("body__division")
    annotated = found.annotate(
        score=Subquery(newest.values("score")[:1]),
        field=Subquery(newest.values("field")[:1]),
        words=Subquery(newest.values("words")[:1]),
    )
    told = Prefetch("body__scorings", Scoring.objects.filter(newest=True).defer("inputs"), to_attr="newest_scorings")
    return annotated.prefetch_related(told).order_by("score", "pk")


def movements_visible_to(user: AnyUser, on: date, since: date) -> QuerySet[Grade]:
    """Return the grades in sight that began since a day and differ from the one before, newest first."""
    found = Grade.objects.filter(_reach(user, on), since__gte=since).exclude(before="")
    told = found.exclude(before=F("grade")).select_related("body", "scoring").defer("scoring__inputs")
    return told.order_by("-since", "-pk")


def distribution(user: AnyUser, on: date) -> dict[str, dict[str, dict[str, int]]]:
    """Return how many bodies in sight have which grade, by city and by field: two queries."""
    present = Grade.objects.filter(_reach(user, on), until=None).order_by()
    by_city = present.annotate(city=Substr("body__division_id", 1, 4)).values_list("city", "grade")
    newest = Scoring.objects.filter(body_id=OuterRef("body_id"), newest=True).values("field")[:1]
    by_field = present.annotate(field=Subquery(newest)).values_list("field", "grade")
    return {
        "city": _table(by_city.annotate(number=Count("pk"))),
        "field": _table(by_field.annotate(number=Count("pk"))),
    }


def cities_by_digits(digits: Collection[str]) -> dict[str, Division]:
    """Return the cities whose codes begin with these four digits, those that are kept, in one query."""
    return {one.code[:4]: one for one in Division.objects.filter(code__in=[f"{four}00" for four in digits])}


def _table(rows: QuerySet[Grade, tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for where, letter, number in rows:
        found.setdefault(where or "", {})[letter] = number
    return found


def _held(day: date) -> QuerySet[Grade]:
    return Grade.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def _reach(user: AnyUser, on: date) -> Q:
    reach = policy.reach_of(user, Can.SEE, on)
    return reach.as_q(division="body__division_id", organisation="body__organisation_id")
