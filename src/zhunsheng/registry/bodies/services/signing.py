"""Who may sign what, as a capability schedule grants it, written to the register."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.models import Person, Signatory
from zhunsheng.registry.bodies.services.histories import delete_all_recorded
from zhunsheng.registry.catalogue.importing.writing import Values, upsert


@dataclass(frozen=True, slots=True)
class Granted:
    """A right to sign: `person_id` is None for a person whom the register lacks."""

    person_id: int | None
    name: str
    title: str
    field: str
    remark: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one right: the register's row, whether it was made now, or that it has ended and stays so."""

    signatory_id: int | None
    made: bool = False
    ended: bool = False


@transaction.atomic
def write_signatories(
    *, body_id: int, rights: Sequence[Granted], first: date | None, last: date | None, by: User | None, at: datetime,
    why: str,
) -> list[Signed]:  # fmt: skip
    """Enter rights to sign between two days, with persons whom the register lacks; return what became of each.

    A right that the person holds stays as it is; one that ended since the first day isn't brought back. The same twice
    changes nothing. Raises: NotAllowed, MissingReason.
    """
    today = timezone.localdate(at)
    permissions.require_register(by, today)
    with recorded(by, why):
        people = _people(body_id, rights, first, at)
        held = {
            (person, normalise_name(field), begun): (pk, until)
            for pk, person, field, begun, until in Signatory.objects.filter(person__body_id=body_id).values_list(
                "pk", "person_id", "field", "valid_from", "valid_to"
            )
        }
        living, over = _course(held, first, today)
        fresh: dict[_Key, Values] = {}
        for one, person in zip(rights, people, strict=True):
            key = (person, normalise_name(one.field))
            if key not in living and key not in over:
                fresh.setdefault(key, {"person_id": person, "field": one.field, "remark": one.remark,
                                       "valid_from": first, "valid_to": last})  # fmt: skip
        upsert(Signatory, list(fresh.values()), ("person_id", "field", "valid_from"), at=at)
        made = {
            (person, normalise_name(field)): pk
            for pk, person, field in Signatory.objects.filter(
                person_id__in={key[0] for key in fresh}, valid_from=first
            ).values_list("pk", "person_id", "field")
        }
    return [
        _became((person, normalise_name(one.field)), made, living) for one, person in zip(rights, people, strict=True)
    ]


@transaction.atomic
def strike_signatories(*, signatory_ids: Sequence[int], by: User | None, at: datetime, why: str) -> int:
    """Delete rights to sign that were entered by mistake and never held; what was known before stays known.

    Raises: NotAllowed, MissingReason.
    """
    permissions.require_register(by, timezone.localdate(at))
    with recorded(by, why):
        return delete_all_recorded(Signatory.objects.filter(pk__in=list(signatory_ids)), at=at)


_Key = tuple[int, str]


def _became(key: _Key, made: dict[_Key, int], living: dict[_Key, int]) -> Signed:
    if key in made:
        return Signed(made[key], made=True)
    return Signed(living[key]) if key in living else Signed(None, ended=True)


def _course(
    held: dict[tuple[int, str, date | None], tuple[int, date | None]], first: date | None, today: date
) -> tuple[dict[_Key, int], set[_Key]]:
    """Return the rights that hold or will, and those that ended since the first day."""
    living: dict[_Key, int] = {}
    over: set[_Key] = set()
    for (person, field, _begun), (pk, until) in held.items():
        if until is None or until >= today:
            living[person, field] = pk
        elif first is None or until >= first:
            over.add((person, field))
    return living, over - living.keys()


def _people(body_id: int, rights: Sequence[Granted], first: date | None, at: datetime) -> list[int]:
    """Return the person of each right, made where the register lacks one."""
    lacking = {
        _code(one.name): {"body_id": body_id, "code": _code(one.name), "name": one.name, "title": one.title}
        for one in rights
        if one.person_id is None
    }
    known = set(Person.objects.filter(body_id=body_id, code__in=lacking).values_list("code", flat=True))
    fresh = [row | {"valid_from": first} for code, row in lacking.items() if code not in known]
    upsert(Person, fresh, ("body_id", "code"), at=at)
    ids = dict(Person.objects.filter(body_id=body_id, code__in=lacking).values_list("code", "pk"))
    return [ids[_code(one.name)] if one.person_id is None else one.person_id for one in rights]


def _code(name: str) -> str:
    """Return the staff code of a person of whom a schedule gives no more than the name: the same for the same name."""
    plain = normalise_name(name).replace(" ", "")
    return "FB-" + hashlib.sha256(plain.encode()).hexdigest()[:8].upper()
