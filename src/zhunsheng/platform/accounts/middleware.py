from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.second_factor import is_required, must_set_up

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


class SecondFactorMiddleware:
    """Send officers and signatories without a second factor to its set-up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the decision is made once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Return the way to the set-up, or None to go on."""
        match = request.resolver_match
        if not is_required() or match is None or match.url_name in OPEN_VIEWS:
            return None
        if not isinstance(request.user, User) or not must_set_up(request.user, timezone.localdate()):
            return None
        if match.namespaces and match.namespaces[0].startswith("api"):
            return _problem()
        return redirect("mfa_index")


def _problem() -> JsonResponse:
    problem = {
        "type": "about:blank",
        "title": _("A second factor is required"),
        "status": 403,
        "code": "second-factor-required",
        "remedy": _("Set up a second factor on your account page."),
    }
    return JsonResponse(problem, status=403, content_type="application/problem+json")
