"""Reads of practitioners' integrity files, for those with the right alone."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from zhunsheng.platform.accounts import policy
from zhunsheng.registry.bodies.models import Expert, Person
from zhunsheng.registry.credit.models import PersonAccount, PersonEvent
from zhunsheng.registry.credit.permissions import AnyUser, Can


def person_events_visible_to(user: AnyUser, on: date) -> QuerySet[PersonEvent]:
    """Return the integrity events in sight, newest first."""
    reach = policy.reach_of(user, Can.SEE_PERSONS, on)
    of_bodies = reach.as_q(division="person__body__division_id", organisation=None)
    of_register = reach.as_q(division="expert__division_id", organisation=None)
    seen = PersonEvent.objects.filter((Q(expert=None) & of_bodies) | (Q(person=None) & of_register))
    return seen.select_related("person__body", "expert").order_by("-on", "-pk")


def events_of_practitioner(who: Person | Expert, user: AnyUser, on: date) -> QuerySet[PersonEvent]:
    """Return the integrity events of a practitioner that are in sight, newest first.

    A person who works for several bodies is found by the blind index of their number, without reading it.
    """
    return person_events_visible_to(user, on).filter(_of(who))


def account_of(person: Person) -> PersonAccount | None:
    """Return the account with which a person of a body signs in, None where nobody linked one to this person."""
    held = PersonAccount.objects.filter(person=person, ended_at=None).select_related("user").first()
    return held if held is not None and _still(held, person) else None


def own_file(user: AnyUser) -> tuple[Person | Expert | None, QuerySet[PersonEvent]]:
    """Return the entry of a register that an account stands for, and what was recorded about that person.

    Whoever data are about may read them (Personal Information Protection Law, Art. 45).
    """
    if user is None or not user.pk:
        return None, PersonEvent.objects.none()
    links = PersonAccount.objects.filter(user_id=user.pk, ended_at=None).select_related("person__body")
    persons = [one.person for one in links.order_by("-linked_at") if _still(one, one.person)]
    found: list[Person | Expert] = [*Expert.objects.filter(user_id=user.pk), *persons]
    if not found:
        return None, PersonEvent.objects.none()
    rows = PersonEvent.objects.filter(reduce(or_, map(_of, found))).select_related("person__body", "expert")
    return found[0], rows.order_by("-on", "-pk")


def _still(held: PersonAccount, person: Person) -> bool:
    """Tell whether the register means the same person by this entry as when the account was linked."""
    return (held.name, held.number_index) == (person.name, person.number_index)


def _of(who: Person | Expert) -> Q:
    mine = Q(expert=who) if isinstance(who, Expert) else Q(person=who)
    if who.number_index:
        mine |= Q(person__number_index=who.number_index) | Q(expert__number_index=who.number_index)
    return mine
