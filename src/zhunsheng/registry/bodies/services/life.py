"""The life of bodies: renamed, moved, merged, split, closed. History follows; nothing of the past is moved or lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.models import (
    Accreditation,
    AccreditationPeriod,
    Body,
    BodyEvent,
    BodyName,
    EventKind,
    NameKind,
    PeriodState,
    ScopeLine,
)
from zhunsheng.registry.bodies.permissions import Can
from zhunsheng.registry.bodies.services.histories import update_all_recorded
from zhunsheng.registry.bodies.services.revisions import bump_scope


class LifeRefused(DomainError):
    """Something that can't happen to this body."""

    code = "life-refused"


@dataclass(frozen=True, slots=True)
class Act:
    """What every event needs: on which day, by which document, who enters it, when and why."""

    on: date
    document_no: str
    by: User | None
    at: datetime
    why: str


@transaction.atomic
def rename_body(
    *, body_id: int, name: str, on: date, document_no: str, by: User | None, at: datetime, why: str, name_en: str = ""
) -> BodyEvent:
    """Give a body a new name from a day on; the old one is kept as a former name and still finds it.

    Raises: Body.DoesNotExist, NotAllowed, LifeRefused, MissingReason.
    """
    act = Act(on, document_no, by, at, why)
    body = _living(body_id, act)
    plain = " ".join(name.split())
    if not normalise_name(plain):
        raise LifeRefused("The new name is missing.", field="name", remedy="Write the name as it is registered.")
    if plain == body.name:
        raise LifeRefused("The body has this name already.", field="name", remedy="Nothing is left to do.")
    _in_order(body, EventKind.RENAMED, act)
    before = body.name
    with recorded(by, why):
        _former(body, before, on - timedelta(days=1), at)
        body.name = plain
        body.name_en = name_en or body.name_en
        _save(body, at)
        return _event(body, EventKind.RENAMED, act, before=before, after=plain)


@transaction.atomic
def move_body(
    *,
    body_id: int,
    address: str,
    on: date,
    document_no: str,
    by: User | None,
    at: datetime,
    why: str,
    division: str | None = None,
) -> BodyEvent:
    """Give a body a new registered address, and with `division` (six digits) another place, from a day on.

    Raises: Body.DoesNotExist, NotAllowed, LifeRefused, MissingReason.
    """
    act = Act(on, document_no, by, at, why)
    body = _living(body_id, act)
    plain = " ".join(address.split())
    if not plain:
        raise LifeRefused("The new address is missing.", field="address", remedy="Write the address.")
    if division is not None and not Division.objects.filter(code=division).exists():
        raise LifeRefused("The division isn't known.", field="division", remedy="Use a six-digit code such as 440106.")
    _in_order(body, EventKind.MOVED, act)
    before = body.address
    with recorded(by, why):
        body.address = plain
        body.division_id = division or body.division_id
        _save(body, at)
        return _event(body, EventKind.MOVED, act, before=before, after=plain)


@transaction.atomic
def merge_bodies(
    *,
    body_ids: Sequence[int],
    into_id: int,
    on: date,
    document_no: str,
    by: User | None,
    at: datetime,
    why: str,
) -> list[BodyEvent]:
    """Merge one or several bodies into another from a day on.

    Each predecessor keeps its identifier, scope and reports; it ends the day before, its certificates are cancelled,
    its open scope lines end, and its name finds the successor as well.
    Raises: Body.DoesNotExist, NotAllowed, LifeRefused, MissingReason.
    """
    act = Act(on, document_no, by, at, why)
    if not body_ids or into_id in body_ids or len(set(body_ids)) != len(body_ids):
        raise LifeRefused(
            "A merger needs at least one other body, each once.", field="bodies", remedy="Choose the bodies again."
        )
    into = _living(into_id, act)
    with recorded(by, why):
        events = []
        for body_id in body_ids:
            body = _living(body_id, act)
            _end(body, act)
            _former(into, body.name, on - timedelta(days=1), at)
            events.append(_event(body, EventKind.MERGED, act, other=into))
        return events


