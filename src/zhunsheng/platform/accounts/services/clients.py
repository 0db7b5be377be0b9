"""Writes about API clients: create, renew the secret, stop, hand out a token."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import permissions, rate, tokens
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import ApiClient, Kind, Membership, Organisation, Role, User
from zhunsheng.platform.accounts.permissions import Can
from zhunsheng.platform.accounts.services.reasons import demand

SECRET_BYTES = 32
SERVICE_ROLES = {Kind.BODY: Role.BODY_CLERK, Kind.ENTERPRISE: Role.ENTERPRISE, Kind.DEPARTMENT: Role.DEPARTMENT_OFFICER}


class BadClient(DomainError):
    """The client number and secret do not belong to an active client; which of them is wrong stays unsaid."""

    code = "invalid-client"

    def __init__(self) -> None:
        super().__init__(
            "The client number or its secret is wrong, or the client was stopped.",
            remedy="Check both, or let the manager of the organisation renew the secret.",
        )


class ClientStopped(DomainError):
    """A stopped client does not come back."""

    code = "client-stopped"

    def __init__(self) -> None:
        super().__init__("This client was stopped.", remedy="Create a new client.")


class NoClientsHere(DomainError):
    """Authorities have no API clients: their programs act for a person."""

    code = "no-clients-here"

    def __init__(self) -> None:
        super().__init__("This kind of organisation has no API clients.", field="organisation")


@dataclass(frozen=True)
class NewSecret:
    """A client with its secret in the clear: shown once, kept nowhere."""

    client: ApiClient
    secret: str


@transaction.atomic
def create_api_client(*, organisation: Organisation, name: str, by: User, at: datetime, why: str) -> NewSecret:
    """Create a client with its service account and return its secret, which is never shown again.

    Raises: NotAllowed, MissingReason, NoClientsHere.
    """
    today = timezone.localdate(at)
    permissions.require(by, Can.MANAGE_API_CLIENTS, organisation, today)
    role = SERVICE_ROLES.get(Kind(organisation.kind))
    if role is None:
        raise NoClientsHere
    client_id, secret = f"zc_{secrets.token_hex(10)}", secrets.token_urlsafe(SECRET_BYTES)
    with recorded(by, demand(why, ApiClient)):
        user = User(username=client_id, display_name=name, is_active=True)
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=today)
        client = ApiClient.objects.create(
            client_id=client_id,
            name=name,
            organisation=organisation,
            user=user,
            secret_hash=make_password(secret, hasher="argon2"),
            created_at=at,
        )
    return NewSecret(client, secret)


@transaction.atomic
def rotate_secret(*, client_id: int, by: User, at: datetime, why: str) -> NewSecret:
    """Give the client a new secret; the old one and every token fetched with it are void at once.

    Raises: ApiClient.DoesNotExist, NotAllowed, MissingReason, ClientStopped.
    """
    client = _locked(client_id, by, at)
    if not client.active:
        raise ClientStopped
    secret = secrets.token_urlsafe(SECRET_BYTES)
    client.secret_hash, client.rotated_at = make_password(secret, hasher="argon2"), at
    client.generation += 1
    with recorded(by, demand(why, ApiClient)):
        client.save(update_fields=["secret_hash", "rotated_at", "generation"])
    return NewSecret(client, secret)


@transaction.atomic
def deactivate_api_client(*, client_id: int, by: User, at: datetime, why: str) -> ApiClient:
    """Stop the client for good; its tokens are void at once and its service account can do nothing more.

    Raises: ApiClient.DoesNotExist, NotAllowed, MissingReason, ClientStopped.
    """
    client = _locked(client_id, by, at)
    if not client.active:
        raise ClientStopped
    client.active, client.deactivated_at = False, at
    client.generation += 1
    with recorded(by, demand(why, ApiClient)):
        client.save(update_fields=["active", "deactivated_at", "generation"])
        client.user.is_active = False
        client.user.save(update_fields=["is_active"])
    return client


def hand_out_token(*, client_id: str, secret: str, address: str, at: datetime) -> tokens.Token:
    """Return a token for a client that proves itself by its secret.

    Attempts are counted per client and address (ZHUNSHENG_TOKEN_PER_MINUTE), and per address alone at five times
    that, because each costs a slow hash. Raises: TooOften, BadClient.
    """
    limit = int(getattr(settings, "ZHUNSHENG_TOKEN_PER_MINUTE", 20))
    rate.count("token-address", address, limit=5 * limit, at=at)
    rate.count("token", client_id[:40], address, limit=limit, at=at)
    client = ApiClient.objects.select_related("user").filter(client_id=client_id).first()
    known = client.secret_hash if client else _decoy()
    if not check_password(secret, known) or client is None or not client.active or not client.user.is_active:
        raise BadClient
    ApiClient.objects.filter(pk=client.pk).update(last_token_at=at)
    return tokens.issue(client, at=at)


def _locked(client_id: int, by: User, at: datetime) -> ApiClient:
    client = ApiClient.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=client_id)
    permissions.require(by, Can.MANAGE_API_CLIENTS, client.organisation, timezone.localdate(at))
    return client


@lru_cache(maxsize=1)
def _decoy() -> str:
    """Return a hash that takes as long to check as a real one: time must not tell which clients exist."""
    return make_password("no such client", salt="no-such-client", hasher="argon2")
