"""Every address asks who comes: what anybody may read is listed here by name, all else turns a stranger away.

A new public page or operation is therefore entered here on purpose, by whoever has asked the policy for it.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from zhunsheng.platform.accounts.models import User

PUBLIC = {
    "accounts": "password-lost addresses",
    "bodies": "list body changes",
    "catalogue": "index standards currency edition parameters parameter methods objects object limits",
    "library": "entries changes suggest entry compare proposals proposal evidence replaced",
    "national": "list",
    "capabilities": "search suggest together",
    "opendata": "index dictionary look-up",
    "licensing": "need routes renewals",
    "reviews": "sheets worker",
    "certificates": "decisions feed certificate",
    "draws": "list secret draw transcript commitment receipts frame",
    "credentials_public": "answer data signatures pdf receipt",
    "credentials": "issuer digest find status context authority clocks",
    "notices": "feed",
    "reports": "list report json dcc pdf receipt",
    "screening": "feed",
    "visits": "pass worker manifest disclosed",
    "inspections": "public public-plan",
    "enforcement": "severe published published-one",
    "leads": "report reported follow mine",
    "ledger": "index home checkpoint tile key",
    "verification": "home digest many number answer",
    "": (
        "account_login account_logout account_confirm_email account_reset_password_from_key "
        "account_inactive account_signup account_email "
        "account_email_verification_sent account_reset_password account_reset_password_from_key_done "
        "account_reset_password_done"
    ),
    "api-1": (
        "openapi-json token bodies body scope capabilities standards parameters methods objects limits "
        "check draw-transcript draw-receipts credential state manifest dictionary look_up changes file "
        "certificate verifications report report-proof licence-needed licensing-routes national-answers "
        "api-root"
    ),
    "portal": "home search about",
}
"""By room: registers, the log, look-ups, complaints, open data, and what signing in itself needs."""
SIGNED_IN = {
    "accounts": "me organisations clients",
    "schedules": "list health questions decisions",
    "reviews": "reviews",
    "notices": "inbox",
    "reports": "findings template",
    "visits": "visits sheets orders results",
    "inspections": "plans tasks inspectors",
    "home": "home screening cases verifying",
    "api-1": "me reports reports-batch reports-check reports-attachments",
}
"""By room: what everybody who is signed in may open, and finds empty without a membership."""
SIGNING_IN = ("account_", "mfa_")
"""Pages about one's own password and second factor."""
CREDENTIAL = "C" + "0" * 15
KEYS = {"uidb36": "1", "key": "1-1"}


def _nothing(name: str, kind: Any) -> Any:
    """Return an argument of an address that names nothing."""
    if isinstance(kind, IntConverter):
        return 999_999_999
    return KEYS.get(name, "zz") if kind is None or re.fullmatch(kind.regex, "zz") else CREDENTIAL


def addresses(
    resolver: URLResolver | None = None, above: str = "", held: tuple[Any, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the name of every address with one such address, whose arguments name nothing that exists."""
    for one in (resolver or get_resolver()).url_patterns:
        converters = (*held, *one.pattern.converters.items())
        if isinstance(one, URLResolver):
            yield from addresses(one, f"{above}{one.namespace}:" if one.namespace else above, converters)
        elif isinstance(one, URLPattern) and one.name:
            names = dict.fromkeys(one.pattern.regex.groupindex) | dict(converters)
            values = {name: _nothing(name, kind) for name, kind in names.items()}
            yield above + one.name, reverse(above + one.name, kwargs=values)


def listed(table: dict[str, str]) -> set[str]:
    """Return the full names of a table by room."""
    return {f"{room}:{name}" if room else name for room, names in table.items() for name in names.split()}


def turned_away(answer: HttpResponse, *also: int) -> bool:
    """Tell whether an answer shows and does nothing: to the sign-in page, refused, or not this method."""
    to_sign_in = answer.status_code == 302 and "login" in answer.get("Location", "")
    return to_sign_in or answer.status_code in (401, 403, 405, *also)


def answers(client: Client, address: str) -> tuple[Any, Any]:
    """Return what reading and what sending nothing to an address gives."""
    return client.get(address), client.post(address)


@pytest.mark.django_db
def test_who_isnt_signed_in_opens_what_is_public_and_nothing_else() -> None:
    client = Client(raise_request_exception=False)
    opened = {name for name, address in addresses() if not all(map(turned_away, answers(client, address)))}

    assert opened == listed(PUBLIC)


@pytest.mark.django_db
def test_who_belongs_nowhere_opens_what_is_public_and_empty_lists() -> None:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_user("stranger"))
    private = [(name, address) for name, address in addresses() if name not in listed(PUBLIC)]
    opened = {
        name
        for name, address in private
        if not name.startswith(SIGNING_IN) and not all(turned_away(one, 404) for one in answers(client, address))
    }

    assert opened <= listed(SIGNED_IN)


@pytest.mark.django_db
def test_what_opens_to_who_belongs_nowhere_shows_no_row() -> None:
    client = Client()
    client.force_login(User.objects.create_user("stranger"))
    for name in sorted(listed(SIGNED_IN)):
        answer = client.get(reverse(name))
        table = answer.context.get("table") if answer.context else None
        assert table is None or len(table.rows) == 0, name
