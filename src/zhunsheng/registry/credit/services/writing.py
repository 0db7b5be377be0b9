"""What every writer of a credit file needs: body locked, texts demanded, grade marked as stale."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Max
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.credit import permissions
from zhunsheng.registry.credit.models import CreditEvent, Obligation, Scoring, Stale

Row = TypeVar("Row", CreditEvent, Obligation)


class NotRecordable(DomainError):
    """An event, obligation or grade that says too little or contradicts what is there."""

    code = "credit-refused"


def body_for(body_id: int, action: str, by: User | None, at: datetime) -> Body:
    """Return the body, locked. Raises: Body.DoesNotExist, NotAllowed."""
    body = lock_body(body_id)
    if by is not None:
        permissions.require(by, action, body, timezone.localdate(at))
    return body


def lock_body(body_id: int) -> Body:
    """Return the body, locked, so that two writers of one file, or one and a computing, follow each other.

    Raises: Body.DoesNotExist.
    """
    return Body.objects.select_for_update(of=("self",)).get(pk=body_id)


def locked_row(rows: type[Row], pk: int) -> Row:
    """Return an event or obligation, locked after its body: every writer takes them in this order.

    Raises: CreditEvent.DoesNotExist, Obligation.DoesNotExist.
    """
    lock_body(rows.objects.values_list("body_id", flat=True).get(pk=pk))
    return rows.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)


def moment_of(body_id: int, at: datetime) -> datetime:
    """Return when a change of a locked body's file happens: `at`, or later where others went first.

    Who asked at `at` may have waited for the lock. What they write then stands after the newest event, and after a
    computing of the grade that did not know it, so that computing again for that moment finds the same.
    """
    newest = CreditEvent.objects.filter(body_id=body_id).aggregate(newest=Max("recorded_at"))["newest"]
    moment = max(at, newest) if newest is not None else at
    computed = Scoring.objects.filter(body_id=body_id).aggregate(newest=Max("made_at"))["newest"]
    return computed + timedelta(microseconds=1) if computed is not None and moment < computed else moment


def demand(**texts: str) -> None:
    """Refuse an empty text by its field. Raises: NotRecordable."""
    for name, text in texts.items():
        if not text.strip():
            raise NotRecordable("This has to be filled in.", field=name, remedy="Fill it in.")


def mark_stale(body_id: int, at: datetime) -> None:
    """Let the worker compute this body's grade anew; many events of a day are computed once.

    The mark keeps its newest moment: a computing takes away those marks alone whose changes it has counted.
    """
    mark, made = Stale.objects.get_or_create(body_id=body_id, defaults={"since": at})
    if not made and mark.since < at:
        mark.since = at
        mark.save(update_fields=["since"])
