"""Who is calling the API: a program by its token, or a person by the session of the pages."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from zhunsheng.platform.accounts import tokens
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.second_factor import must_set_up

if TYPE_CHECKING:
    from zhunsheng.platform.accounts.models import ApiClient


class ApiAuth(AuthBase):
    """Authenticate a ninja operation; `request.auth` and `request.user` are then the User.

    A program's ApiClient is `request.api_client` (else None). A session must prove itself against cross-site requests
    and, where the installation demands one, have a second factor. None (401 by ninja) for anyone else.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_bearerFormat = "JWT"  # noqa: N815 - OpenAPI's own spelling

    def __call__(self, request: HttpRequest) -> User | None:
        """Return the user, or None. Raises BadToken for a bearer token that is not valid."""
        request.api_client = None  # type: ignore[attr-defined]  # documented above
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme:
            return self._by_token(request, text.strip()) if scheme.lower() == "bearer" else None
        return self._by_session(request)

    def _by_token(self, request: HttpRequest, text: str) -> User:
        client: ApiClient = tokens.read(text, at=timezone.now())
        request.api_client = client  # type: ignore[attr-defined]  # documented above
        request.user = client.user
        return client.user

    def _by_session(self, request: HttpRequest) -> User | None:
        user = getattr(request, "user", None)
        if not isinstance(user, User) or not user.is_active or check_csrf(request) is not None:
            return None
        return None if user.password_temporary or must_set_up(user, timezone.localdate()) else user


api_auth = ApiAuth()
