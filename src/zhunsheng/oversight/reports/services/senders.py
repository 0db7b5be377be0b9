"""Whose report this is: the bodies and keys that a chunk of reports names, and whether the sender speaks for them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec import UnsetType

from zhunsheng.oversight.reports.checks.register import bodies_named, kept_for
from zhunsheng.oversight.reports.format.structs import Body as StatedBody
from zhunsheng.oversight.reports.services.refusals import Refusal
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.platform.database.prepared import Prepared, many
from zhunsheng.registry.bodies.facts import BodyClaim
from zhunsheng.registry.bodies.models import Body, BodyKey


@dataclass(frozen=True, slots=True)
class Key:
    """A body's public key as the register holds it."""

    key_id: str
    algorithm: str
    public_key: str
    valid_from: datetime
    valid_to: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownBody:
    """What intake needs to know of a body."""

    id: int
    slug: str
    name: str
    place: Place
    generated: bool
    keys: Mapping[str, Key]


class BodyIndex:
    """The bodies that a chunk of reports names, found by any of their identifiers in a constant number of queries."""

    def __init__(self, stated: Iterable[StatedBody]) -> None:
        named = list(dict.fromkeys(map(_identifiers, stated)))
        claims = [BodyClaim(*(name or "" for name in names)) for names in named]
        found = bodies_named(claims, kept_for(len(claims)))
        bodies = _bodies(set(found.values()))
        self._bodies = {names: bodies.get(found.get(claim, 0)) for names, claim in zip(named, claims, strict=True)}

    @property
    def ids(self) -> frozenset[int]:
        """The bodies found."""
        return frozenset(body.id for body in self._bodies.values() if body is not None)

    def of(self, stated: StatedBody) -> KnownBody:
        """Return the body that a report names. Raises: Refusal when unknown or when its identifiers disagree."""
        body = self._bodies[_identifiers(stated)]
        if body is None:
            raise Refusal("unknown-body", "body", body=stated.slug)
        return body


def _identifiers(stated: StatedBody) -> tuple[str | UnsetType, ...]:
    return stated.uscc, stated.cma, stated.register, stated.id


def _bodies(ids: Collection[int]) -> dict[int, KnownBody]:
    if not ids:
        return {}
    bodies: dict[int, KnownBody] = {}
    keys: dict[int, dict[str, Key]] = {}
    for pk, slug, name, division, organisation, generated, *key in _BODIES.rows(ids=ids):
        held = keys.setdefault(pk, {})
        if pk not in bodies:
            bodies[pk] = KnownBody(pk, slug, name, Place(division, organisation), generated, held)
        if key[0] is not None:
            held[key[0]] = Key(*key)
    return bodies


_BODIES: Final = Prepared(
    lambda: Body.objects.filter(pk__in=many("ids", "number")).values_list(
        *("pk", "slug", "name", "division_id", "organisation_id", "generated"),
        *(f"keys__{name}" for name in ("key_id", "algorithm", "public_key", "valid_from", "valid_to", "revoked_at")),
    )
)
"""Bodies with their keys, a row for each key: read anew for every chunk, so that a revoked key counts at once."""


def body_of_key(key_id: str) -> KnownBody:
    """Return the body that a key belongs to. Raises: Refusal for an unknown key."""
    owner = BodyKey.objects.filter(key_id=key_id).values_list("body_id", flat=True).first()
    if owner is None:
        raise Refusal("unknown-key", "proof.key", body="—", key=key_id)
    return _bodies([owner])[owner]
