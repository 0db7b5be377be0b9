"""Short-lived tokens of API clients: JWT (RFC 7519), HS256 under this installation's own key ring."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import keyring
from zhunsheng.platform.accounts.models import ApiClient
from zhunsheng.platform.database.prepared import PreparedRecords, single

if TYPE_CHECKING:
    from collections.abc import Mapping

PURPOSE = "tokens"
ALGORITHM = "HS256"
AUDIENCE = "zhunsheng-api"


class BadToken(DomainError):
    """The token is not one of ours, not for this API, out of its time, or its client was stopped."""

    code = "bad-token"
    status = 401

    def __init__(self, reason: str) -> None:
        super().__init__(
            "The access token is not valid: %(reason)s.",
            params={"reason": reason},
            remedy="Fetch a new token from /api/v1/token.",
        )
        self.reason = reason


@dataclass(frozen=True)
class Token:
    """A token as handed out: its text and how many seconds it lives."""

    text: str
    seconds: int


def lifetime() -> timedelta:
    """Return how long a token lives (ZHUNSHENG_TOKEN_MINUTES, 15 by default)."""
    return timedelta(minutes=int(getattr(settings, "ZHUNSHENG_TOKEN_MINUTES", 15)))


def issuer() -> str:
    """Return who issues: the installation's own name, which is its log's origin."""
    return str(settings.ZHUNSHENG_LOG_ORIGIN)


def issue(client: ApiClient, *, at: datetime) -> Token:
    """Return a token of this client from this moment."""
    name, key = keyring.load(PURPOSE)[0]
    life = lifetime()
    claims = {
        "iss": issuer(),
        "aud": AUDIENCE,
        "sub": client.client_id,
        "gen": client.generation,
        "iat": int(at.timestamp()),
        "exp": int((at + life).timestamp()),
    }
    text = jwt.encode({"alg": ALGORITHM, "kid": name}, claims, _key(name, key), algorithms=[ALGORITHM])
    return Token(text, int(life.total_seconds()))


def read(text: str, *, at: datetime) -> ApiClient:
    """Return the active client whose token this is, with its user and organisation, in one query.

    Raises: BadToken, naming what is wrong.
    """
    claims = _claims(text)
    now = at.timestamp()
    if claims.get("iss") != issuer():
        raise BadToken("another issuer")
    if claims.get("aud") != AUDIENCE:
        raise BadToken("for another audience")
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int) or not isinstance(expires, int):
        raise BadToken("it has no times")
    if now >= expires:
        raise BadToken("expired")
    if now < issued - 60:
        raise BadToken("from the future")
    return _client(claims)


_CLIENTS: Final = PreparedRecords(
    lambda: ApiClient.objects.select_related("user", "organisation").filter(client_id=single("client"))
)
"""The client of a token: read anew at every request, so that a stopped client is refused at once."""


def _client(claims: "Mapping[str, object]") -> ApiClient:
    client = next(iter(_CLIENTS.records(client=str(claims.get("sub", "")))), None)
    if client is None or not client.active or not client.user.is_active or client.generation != claims.get("gen"):
        raise BadToken("revoked")
    return client


def _claims(text: str) -> "Mapping[str, object]":
    keys = KeySet([_key(name, key) for name, key in keyring.load(PURPOSE)])
    try:
        return jwt.decode(text, keys, algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError, KeyError, TypeError):
        raise BadToken("not signed here") from None


def _key(name: str, key: bytes) -> OctKey:
    return OctKey.import_key(key, {"kid": name, "use": "sig", "alg": ALGORITHM})
