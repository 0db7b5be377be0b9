"""Write credit files: events and obligations. Whoever learns something about a body writes it here."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.credit import law_book, permissions
from zhunsheng.registry.credit.models import CreditEvent, Obligation
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.services.writing import (
    NotRecordable,
    body_for,
    demand,
    locked_row,
    mark_stale,
    moment_of,
)


@transaction.atomic
def record(
    *,
    body_id: int,
    kind: str,
    on: date,
    source: str,
    reference: str,
    words: str,
    by: User | None,
    at: datetime,
    evidence_sha256: str = "",
    decided_by: User | None = None,
) -> CreditEvent:
    """Write an event into a body's credit file; the same kind, source and reference again changes nothing.

    Args:
        by: None for the system itself.
        decided_by: who took the decision from which the event follows; they don't decide about it here.
    Raises: Body.DoesNotExist, NotAllowed, UnknownKind, NotRecordable.
    """
    body = body_for(body_id, Can.RECORD, by, at)
    entry = law_book.event(kind, on)
    demand(source=source, reference=reference, words=words)
    source, reference = source.strip(), reference.strip()
    if on > timezone.localdate(at):
        raise NotRecordable("The event lies in the future.", field="on", remedy="Enter the day on which it happened.")
    known = CreditEvent.objects.filter(body=body, kind=kind, source=source, reference=reference).first()
    if known is not None:
        return known
    moment = moment_of(body.pk, at)
    mark_stale(body.pk, moment)
    with recorded(by, words):
        return CreditEvent.objects.create(
            body=body, kind=kind, law=law_book.named(law_book.events(), entry), on=on,
            source=source, reference=reference, words=words.strip(), evidence_sha256=evidence_sha256,
            recorded_by=by, recorded_at=moment, decided_by=decided_by,
        )  # fmt: skip


@transaction.atomic
def withdraw(*, event_id: int, why: str, by: User | None, at: datetime) -> CreditEvent:
    """Withdraw an event that should not stand: it stays readable with the reason, and counts no more.

    Args:
        by: None for the system itself, when the decision behind the event fell.
    Raises: CreditEvent.DoesNotExist, NotAllowed, NotRecordable.
    """
    event = locked_row(CreditEvent, event_id)
    if by is not None:
        permissions.require(by, Can.GRADE, event.body, timezone.localdate(at))
    demand(why=why)
    if by is not None and event.decided_by_id is not None:
        raise NotRecordable(
            "This event follows from a decision.", field="why",
            remedy="It ends when that decision falls, or when an objection of the body is upheld.",
        )  # fmt: skip
    if event.withdrawn_at is not None:
        raise NotRecordable("This event is withdrawn already.", field="why", remedy="Read why on the credit file.")
    event.withdrawn_at, event.withdrawn_why = moment_of(event.body_id, at), why.strip()
    mark_stale(event.body_id, event.withdrawn_at)
    with recorded(by, why):
        event.save(update_fields=["withdrawn_at", "withdrawn_why"])
    return event


@transaction.atomic
def oblige(
    *, body_id: int, kind: str, due_on: date | None, reference: str, words: str, by: User | None, at: datetime
) -> Obligation:
    """Ask a body to have something verified, mend or show it by a day; the same reference again changes nothing.

    Raises: Body.DoesNotExist, NotAllowed, UnknownKind, NotRecordable.
    """
    body = body_for(body_id, Can.RECORD, by, at)
    entry = law_book.obligation(kind, timezone.localdate(at))
    demand(reference=reference, words=words)
    reference = reference.strip()
    known = Obligation.objects.filter(body=body, kind=kind, reference=reference).first()
    if known is not None:
        return known
    moment = moment_of(body.pk, at)
    mark_stale(body.pk, moment)
    with recorded(by, words):
        return Obligation.objects.create(
            body=body, kind=kind, law=law_book.named(law_book.obligations(), entry),
            due_on=due_on, reference=reference, words=words.strip(), asked_by=by, asked_at=moment,
        )  # fmt: skip


@transaction.atomic
def set_due_day(*, obligation_id: int, due_on: date, why: str, by: User | None, at: datetime) -> Obligation:
    """Give an open obligation its day, or another one. Raises: Obligation.DoesNotExist, NotAllowed, NotRecordable."""
    found = locked_row(Obligation, obligation_id)
    if by is not None:
        permissions.require(by, Can.RECORD, found.body, timezone.localdate(at))
    demand(why=why)
    found.due_on = due_on
    mark_stale(found.body_id, at)
    with recorded(by, why):
        found.save(update_fields=["due_on"])
    return found


@transaction.atomic
def discharge(*, obligation_id: int, outcome: str, by: User | None, at: datetime) -> Obligation:
    """Say what became of an obligation, which ends it.

    Raises: Obligation.DoesNotExist, NotAllowed, NotRecordable.
    """
    found = locked_row(Obligation, obligation_id)
    if by is not None:
        permissions.require(by, Can.RECORD, found.body, timezone.localdate(at))
    demand(outcome=outcome)
    if found.discharged_at is not None:
        raise NotRecordable("This obligation has ended already.", field="outcome", remedy="Read how on its page.")
    moment = moment_of(found.body_id, at)
    mark_stale(found.body_id, moment)
    found.outcome, found.discharged_by, found.discharged_at = outcome.strip(), by, moment
    with recorded(by, outcome):
        found.save(update_fields=["outcome", "discharged_by", "discharged_at"])
    return found
