"""What no page or call should have to meet: bodies that are cut or never end, and NUL in addresses."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from zhunsheng.foundation.errors import DomainError
from zhunsheng.web.problems import API, problem_page, problem_response

STREAMED: Final = ("/api/v1/reports/batch",)
"""Calls that read their bodies as they come and count them themselves."""

FORM_ALLOWANCE: Final = 4 * 1024 * 1024
"""Bytes of a form beside its file: several reports with their attachments go through the API."""


class GuardMiddleware:
    """Refuse bodies larger than any page takes before they fill the disk, and NUL, which no database searches for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a refusal, or pass the request on."""
        refusal = _refusal(request)
        return self.get_response(request) if refusal is None else refused(request, refusal)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a body that did not come whole; leave every other error to Django."""
        if not isinstance(error, UnreadablePostError):
            return None
        return refused(request, DomainError("The body of the request did not come whole.", code="body-cut"))


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer a refusal to a program as a problem, to a person as a page."""
    return problem_response(request, error) if API.match(request.path_info) else problem_page(request, error)


def _refusal(request: HttpRequest) -> DomainError | None:
    if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return DomainError("The address holds a NUL.", code="bad-address", remedy="Check the address.")
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    most = settings.ZHUNSHENG_LIMITS["file_bytes"] + FORM_ALLOWANCE
    if length.isascii() and length.isdecimal() and int(length[:18]) > most and not _is_streamed(request):
        return DomainError(
            "The request has %(found)s bytes; at most %(most)s are taken.",
            params={"found": length[:18], "most": most},
            code="too-large",
            remedy="Send less at once; the API takes batches of any size.",
        )
    return None


def _is_streamed(request: HttpRequest) -> bool:
    return request.path_info.endswith(STREAMED)
