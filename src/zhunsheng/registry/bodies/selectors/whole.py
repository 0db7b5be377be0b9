"""Bodies with everything dated about them, for many at once in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from zhunsheng.registry.bodies.facts import (
    AccreditationFacts,
    BodyClaim,
    BodyFacts,
    CalibrationFacts,
    InstrumentFacts,
    KeyFacts,
    PeriodFacts,
    PersonFacts,
    SigningFacts,
    SiteFacts,
)
from zhunsheng.registry.bodies.models import (
    Accreditation,
    AccreditationPeriod,
    Body,
    BodyKey,
    Calibration,
    Instrument,
    Person,
    ScopeLine,
    Signatory,
    Site,
)

_Rows = Iterable[tuple[Any, ...]]


def facts_for(
    body_ids: Iterable[int],
    *,
    persons: Collection[str] | None = None,
    instruments: Collection[str] | None = None,
) -> dict[int, BodyFacts]:
    """Return the facts of many bodies by id: nine queries however many there are.

    Args:
        persons, instruments: read only people and instruments with these codes (of any body); None reads all.
    """
    ids = sorted(set(body_ids))
    if not ids:
        return {}
    parts: dict[str, Mapping[int, Any]] = {
        "accreditations": _accreditations(ids),
        "sites": _sites(ids),
        "persons": _persons(ids, persons),
        "instruments": _instruments(ids, instruments),
        "keys": _keys(ids),
    }
    has_scope = Exists(ScopeLine.objects.filter(body_id=OuterRef("pk")))
    rows: _Rows = Body.objects.filter(pk__in=ids).annotate(has_scope=has_scope).values_list(
        "pk", "slug", "uscc", "cma", "name", "name_en", "kind", "division_id", "organisation_id", "generated",
        "has_scope",
    )  # fmt: skip
    return {row[0]: BodyFacts(*row, **{name: found[row[0]] for name, found in parts.items()}) for row in rows}


def find_bodies(claims: Sequence[BodyClaim]) -> list[int | None]:
    """Return for each claim the body that it names, or None: two queries however many claims.

    The credit code decides, then the CMA number (also one of an earlier certificate), then register and number, then
    the slug given as `id`. A claim whose credit code and CMA number name different bodies names none.
    """
    wanted = ({one.uscc for one in claims} | {one.cma for one in claims} | {one.id for one in claims}) - {""}
    by: dict[tuple[str, str], int] = {}
    rows: _Rows = Body.objects.filter(
        Q(uscc__in=wanted) | Q(cma__in=wanted) | Q(register_id__in=wanted) | Q(slug__in=wanted)
    ).values_list("pk", "slug", "uscc", "cma", "register", "register_id")
    numbers = Accreditation.objects.filter(number__in=wanted).values_list("number", "body_id")
    by |= {("cma", number): body for number, body in numbers}
    for pk, slug, uscc, cma, register, register_id in rows:
        by |= {("slug", slug): pk, ("uscc", uscc): pk, ("cma", cma): pk, (register, register_id): pk}
    return [_claimed(one, by) for one in claims]


def _claimed(claim: BodyClaim, by: dict[tuple[str, str], int]) -> int | None:
    named = {by.get((kind, text)) for kind, text in (("uscc", claim.uscc), ("cma", claim.cma)) if text}
    if claim.register and claim.id:
        named.add(by.get((claim.register, claim.id)))
    elif claim.id:
        named.add(by.get(("slug", claim.id)))
    found = named - {None}
    return found.pop() if len(found) == 1 else None


def _accreditations(ids: list[int]) -> dict[int, tuple[AccreditationFacts, ...]]:
    periods = AccreditationPeriod.objects.filter(accreditation__body_id__in=ids).order_by("valid_from", "pk")
    course = _grouped(periods.values_list("accreditation_id", "state", "valid_from", "valid_to"), PeriodFacts)
    held: _Rows = Accreditation.objects.filter(body_id__in=ids).order_by("valid_from", "pk").values_list(
        "body_id", "number", "valid_from", "valid_to", "pk"
    )  # fmt: skip
    return _grouped([(*row[:4], course[row[4]]) for row in held], AccreditationFacts)


def _sites(ids: list[int]) -> dict[int, dict[str, SiteFacts]]:
    found: dict[int, dict[str, SiteFacts]] = defaultdict(dict)
    rows: _Rows = Site.objects.filter(body_id__in=ids).order_by("code").values_list(
        "body_id", "code", "name", "address", "valid_from", "valid_to"
    )  # fmt: skip
    for body, *row in rows:
        found[body][row[0]] = SiteFacts(*row)
    return found


def _persons(ids: list[int], codes: Collection[str] | None) -> dict[int, dict[str, PersonFacts]]:
    people = Person.objects.filter(body_id__in=ids)
    signings = Signatory.objects.filter(person__body_id__in=ids)
    if codes is not None:
        people, signings = people.filter(code__in=codes), signings.filter(person__code__in=codes)
    rows: _Rows = signings.order_by("valid_from", "pk").values_list("person_id", "field", "valid_from", "valid_to")
    fields = _grouped(rows, SigningFacts)
    found: dict[int, dict[str, PersonFacts]] = defaultdict(dict)
    named: _Rows = people.order_by("code").values_list("body_id", "pk", "code", "name", "valid_from", "valid_to")
    for body, pk, code, name, first, last in named:
        found[body][code] = PersonFacts(code, name, first, last, fields[pk])
    return found


def _instruments(ids: list[int], codes: Collection[str] | None) -> dict[int, dict[str, InstrumentFacts]]:
    owned = Instrument.objects.filter(body_id__in=ids)
    done = Calibration.objects.filter(instrument__body_id__in=ids)
    if codes is not None:
        owned, done = owned.filter(code__in=codes), done.filter(instrument__code__in=codes)
    rows = done.order_by("calibrated_on", "pk").values_list(
        "instrument_id", "certificate_no", "calibrated_on", "due_on", "result"
    )
    calibrations = _grouped(rows, CalibrationFacts)
    found: dict[int, dict[str, InstrumentFacts]] = defaultdict(dict)
    for body, pk, code, name, site in owned.values_list("body_id", "pk", "code", "name", "site__code"):
        found[body][code] = InstrumentFacts(code, name, site or "", calibrations[pk])
    return found


def _keys(ids: list[int]) -> dict[int, dict[str, KeyFacts]]:
    found: dict[int, dict[str, KeyFacts]] = defaultdict(dict)
    rows: _Rows = BodyKey.objects.filter(body_id__in=ids).order_by("valid_from").values_list(
        "body_id", "key_id", "algorithm", "public_key", "valid_from", "valid_to", "revoked_at"
    )  # fmt: skip
    for body, *row in rows:
        found[body][row[0]] = KeyFacts(*row)
    return found


def _grouped(rows: Iterable[Sequence[Any]], make: Any) -> dict[int, tuple[Any, ...]]:
    """Return the rows as values of `make`, by their first column."""
    lists: dict[int, list[Any]] = defaultdict(list)
    for owner, *row in rows:
        lists[owner].append(make(*row))
    found: dict[int, tuple[Any, ...]] = defaultdict(tuple)
    found |= {owner: tuple(values) for owner, values in lists.items()}
    return found
