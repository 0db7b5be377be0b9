"""Reads of this room; every list begins with what the reader may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.changes import Change, changes_in, rows_of
from zhunsheng.platform.accounts.models import (
    AccessRecord,
    ApiClient,
    Division,
    Kind,
    Level,
    Membership,
    Organisation,
    User,
    places_up,
    prefix_of,
)
from zhunsheng.platform.accounts.permissions import Can


def organisations_visible_to(user: User, on: date) -> QuerySet[Organisation]:
    """Return the organisations this person may see today, with their divisions."""
    reach = policy.reach_of(user, Can.VIEW_ORGANISATIONS, on)
    return Organisation.objects.filter(reach.as_q(organisation="pk")).select_related("division", "parent")


def with_member_counts(organisations: QuerySet[Organisation], on: date) -> QuerySet[Organisation]:
    """Return the organisations with `members`: people with a role in force."""
    people = _in_force(on, "memberships__") & Q(memberships__user__is_active=True, memberships__user__api_client=None)
    return organisations.annotate(members=Count("memberships__user", filter=people, distinct=True))


def memberships_visible_to(user: User, on: date) -> QuerySet[Membership]:
    """Return the memberships this person may see, past ones too, with people and organisations."""
    reach = policy.reach_of(user, Can.VIEW_MEMBERS, on)
    wanted = reach.as_q(division="organisation__division_id", organisation="organisation_id")
    return Membership.objects.filter(wanted | Q(user_id=user.pk)).select_related("user", "organisation__division")


def people_visible_to(user: User, on: date) -> QuerySet[User]:
    """Return the people whose memberships this person may see, and the person themselves."""
    seen = memberships_visible_to(user, on).values("user_id")
    return User.objects.filter(Q(pk__in=seen) | Q(pk=user.pk), api_client=None)


def api_clients_visible_to(user: User, on: date) -> QuerySet[ApiClient]:
    """Return the API clients this person may manage."""
    reach = policy.reach_of(user, Can.MANAGE_API_CLIENTS, on)
    wanted = reach.as_q(division="organisation__division_id", organisation="organisation_id")
    return ApiClient.objects.filter(wanted).select_related("organisation")


def access_records_visible_to(user: User, on: date) -> QuerySet[AccessRecord]:
    """Return who read which secret, as far as this person may know."""
    reach = policy.reach_of(user, Can.VIEW_ACCESS_RECORDS, on)
    return AccessRecord.objects.filter(reach.as_q(division="division_code", organisation="owner_organisation_id"))


def histories_visible_to(user: User, on: date) -> QuerySet[Organisation]:
    """Return the organisations whose change history this person may read."""
    reach = policy.reach_of(user, Can.VIEW_HISTORY, on)
    return Organisation.objects.filter(reach.as_q(organisation="pk"))


def memberships_in_force(on: date) -> QuerySet[Membership]:
    """Return every membership that holds on this day, of people who may sign in."""
    return Membership.objects.filter(_in_force(on), user__is_active=True)


def divisions(
    *, below: str = "", levels: Sequence[str] = (Level.PROVINCE, Level.CITY, Level.COUNTY)
) -> QuerySet[Division]:
    """Return divisions of these levels, at or below one when its code is given, by code."""
    found = Division.objects.filter(level__in=levels)
    if below:
        prefix = prefix_of(below)
        found = found.filter(code__gte=prefix.ljust(6, "0"), code__lte=prefix.ljust(6, "9"))
    return found.order_by("code")


def divisions_of(places: QuerySet[Any]) -> QuerySet[Division]:
    """Return the divisions where these organisations or bodies stand, and those above them, by code."""
    here = Division.objects.filter(pk__in=places.order_by().values("division_id"))
    above = Q(pk__in=here.values("parent_id")) | Q(pk__in=here.values("parent__parent_id"))
    return Division.objects.filter(Q(pk__in=here.values("pk")) | above).order_by("code")


def authorities_up(codes: Iterable[str]) -> dict[str, list[int]]:
    """Return the keys of the market supervision authorities of each division and of those above it, in one query.

    The nearest come first, those of one place by key.
    """
    up = {code: places_up(code) for code in codes}
    held: dict[str, list[int]] = defaultdict(list)
    wanted = {place for places in up.values() for place in places}
    rows = Organisation.objects.filter(kind=Kind.AUTHORITY, division_id__in=wanted).order_by("pk")
    for pk, place in rows.values_list("pk", "division_id"):
        held[place].append(pk)
    return {code: [pk for place in places for pk in held[place]] for code, places in up.items()}


def memberships_of(user: User, on: date) -> list[Membership]:
    """Return the person's own roles, those in force (marked `in_force`) first."""
    return _marked(user.memberships.select_related("organisation__division", "user"), on)


def people_of(organisation: Organisation, on: date) -> list[Membership]:
    """Return the roles people have or had in the organisation, those in force (marked `in_force`) first."""
    held = organisation.memberships.filter(user__api_client=None)
    return _marked(held.select_related("organisation__division", "user"), on)


def organisation_changes(organisation: Organisation, *, limit: int = 200) -> list[Change]:
    """Return the changes of the organisation, of roles in it and of its clients, newest first; 3 to 7 queries."""
    found: list[Change] = []
    parts: tuple[tuple[type[Model], dict[str, int]], ...] = (
        (Organisation, {"id": organisation.pk}),
        (Membership, {"organisation_id": organisation.pk}),
        (ApiClient, {"organisation_id": organisation.pk}),
    )
    for model, condition in parts:
        rows = rows_of(model).filter(**condition).select_related("history_user")
        found += changes_in(model, list(rows.order_by("-history_date", "-history_id")[:limit]))
    return sorted(found, key=lambda change: change.at, reverse=True)[:limit]


def _marked(memberships: QuerySet[Membership], on: date) -> list[Membership]:
    found = list(memberships)
    for one in found:
        one.in_force = one.holds_on(on) and one.user.is_active
    return sorted(found, key=lambda one: (not one.in_force, str(one.user), one.valid_from))


def _in_force(on: date, path: str = "") -> Q:
    """Return the condition that a membership holds on this day (see `Membership.holds_on`)."""
    return Q(
        Q(**{f"{path}valid_to": None}) | Q(**{f"{path}valid_to__gte": on}),
        Q(**{f"{path}ended_at": None}) | Q(**{f"{path}ended_at__date__gt": on}),
        **{f"{path}valid_from__lte": on},
    )