@transaction.atomic
def split_body(
    *,
    body_id: int,
    into_ids: Sequence[int],
    on: date,
    document_no: str,
    by: User | None,
    at: datetime,
    why: str,
    close: bool = False,
) -> list[BodyEvent]:
    """Say that bodies of the register split off another on a day; with `close` that one ends the day before.

    The new bodies are entered first; scope goes to them by their own decisions, not by the split.
    Raises: Body.DoesNotExist, NotAllowed, LifeRefused, MissingReason.
    """
    act = Act(on, document_no, by, at, why)
    if not into_ids or body_id in into_ids or len(set(into_ids)) != len(into_ids):
        raise LifeRefused(
            "A split needs at least one other body, each once.", field="bodies", remedy="Choose the bodies again."
        )
    body = _living(body_id, act)
    with recorded(by, why):
        events = []
        for into_id in into_ids:
            new = _living(into_id, act)
            if new.valid_from is None:
                new.valid_from = on
                _save(new, at)
            events.append(_event(body, EventKind.SPLIT, act, other=new))
        if close:
            _end(body, act)
            events.append(_event(body, EventKind.CLOSED, act))
        return events


@transaction.atomic
def close_body(*, body_id: int, on: date, document_no: str, by: User | None, at: datetime, why: str) -> BodyEvent:
    """End a body from a day on: its certificates are cancelled and its open scope lines end the day before.

    Raises: Body.DoesNotExist, NotAllowed, LifeRefused, MissingReason.
    """
    act = Act(on, document_no, by, at, why)
    body = _living(body_id, act)
    with recorded(by, why):
        _end(body, act)
        return _event(body, EventKind.CLOSED, act)


def _living(body_id: int, act: Act) -> Body:
    """Return the locked body if it may be changed by this person and hasn't ended."""
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    if act.by is not None:
        permissions.require(act.by, Can.CHANGE_REGISTER, body, timezone.localdate(act.at))
    if body.valid_to is not None:
        raise LifeRefused(
            "%(name)s ended on %(day)s.",
            params={"name": body.name, "day": body.valid_to.isoformat()},
            field="body",
            remedy="Name its successor instead.",
        )
    if not act.document_no.strip():
        raise LifeRefused(
            "The document's number is missing.", field="document_no", remedy="Give the number of the decision."
        )
    if body.valid_from is not None and act.on < body.valid_from:
        raise LifeRefused("The day lies before the body began.", field="on", remedy="Check the date.")
    return body


def _in_order(body: Body, kind: EventKind, act: Act) -> None:
    """Refuse a day that lies ahead, or before a later event of the kind: the register holds one name and address."""
    if act.on > timezone.localdate(act.at):
        raise LifeRefused(
            "The day lies ahead, but the change would show at once.",
            field="on",
            remedy="Enter the change on the day when it takes effect, or later.",
        )
    later = BodyEvent.objects.filter(body=body, kind=kind, happened_on__gt=act.on).order_by("-happened_on").first()
    if later is not None:
        raise LifeRefused(
            "A later change of the same kind is registered for %(day)s.",
            params={"day": later.happened_on.isoformat()},
            field="on",
            remedy="Check the date; an earlier day would put the older entry in place of the newer one.",
        )


def _end(body: Body, act: Act) -> None:
    last = act.on - timedelta(days=1)
    body.valid_to = last
    _save(body, act.at)
    for certificate in Accreditation.objects.filter(body=body).filter(Q(valid_to=None) | Q(valid_to__gt=last)):
        if not certificate.periods.filter(state=PeriodState.CANCELLED, valid_from=act.on).exists():
            period = AccreditationPeriod(
                accreditation=certificate,
                state=PeriodState.CANCELLED,
                valid_from=act.on,
                reason=act.why.strip()[:300],
                decision_no=act.document_no.strip(),
            )
            _save(period, act.at)
    begun = ScopeLine.objects.filter(body=body).filter(Q(valid_from=None) | Q(valid_from__lte=last))
    update_all_recorded(begun.filter(Q(valid_to=None) | Q(valid_to__gt=last)), at=act.at, valid_to=last)
    bump_scope([body.pk])


def _former(body: Body, name: str, last: date, at: datetime) -> None:
    plain = normalise_name(name)[:200]
    held = BodyName.objects.filter(body=body, kind=NameKind.FORMER, normalised=plain).first()
    one = held or BodyName(body=body, kind=NameKind.FORMER)
    one.name, one.valid_to = name, last
    if one.valid_from is not None and one.valid_from > last:
        one.valid_from = None
    _save(one, at)


def _event(body: Body, kind: EventKind, act: Act, **values: Any) -> BodyEvent:
    event = BodyEvent(
        body=body,
        kind=kind,
        happened_on=act.on,
        document_no=act.document_no.strip(),
        reason=act.why.strip()[:300],
        **values,
    )
    _save(event, act.at)
    return event


def _save(record: Any, at: datetime) -> None:
    record._history_date = at
    record.save()
