"""Write credit files: events, obligations and grades. Whoever learns something about a body writes it here."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.credit import law_book, permissions
from zhunsheng.registry.credit.models import CreditEvent, Grade, GradeLetter, Obligation, Origin
from zhunsheng.registry.credit.permissions import Can


class NotRecordable(DomainError):
    """An event, obligation or grade that says too little or contradicts what is there."""

    code = "credit-refused"


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
) -> CreditEvent:
    """Write an event into a body's credit file; the same kind, source and reference again changes nothing.

    Args:
        by: None for the system itself.
    Raises: Body.DoesNotExist, NotAllowed, UnknownKind, NotRecordable.
    """
    body = _body(body_id, Can.RECORD, by, at)
    entry = law_book.event(kind, on)
    _demand(source=source, reference=reference, words=words)
    if on > timezone.localdate(at):
        raise NotRecordable("The event lies in the future.", field="on", remedy="Enter the day on which it happened.")
    known = CreditEvent.objects.filter(body=body, kind=kind, source=source, reference=reference).first()
    if known is not None:
        return known
    with recorded(by, words):
        return CreditEvent.objects.create(
            body=body, kind=kind, law=law_book.named(law_book.events(), entry), on=on,
            source=source.strip(), reference=reference.strip(), words=words.strip(), evidence_sha256=evidence_sha256,
            recorded_by=by, recorded_at=at,
        )  # fmt: skip


@transaction.atomic
def withdraw(*, event_id: int, why: str, by: User, at: datetime) -> CreditEvent:
    """Withdraw an event that should not stand: it stays readable with the reason, and counts no more.

    Raises: CreditEvent.DoesNotExist, NotAllowed, NotRecordable.
    """
    event = CreditEvent.objects.select_for_update(of=("self",)).select_related("body").get(pk=event_id)
    permissions.require(by, Can.GRADE, event.body, timezone.localdate(at))
    _demand(why=why)
    if event.withdrawn_at is not None:
        raise NotRecordable("This event is withdrawn already.", field="why", remedy="Read why on the credit file.")
    event.withdrawn_at, event.withdrawn_why = at, why.strip()
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
    body = _body(body_id, Can.RECORD, by, at)
    entry = law_book.obligation(kind, timezone.localdate(at))
    _demand(reference=reference, words=words)
    known = Obligation.objects.filter(body=body, kind=kind, reference=reference).first()
    if known is not None:
        return known
    with recorded(by, words):
        return Obligation.objects.create(
            body=body, kind=kind, law=law_book.named(law_book.obligations(), entry),
            due_on=due_on, reference=reference.strip(), words=words.strip(), asked_by=by, asked_at=at,
        )  # fmt: skip


@transaction.atomic
def set_due_day(*, obligation_id: int, due_on: date, why: str, by: User | None, at: datetime) -> Obligation:
    """Give an open obligation its day, or another one. Raises: Obligation.DoesNotExist, NotAllowed, NotRecordable."""
    found = Obligation.objects.select_for_update(of=("self",)).select_related("body").get(pk=obligation_id)
    if by is not None:
        permissions.require(by, Can.RECORD, found.body, timezone.localdate(at))
    _demand(why=why)
    found.due_on = due_on
    with recorded(by, why):
        found.save(update_fields=["due_on"])
    return found


@transaction.atomic
def discharge(*, obligation_id: int, outcome: str, by: User | None, at: datetime) -> Obligation:
    """Say what became of an obligation, which ends it.

    Raises: Obligation.DoesNotExist, NotAllowed, NotRecordable.
    """
    found = Obligation.objects.select_for_update(of=("self",)).select_related("body").get(pk=obligation_id)
    if by is not None:
        permissions.require(by, Can.RECORD, found.body, timezone.localdate(at))
    _demand(outcome=outcome)
    if found.discharged_at is not None:
        raise NotRecordable("This obligation has ended already.", field="outcome", remedy="Read how on its page.")
    found.outcome, found.discharged_by, found.discharged_at = outcome.strip(), by, at
    with recorded(by, outcome):
        found.save(update_fields=["outcome", "discharged_by", "discharged_at"])
    return found


@transaction.atomic
def set_grade(
    *,
    body_id: int,
    grade: str,
    since: date,
    basis: str,
    reason: str,
    by: User | None,
    at: datetime,
    rule_version: str = "",
    origin: str = Origin.ENTERED,
) -> Grade:
    """Enter the grade of a body from a day on, with the document that gave it; the one before ends the day before.

    The grade is sealed in the log (`credit.grade`).
    Raises: Body.DoesNotExist, NotAllowed, NotRecordable.
    """
    body = _body(body_id, Can.GRADE, by, at)
    _demand(basis=basis, reason=reason)
    if grade not in GradeLetter.values:
        raise NotRecordable("A grade is A, B, C or D.", field="grade", remedy="Choose one of them.")
    before = Grade.objects.select_for_update().filter(body=body, until=None).first()
    if before is not None and since <= before.since:
        raise NotRecordable(
            "The grade %(grade)s holds from %(since)s already.",
            params={"grade": before.grade, "since": before.since.isoformat()},
            field="since",
            remedy="Enter a later day.",
        )
    with recorded(by, reason):
        if before is not None:
            before.until = since - timedelta(days=1)
            before.save(update_fields=["until"])
        made = Grade.objects.create(
            body=body, grade=grade, since=since, origin=origin, basis=basis.strip(), rule_version=rule_version.strip(),
            reason=reason.strip(), set_by=by, set_at=at,
        )  # fmt: skip
    ledger.append(kind="credit.grade", subject=sealed(made), body=body.slug, at=at)
    return made


def sealed(grade: Grade) -> str:
    """Return the SHA-256 of what the log seals of a grade, in hexadecimal."""
    return canonical_digest(
        {
            "body": grade.body.slug,
            "grade": grade.grade,
            "since": grade.since.isoformat(),
            "origin": grade.origin,
            "basis": grade.basis,
            "rule_version": grade.rule_version,
            "reason": grade.reason,
        }
    )


def _body(body_id: int, action: str, by: User | None, at: datetime) -> Body:
    """Return the body, locked, so that two writers of one file follow each other."""
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    if by is not None:
        permissions.require(by, action, body, timezone.localdate(at))
    return body


def _demand(**texts: str) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise NotRecordable("This has to be filled in.", field=name, remedy="Fill it in.")
