"""What held about a body on a day, as known now or as known at an earlier moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet

from zhunsheng.registry.bodies.models import (
    Accreditation,
    Body,
    Calibration,
    Instrument,
    Person,
    ScopeLine,
    Signatory,
    Site,
)
from zhunsheng.registry.bodies.rules.standing import BEST_FIRST, status_on


@dataclass(frozen=True, slots=True)
class BodyAsOf:
    """A body on a day. `standing` is not_yet, active, suspended, cancelled, revoked, expired or none."""

    body: Body
    on: date
    known_at: datetime | None
    standing: str
    accreditations: Sequence[Accreditation]
    sites: Sequence[Site]
    signatories: Sequence[Signatory]
    scope: QuerySet[ScopeLine]


def body_as_of(body: Body, on: date, *, known_at: datetime | None = None) -> BodyAsOf:
    """Return what held about a body on a day (`valid_to` is the last day that counts), in four queries.

    Args:
        known_at: answer with what the register said at that moment, before later corrections; None is now.
    """
    certificates = [
        one
        for one in _rows(Accreditation, known_at).filter(body_id=body.pk).order_by("-valid_from")
        if status_on(one, on) != "not_yet"
    ]
    held = {status_on(one, on) for one in certificates}
    return BodyAsOf(
        body=body if known_at is None else _rows(Body, known_at).filter(pk=body.pk).first() or body,
        on=on,
        known_at=known_at,
        standing=next((status for status in BEST_FIRST if status in held), "none"),
        accreditations=certificates,
        sites=list(_rows(Site, known_at).filter(_held_on(on), body_id=body.pk).order_by("code")),
        signatories=_signatories(body, on, known_at),
        scope=scope_on(body, on, known_at=known_at),
    )


def scope_on(body: Body, on: date, *, known_at: datetime | None = None) -> QuerySet[ScopeLine]:
    """Return the scope lines of a body that held on a day, in the order of the schedule.

    A line counts for its own dates whatever the certificate's standing: how that stood is told beside it.
    """
    found: QuerySet[ScopeLine] = _rows(ScopeLine, known_at).filter(_held_on(on), body_id=body.pk)
    return found.order_by("domain", "category", "object_text", "parameter_text", "id")


def certificates_with_standing(held: BodyAsOf) -> list[tuple[Accreditation, str]]:
    """Return the certificates with how each stood on the day, the newest first."""
    return [(one, status_on(one, held.on)) for one in held.accreditations]


def certificate_in_force(held: BodyAsOf) -> Accreditation | None:
    """Return the certificate that was active on the day, or None."""
    return next((one for one, status in certificates_with_standing(held) if status == "active"), None)


def instruments_on(body: Body, on: date) -> list[tuple[Instrument, Calibration | None, str]]:
    """Return a body's instruments with the calibration that matters on a day and how it stands: two queries.

    The standing is calibrated, unfit, limited, overdue or never.
    """
    done = Calibration.objects.filter(calibrated_on__lte=on).order_by("calibrated_on", "pk")
    owned = Instrument.objects.filter(body_id=body.pk).select_related("site").order_by("code")
    return [_calibrated(one, on) for one in owned.prefetch_related(Prefetch("calibrations", done, to_attr="done"))]


def _calibrated(one: Any, on: date) -> tuple[Instrument, Calibration | None, str]:
    latest: Calibration | None = one.done[-1] if one.done else None
    if latest is None:
        return one, None, "never"
    if latest.due_on is not None and latest.due_on < on:
        return one, latest, "overdue"
    return one, latest, {"pass": "calibrated", "limited": "limited", "fail": "unfit"}[latest.result]


def search_scope(lines: QuerySet[ScopeLine], words: str) -> QuerySet[ScopeLine]:
    """Return the scope lines that have every word in object, parameter, method, domain or category."""
    for word in words.split()[:8]:
        lines = lines.filter(
            Q(object_text__icontains=word)
            | Q(parameter_text__icontains=word)
            | Q(method_text__icontains=word)
            | Q(domain__icontains=word)
            | Q(category__icontains=word)
        )
    return lines


def _signatories(body: Body, on: date, known_at: datetime | None) -> list[Signatory]:
    people = {one.pk: one for one in _rows(Person, known_at).filter(_held_on(on), body_id=body.pk)}
    found = list(_rows(Signatory, known_at).filter(_held_on(on), person_id__in=people).order_by("field", "id"))
    for one in found:
        one.person = people[one.person_id]
    return found


def _held_on(on: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gte=on))


def _rows(model: type[Model], known_at: datetime | None) -> QuerySet[Any]:
    """Return the rows of a model, or the versions of them that were current at a moment."""
    if known_at is None:
        return model._default_manager.all()
    history: Any = model.history  # type: ignore[attr-defined]  # simple-history adds it
    versions: QuerySet[Any] = history.as_of(known_at)
    return versions
