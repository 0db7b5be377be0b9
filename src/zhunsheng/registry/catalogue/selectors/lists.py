"""The lists that pages and the API show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.registry.catalogue.models import (
    EditionStatus,
    Limit,
    Method,
    MethodParameter,
    ObjectSynonym,
    Parameter,
    ParameterSynonym,
    PartialReplacement,
    Standard,
    StandardEdition,
    TestObject,
)

if TYPE_CHECKING:
    from datetime import date


def standards(*, words: str = "") -> QuerySet[Standard]:
    """Return standards with the number of their editions, filtered by number or title."""
    found = Standard.objects.annotate(edition_count=Count("editions")).order_by("base_code")
    if words:
        found = found.filter(Q(base_code__icontains=words) | Q(title__icontains=words) | Q(title_en__icontains=words))
    return found


def editions(*, words: str = "") -> QuerySet[StandardEdition]:
    """Return editions with their standard and successor, filtered by number or title."""
    found = StandardEdition.objects.select_related("standard", "replaced_by").order_by("code")
    if words:
        found = found.filter(
            Q(code__icontains=words) | Q(standard__title__icontains=words) | Q(standard__title_en__icontains=words)
        )
    return found


def over_on(day: date, edition: str = "") -> Q:
    """Return the condition that an edition is replaced or abolished on a day, as `rules.standing` tells it.

    Args:
        edition: the path to the edition from what is asked for, such as "edition__".
    """

    def its(**wanted: object) -> Q:
        return Q(**{f"{edition}{name}": value for name, value in wanted.items()})

    stated = its(effective_to=None, status__in=[EditionStatus.REPLACED, EditionStatus.WITHDRAWN])
    begun = its(effective_from=None) | its(effective_from__lte=day)
    waits = its(replaced_by__effective_from__gt=day)
    return its(effective_to__lt=day) | (stated & begun & (its(replaced_by__effective_from=None) | ~waits))


def with_standing(found: QuerySet[StandardEdition], on: date) -> QuerySet[StandardEdition]:
    """Return editions with `standing_on`: the rule of `rules.standing`, told in the database's terms."""
    status = EditionStatus
    divided = Exists(PartialReplacement.objects.filter(edition=OuterRef("pk")))
    succeeded = Q(replaced_by__isnull=False) | Q(status=status.REPLACED) | Q(divided)
    over = Q(effective_to__lt=on) | Q(effective_to=None, status__in=[status.REPLACED, status.WITHDRAWN])
    waits = Q(effective_to=None, replaced_by__effective_from__gt=on)
    return found.annotate(
        standing_on=Case(
            When(effective_from__gt=on, then=Value(status.COMING)),
            When(over & waits, then=Value(status.IN_FORCE)),
            When(over & succeeded, then=Value(status.REPLACED)),
            When(over, then=Value(status.WITHDRAWN)),
            When(effective_from=None, effective_to=None, status=status.COMING, then=Value(status.COMING)),
            default=Value(status.IN_FORCE),
            output_field=CharField(),
        )
    )


def parameters(*, words: str = "") -> QuerySet[Parameter]:
    """Return parameters with their synonyms, filtered by code, any name or CAS number."""
    found = Parameter.objects.prefetch_related("synonyms").order_by("code")
    if words:
        hits = ParameterSynonym.objects.filter(normalised__contains=normalise_name(words)).values("parameter_id")
        found = found.filter(
            Q(code__iexact=words)
            | Q(cas=words)
            | Q(name__icontains=words)
            | Q(name_en__icontains=words)
            | Q(pk__in=hits)
        )
    return found


def objects_to_test(*, words: str = "") -> QuerySet[TestObject]:
    """Return test objects with the one above and their synonyms, filtered by code or any name."""
    found = TestObject.objects.select_related("parent").prefetch_related("synonyms").order_by("code")
    if words:
        hits = ObjectSynonym.objects.filter(normalised__contains=normalise_name(words)).values("object_id")
        found = found.filter(
            Q(code__iexact=words) | Q(name__icontains=words) | Q(name_en__icontains=words) | Q(pk__in=hits)
        )
    return found


def methods(*, words: str = "") -> QuerySet[Method]:
    """Return methods with their edition and parameters, filtered by standard, title, technique or parameter."""
    found = Method.objects.select_related("edition__standard").prefetch_related("determinations__parameter")
    if words:
        hits = MethodParameter.objects.filter(parameter__in=parameters(words=words)).values("method_id")
        found = found.filter(
            Q(edition__code__icontains=words)
            | Q(edition__standard__title__icontains=words)
            | Q(technique__icontains=words)
            | Q(technique_en__icontains=words)
            | Q(pk__in=hits)
        )
    return found.order_by("edition__code", "clause", "technique")


def determinations(*, parameter: Parameter) -> QuerySet[MethodParameter]:
    """Return the methods that determine a parameter."""
    found = MethodParameter.objects.filter(parameter=parameter).select_related("method__edition__standard")
    return found.order_by("method__edition__code", "method__clause", "method__technique")


def limits(*, on: date | None = None) -> QuerySet[Limit]:
    """Return limits with what they are about; with a day, those that hold on it."""
    found = Limit.objects.select_related("edition__standard", "object", "parameter")
    if on is not None:
        found = found.filter(
            Q(effective_from=None) | Q(effective_from__lte=on), Q(effective_to=None) | Q(effective_to__gte=on)
        )
    return found.order_by("edition__code", "parameter__code", F("object__code").asc(nulls_first=True), "pk")
