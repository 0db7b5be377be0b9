"""Write practitioners' integrity files: what was decided about a person of a body, or an expert."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Expert, Person
from zhunsheng.registry.credit import law_book, permissions
from zhunsheng.registry.credit.models import PersonEvent
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.services.writing import NotRecordable, demand


@transaction.atomic
def record_person_event(
    *,
    person_id: int | None = None,
    expert_id: int | None = None,
    kind: str,
    on: date,
    source: str,
    reference: str,
    words: str,
    by: User | None,
    at: datetime,
) -> PersonEvent:
    """Write an event into a practitioner's file; the same kind and reference again changes nothing.

    Raises: Person.DoesNotExist, Expert.DoesNotExist, NotAllowed, UnknownKind, NotRecordable, ValueError.
    """
    if (person_id is None) == (expert_id is None):
        raise ValueError("an event is about one person of a body, or one expert")
    who = {"person_id": person_id, "expert_id": expert_id}
    place = permissions.place_of_practitioner(_locked(person_id, expert_id))
    if by is not None:
        permissions.require_place(by, Can.RECORD_PERSONS, place, timezone.localdate(at))
    entry = law_book.person_event(kind, on)
    demand(source=source, reference=reference, words=words)
    if on > timezone.localdate(at):
        raise NotRecordable("The event lies in the future.", field="on", remedy="Enter the day on which it happened.")
    known = PersonEvent.objects.filter(**who, kind=kind, reference=reference.strip()).first()
    if known is not None:
        return known
    with recorded(by, words):
        return PersonEvent.objects.create(
            **who, kind=kind, law=law_book.named(law_book.person_events(), entry), on=on, source=source.strip(),
            reference=reference.strip(), words=words.strip(), recorded_by=by, recorded_at=at,
        )  # fmt: skip


@transaction.atomic
def withdraw_person_event(*, event_id: int, why: str, by: User, at: datetime) -> PersonEvent:
    """Withdraw an event that should not stand; it stays readable with the reason.

    Raises: PersonEvent.DoesNotExist, NotAllowed, NotRecordable.
    """
    rows = PersonEvent.objects.select_for_update(of=("self",)).select_related("person__body", "expert")
    event = rows.get(pk=event_id)
    place = permissions.place_of_practitioner(event.person or event.expert)
    permissions.require_place(by, Can.RECORD_PERSONS, place, timezone.localdate(at))
    demand(why=why)
    if event.withdrawn_at is not None:
        raise NotRecordable("This event is withdrawn already.", field="why", remedy="Read why on the credit file.")
    event.withdrawn_at, event.withdrawn_why = at, why.strip()
    with recorded(by, why):
        event.save(update_fields=["withdrawn_at", "withdrawn_why"])
    return event


def _locked(person_id: int | None, expert_id: int | None) -> Person | Expert:
    if expert_id is not None:
        return Expert.objects.select_for_update(of=("self",)).get(pk=expert_id)
    return Person.objects.select_for_update(of=("self",)).select_related("body").get(pk=person_id or 0)
