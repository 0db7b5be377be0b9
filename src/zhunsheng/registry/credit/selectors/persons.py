"""Reads of practitioners' integrity files, for those with the right alone."""

from datetime import date

from django.db.models import Q, QuerySet

from zhunsheng.platform.accounts import policy
from zhunsheng.registry.bodies.models import Expert, Person
from zhunsheng.registry.credit.models import PersonEvent
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


def own_file(user: AnyUser) -> tuple[Expert | None, QuerySet[PersonEvent]]:
    """Return the entry of the register that an account stands for, and what was recorded about that person.

    Whoever data are about may read them (Personal Information Protection Law, Art. 45).
    """
    who = Expert.objects.filter(user_id=user.pk).first() if user is not None and user.pk else None
    if who is None:
        return None, PersonEvent.objects.none()
    rows = PersonEvent.objects.filter(_of(who)).select_related("person__body", "expert")
    return who, rows.order_by("-on", "-pk")


def _of(who: Person | Expert) -> Q:
    mine = Q(expert=who) if isinstance(who, Expert) else Q(person=who)
    if who.number_index:
        mine |= Q(person__number_index=who.number_index) | Q(expert__number_index=who.number_index)
    return mine
