"""Whose report this is: the bodies and keys that a chunk of reports names, and whether the sender speaks for them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec import UnsetType

from zhunsheng.oversight.reports.format.structs import Body as StatedBody
from zhunsheng.oversight.reports.services.refusals import Refusal
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.registry.bodies.facts import BodyClaim
from zhunsheng.registry.bodies.models import Body, BodyKey
from zhunsheng.registry.bodies.selectors import find_bodies


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
        found = find_bodies([BodyClaim(*(name or "" for name in names)) for names in named]) if named else []
        bodies = _bodies({body for body in found if body is not None})
        self._bodies = {names: bodies.get(body or 0) for names, body in zip(named, found, strict=True)}

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
    keys = _keys_of(ids)
    columns = ("pk", "slug", "name", "division_id", "organisation_id", "generated")
    return {
        pk: KnownBody(pk, slug, name, Place(division, organisation), generated, keys.get(pk, {}))
        for pk, slug, name, division, organisation, generated in Body.objects.filter(pk__in=ids).values_list(*columns)
    }


def _keys_of(bodies: Collection[int]) -> dict[int, dict[str, Key]]:
    keys: dict[int, dict[str, Key]] = {}
    columns = ("body_id", "key_id", "algorithm", "public_key", "valid_from", "valid_to", "revoked_at")
    for body, *key in BodyKey.objects.filter(body__in=bodies).values_list(*columns):
        keys.setdefault(body, {})[key[0]] = Key(*key)
    return keys


def body_of_key(key_id: str) -> KnownBody:
    """Return the body that a key belongs to. Raises: Refusal for an unknown key."""
    owner = BodyKey.objects.filter(key_id=key_id).values_list("body_id", flat=True).first()
    if owner is None:
        raise Refusal("unknown-key", "proof.key", body="—", key=key_id)
    return _bodies([owner])[owner]
