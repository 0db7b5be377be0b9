from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.second_factor import must_set_up

OPEN_VIEWS = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }
)


class SignInDutiesMiddleware:
    """Before anything else: a first password is changed, and officers and signatories set up a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the decision is made once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Return the way to what is due, or None to go on."""
        match, user = request.resolver_match, request.user
        if match is None or match.url_name in OPEN_VIEWS or not isinstance(user, User):
            return None
        if user.password_temporary:
            due = "account_change_password"
        elif must_set_up(user, timezone.localdate()):
            due = "mfa_index"
        else:
            return None
        return _problem() if match.namespaces[:1] == ["api-1"] else redirect(due)


def _problem() -> JsonResponse:
    problem = {
        "type": "urn:zhunsheng:problem:sign-in-duty",
        "title": "Forbidden",
        "status": 403,
        "detail": "This account must first change its password or set up a second factor.",
        "rule": "sign-in-duty",
        "remedy": "Sign in to the pages and follow what they ask.",
    }
    return JsonResponse(problem, status=403, content_type="application/problem+json")
