"""What held about a body on a day, as known now or as known at an earlier moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from zhunsheng.registry.bodies.models import (
    Accreditation,
    AccreditationPeriod,
    Body,
    Calibration,
    Instrument,
    Person,
    ReferenceMaterial,
    ScopeLine,
    Signatory,
    Site,
)
from zhunsheng.registry.bodies.rules.standing import BEST_FIRST, standing_since, status_on
from zhunsheng.registry.bodies.selectors.life import Life, life_of
from zhunsheng.registry.bodies.selectors.versions import held_on, rows_known


@dataclass(frozen=True, slots=True)
class BodyAsOf:
    """A body on a day. `standing` is not_yet, active, suspended, cancelled, revoked, expired or none.

    `body` is None when the register did not know the body at that moment, and a history row of earlier knowledge.
    """

    body: Body | None
    on: date
    known_at: datetime | None
    standing: str
    accreditations: Sequence[Accreditation]
    sites: Sequence[Site]
    life: Life
    scope: QuerySet[ScopeLine]


def body_as_of(body: Body, on: date, *, known_at: datetime | None = None) -> BodyAsOf:
    """Return what held about a body on a day (`valid_to` is the last day that counts), in a constant number of queries.

    Args:
        known_at: answer with what the register said at that moment, before later corrections; None is now.
    """
    certificates = [one for one in _certificates(body, known_at) if status_on(one, on) != "not_yet"]
    held = {status_on(one, on) for one in certificates}
    return BodyAsOf(
        body=body if known_at is None else rows_known(Body, known_at, as_records=False).filter(id=body.pk).first(),
        on=on,
        known_at=known_at,
        standing=next((status for status in BEST_FIRST if status in held), "none"),
        accreditations=certificates,
        sites=list(_of(body, Site, known_at).filter(held_on(on)).order_by("code")),
        life=life_of(body, on, known_at=known_at),
        scope=scope_on(body, on, known_at=known_at),
    )


def scope_on(body: Body, on: date, *, known_at: datetime | None = None) -> QuerySet[ScopeLine]:
    """Return the scope lines of a body that held on a day, in the order of the schedule.

    A line counts for its own dates whatever the certificate's standing: how that stood is told beside it.
    """
    lines: QuerySet[ScopeLine] = rows_known(ScopeLine, known_at, as_records=False).filter(body_id=body.pk)
    found = lines.filter(held_on(on)).select_related("site")
    return found.order_by("domain", "category", "object_text", "parameter_text", "id")


def lines_to_end(body: Body, words: str, *, open_on: date | None = None) -> QuerySet[ScopeLine]:
    """Return the lines of a body with these words, in the order of the schedule; of a day, those not ended by then."""
    lines = ScopeLine.objects.filter(body_id=body.pk)
    if open_on is not None:
        lines = lines.filter(Q(valid_to=None) | Q(valid_to__gte=open_on))
    found = search_scope(lines.select_related("site"), words)
    return found.order_by("domain", "category", "object_text", "parameter_text", "id")


def certificates_with_standing(held: BodyAsOf) -> list[tuple[Accreditation, str, date | None]]:
    """Return the certificates with how each stood on the day and since when (None: since its first day)."""
    return [(one, status_on(one, held.on), standing_since(one, held.on)) for one in held.accreditations]


def certificate_in_force(held: BodyAsOf) -> Accreditation | None:
    """Return the certificate that was active on the day, or None."""
    return next((one for one, status, _since in certificates_with_standing(held) if status == "active"), None)


def signatories_on(body: Body, on: date, *, known_at: datetime | None = None) -> list[Signatory]:
    """Return the rights to sign that people of a body held on a day: two queries."""
    people = {one.pk: one for one in _of(body, Person, known_at).filter(held_on(on))}
    signing = rows_known(Signatory, known_at).filter(held_on(on), person_id__in=people)
    found = list(signing.order_by("field", "id"))
    for one in found:
        one.person = people[one.person_id]
    return found


def instruments_on(
    body: Body, on: date, *, known_at: datetime | None = None
) -> list[tuple[Instrument, Calibration | None, str]]:
    """Return a body's instruments with the calibration that matters on a day and how it stands: three queries.

    The standing is calibrated, unfit, limited, overdue or never.
    """
    owned = list(_of(body, Instrument, known_at).filter(held_on(on)).order_by("code"))
    done = rows_known(Calibration, known_at).filter(calibrated_on__lte=on, instrument_id__in=[one.pk for one in owned])
    latest = {one.instrument_id: one for one in done.order_by("calibrated_on", "id")}
    sites = {one.pk: one for one in _of(body, Site, known_at)}
    for one in owned:
        one.site = sites.get(one.site_id)
    return [(one, latest.get(one.pk), _calibrated(latest.get(one.pk), on)) for one in owned]


def reference_materials_on(body: Body, on: date, *, known_at: datetime | None = None) -> list[ReferenceMaterial]:
    """Return the reference materials that a body had begun to hold by a day, the soonest to expire first."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return list(_of(body, ReferenceMaterial, known_at).filter(begun).order_by("valid_to", "crm_no", "lot"))


def _calibrated(latest: Calibration | None, on: date) -> str:
    if latest is None:
        return "never"
    if latest.due_on is not None and latest.due_on < on:
        return "overdue"
    return {"pass": "calibrated", "limited": "limited", "fail": "unfit"}[latest.result]


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


def _certificates(body: Body, known_at: datetime | None) -> list[Accreditation]:
    if known_at is None:
        return _present_certificates(body)
    found = list(_of(body, Accreditation, known_at).order_by("-valid_from"))
    course: dict[int, list[AccreditationPeriod]] = defaultdict(list)
    periods = rows_known(AccreditationPeriod, known_at).filter(accreditation_id__in=[one.pk for one in found])
    for period in periods.order_by("valid_from", "id"):
        course[period.accreditation_id].append(period)
    for one in found:
        one.course = course[one.pk]
    return found


def _present_certificates(body: Body) -> list[Accreditation]:
    """Return a body's certificates with their periods as they stand now, in one query."""
    own = [one.attname for one in Accreditation._meta.concrete_fields]
    theirs = [one.attname for one in AccreditationPeriod._meta.concrete_fields]
    rows = Accreditation.objects.filter(body_id=body.pk).order_by(
        "-valid_from", "id", "periods__valid_from", "periods__id"
    )
    found: dict[int, Accreditation] = {}
    course: dict[int, list[AccreditationPeriod]] = defaultdict(list)
    for row in rows.values_list(*own, *(f"periods__{name}" for name in theirs)):
        one = Accreditation.from_db(rows.db, own, row[: len(own)])
        found.setdefault(one.pk, one)
        period = AccreditationPeriod.from_db(rows.db, theirs, row[len(own) :])
        if period.pk is not None:
            course[one.pk].append(period)
    for key, one in found.items():
        one.course = course[key]
    return list(found.values())


def _of(body: Body, model: Any, known_at: datetime | None) -> QuerySet[Any]:
    return rows_known(model, known_at).filter(body_id=body.pk)
