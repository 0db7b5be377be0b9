"""Refusals for people and machines: a page with a remedy, a message for htmx, or an RFC 9457 problem for the API."""

import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.access import note_refused
from zhunsheng.platform.refusals import remedy, sentence

STATUS = {
    "not-allowed": HTTPStatus.FORBIDDEN,
    "illegal-move": HTTPStatus.CONFLICT,
    "not-found": HTTPStatus.NOT_FOUND,
    "too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "unauthenticated": HTTPStatus.UNAUTHORIZED,
    "body-cut": HTTPStatus.BAD_REQUEST,
}
_LOG = logging.getLogger("zhunsheng.refusals")
API = re.compile(r"^/api/")


class DomainErrorMiddleware:
    """Turn a DomainError that a view let through into an answer that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is in process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a DomainError; leave every other error to Django."""
        if not isinstance(error, DomainError):
            return None
        _LOG.warning("refused %s %s: %s, user %s", request.method, request.path, error.code, _who(request))
        keep(request, error)
        if API.match(request.path_info):
            return problem_response(request, error)
        return problem_page(request, error)


def keep(request: HttpRequest, error: DomainError) -> None:
    """Keep on record who tried what nobody tries by mistake; the step itself was undone before."""
    user = getattr(request, "user", None)
    if error.kept and isinstance(user, User):
        note_refused(user, request.path, error, at=timezone.now())


def _who(request: HttpRequest) -> int | None:
    return getattr(getattr(request, "user", None), "pk", None)


def status_of(error: DomainError) -> int:
    """Return the HTTP status of a refusal: by the error itself, by its code, else 422."""
    own = getattr(error, "status", None)
    return int(own) if own else int(STATUS.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY))


def problem(error: DomainError, *, status: int) -> dict[str, Any]:
    """Return the RFC 9457 members; `field`, `rule` and `remedy` are ours."""
    members: dict[str, Any] = {
        "type": f"urn:zhunsheng:problem:{error.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(error),
        "rule": error.code,
    }
    if error.field:
        members["field"] = error.field
    if error.remedy:
        members["remedy"] = error.remedy
    return members


def problem_response(request: HttpRequest, error: DomainError, *, status: int | None = None) -> HttpResponse:
    """Answer a machine: the rule is the stable name; the sentence is English unless the caller names a language."""
    code = int(status or status_of(error))
    members = problem(error, status=code)
    if "Accept-Language" in request.headers:
        members["detail"] = sentence(error)
        if error.remedy:
            members["remedy"] = remedy(error)
    return JsonResponse(
        members,
        status=code,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def problem_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer a person, in the language of the page; htmx gets the message alone."""
    words = {
        "sentence": sentence(error),
        "remedy": remedy(error),
        "field": error.field,
        "code": error.code,
    }
    status = status_of(error)
    if request.headers.get("HX-Request"):
        response = render(request, "kit/_problem.html", words, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML show:top"
        return response
    return render(request, "problem.html", words, status=status)
