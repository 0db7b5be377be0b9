"""Signing keys of bodies."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.models import Body, BodyKey
from zhunsheng.registry.bodies.permissions import Can
from zhunsheng.registry.bodies.rules.keys import readable_key


class KeyRefused(DomainError):
    """A key that can't be added or revoked."""

    code = "key-refused"


@transaction.atomic
def add_key(
    *,
    body_id: int,
    key_id: str,
    public_key: str,
    by: User,
    at: datetime,
    why: str,
    algorithm: str = "ed25519",
    valid_to: datetime | None = None,
) -> BodyKey:
    """Add a public key with which a body signs from now on.

    Raises: Body.DoesNotExist, NotAllowed, KeyProblem, KeyRefused, MissingReason.
    """
    body = Body.objects.select_for_update().get(pk=body_id)
    permissions.require(by, Can.MANAGE_KEYS, body, timezone.localdate(at))
    readable_key(algorithm, public_key)
    if BodyKey.objects.filter(key_id=key_id).exists():
        raise KeyRefused("There is a key of this name.", field="key_id", remedy="Choose another name.")
    if BodyKey.objects.filter(public_key=public_key, algorithm=algorithm).exists():
        raise KeyRefused("This key is registered already.", field="public_key", remedy="Make a new key pair.")
    if valid_to is not None and valid_to <= at:
        raise KeyRefused("The key would end before it begins.", field="valid_to", remedy="Choose a later end.")
    key = BodyKey(
        body=body, key_id=key_id, algorithm=algorithm, public_key=public_key, valid_from=at, valid_to=valid_to
    )
    return _kept(key, by, at, why)


@transaction.atomic
def revoke_key(*, key_id: str, by: User, at: datetime, why: str) -> BodyKey:
    """Revoke a key: signatures made from now on don't count; earlier ones stay what they were.

    Raises: BodyKey.DoesNotExist, NotAllowed, KeyRefused, MissingReason.
    """
    key = BodyKey.objects.select_for_update(of=("self",)).select_related("body").get(key_id=key_id)
    permissions.require(by, Can.MANAGE_KEYS, key.body, timezone.localdate(at))
    if key.revoked_at is not None:
        raise KeyRefused("The key is revoked already.", field="key_id", remedy="Nothing is left to do.")
    key.revoked_at, key.revoked_reason = at, why.strip()[:300]
    return _kept(key, by, at, why)


def _kept(key: BodyKey, by: User, at: datetime, why: str) -> BodyKey:
    key._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, why):
        key.save()
    return key
