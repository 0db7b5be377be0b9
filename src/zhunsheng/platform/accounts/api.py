"""Tokens for programs: the client credentials grant of OAuth 2.0 (RFC 6749, 4.4)."""

import json
from base64 import b64decode
from binascii import Error as Base64Error
from typing import Any
from urllib.parse import unquote_plus

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Router, Schema

from zhunsheng.platform.accounts.authentication import api_auth
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.rate import TooOften
from zhunsheng.platform.accounts.services.clients import BadClient, hand_out_token

router = Router(tags=["accounts"])
MAX_BODY = 8192
GRANT = "client_credentials"


class TokenOut(Schema):
    """A token (RFC 6749, 5.1)."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the protocol's word
    expires_in: int


class MembershipOut(Schema):
    """A role of the caller in an organisation."""

    organisation: str
    role: str


class CallerOut(Schema):
    """Who the API takes the caller for."""

    name: str
    client: str | None
    memberships: list[MembershipOut]


_FORM = {
    "type": "object",
    "required": ["client_id", "client_secret"],
    "properties": {
        "grant_type": {"type": "string", "enum": [GRANT]},
        "client_id": {"type": "string"},
        "client_secret": {"type": "string"},
    },
}


@router.post(
    "token",
    response=TokenOut,
    auth=None,
    summary="Fetch a short-lived access token",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _FORM}, "application/x-www-form-urlencoded": {"schema": _FORM}},
        },
        "responses": {
            "401": {"description": "invalid_client: number or secret wrong, or the client was stopped"},
            "429": {"description": "too many attempts; see Retry-After"},
        },
    },
)
def token(request: HttpRequest) -> HttpResponse:
    """Give a token for a client's number and secret (form, JSON or HTTP Basic); errors as in RFC 6749, 5.2."""
    given = _credentials(request)
    if given is None or given.get("grant_type", GRANT) != GRANT:
        kind = "invalid_request" if given is None else "unsupported_grant_type"
        return _refusal(kind, "Send client_id and client_secret with grant_type client_credentials.", 400)
    try:
        made = hand_out_token(
            client_id=given["client_id"],
            secret=given["client_secret"],
            address=get_adapter(request).get_client_ip(request),
            at=timezone.now(),
        )
    except BadClient as error:
        response = _refusal("invalid_client", str(error), 401)
        response["WWW-Authenticate"] = 'Basic realm="zhunsheng"'
        return response
    except TooOften as error:
        response = _refusal("slow_down", str(error), 429)
        response["Retry-After"] = str(error.seconds)
        return response
    return _uncached({"access_token": made.text, "token_type": "Bearer", "expires_in": made.seconds}, 200)


@router.get("me", response=CallerOut, auth=api_auth, summary="Say who the caller is")
def me(request: HttpRequest) -> dict[str, Any]:
    """Return the caller's name, client number and roles of today."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("an authenticated call has a user")
    client = getattr(request, "api_client", None)
    return {
        "name": str(user),
        "client": client.client_id if client else None,
        "memberships": [
            {"organisation": one.organisation.name, "role": one.role}
            for one in user.memberships_on(timezone.localdate())
        ],
    }


def _credentials(request: HttpRequest) -> dict[str, str] | None:
    """Return the fields of the body, with number and secret from HTTP Basic where it is used."""
    fields = _fields(request)
    scheme, _, coded = request.headers.get("Authorization", "").partition(" ")
    if fields is not None and scheme.lower() == "basic":
        try:
            number, _, secret = b64decode(coded, validate=True).decode().partition(":")
        except (Base64Error, UnicodeDecodeError):
            return None
        fields |= {"client_id": unquote_plus(number), "client_secret": unquote_plus(secret)}
    if not fields or not fields.get("client_id") or not fields.get("client_secret"):
        return None
    return fields


def _fields(request: HttpRequest) -> dict[str, str] | None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        return None
    if request.content_type != "application/json":
        return {name: str(value) for name, value in request.POST.items()}
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        return None
    return data if all(_is_text(value) for value in data.values()) else None


def _is_text(value: str) -> bool:
    """Return whether a string can be written as UTF-8: JSON can name half a character."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _refusal(error: str, description: str, status: int) -> HttpResponse:
    return _uncached({"error": error, "error_description": description}, status)


def _uncached(data: dict[str, Any], status: int) -> HttpResponse:
    response = JsonResponse(data, status=status)
    response["Cache-Control"] = "no-store"
    return response
