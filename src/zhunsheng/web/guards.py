"""What no page or call should have to meet: bodies that never come or never end, and NUL in addresses."""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from zhunsheng.foundation.errors import DomainError
from zhunsheng.web.problems import API, problem_page, problem_response

STREAMED: Final = ("/api/v1/reports/batch",)
"""Calls that read their bodies as they come and count them themselves."""

FORM_ALLOWANCE: Final = 4 * 1024 * 1024
"""Bytes of a form beside its file: several reports with their attachments go through the API."""

GRACE_SECONDS: Final = 0.25
PATIENCE_SECONDS: Final = 20.0
SLOWEST: Final = 8 * 1024
"""Bytes in a second: the slowest sender that is still waited for."""

WAITING: Final = threading.BoundedSemaphore(3)
"""How many of a worker's threads may wait for slow bodies at once; the others stay free for everybody else."""


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
        return refused(request, DomainError("The body of the request did not come in time.", code="body-slow"))


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


class SlowBodyError(OSError):
    """The body comes too slowly, or too many do at once."""


class PatientBody:
    """The body of a request, waited for no longer than a slow line needs.

    A thread that waits for bytes serves nobody else: without an end to its patience, as many idle connections as there
    are threads would stop the whole server.
    """

    def __init__(self, source: Any) -> None:
        self._source = source

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes. Raises: SlowBodyError."""
        return self._waited_for(lambda: self._source.read(size), size)

    def readline(self, size: int = -1, /) -> bytes:
        """Return a line. Raises: SlowBodyError."""
        return self._waited_for(lambda: self._source.readline(size), size)

    def _waited_for(self, read: Callable[[], bytes], size: int) -> bytes:
        done = threading.Event()
        found: list[bytes] = []

        def fetch() -> None:
            try:
                found.append(bytes(read()))
            finally:
                done.set()

        threading.Thread(target=fetch, name="request-body", daemon=True).start()
        if not done.wait(GRACE_SECONDS):
            if not WAITING.acquire(blocking=False):
                raise SlowBodyError("too many bodies are waited for")
            try:
                done.wait(PATIENCE_SECONDS + max(size, 0) / SLOWEST)
            finally:
                WAITING.release()
        if not found:
            raise SlowBodyError("the body did not come in time")
        return found[0]


def patient(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return a WSGI application whose requests' bodies are waited for with measure."""

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _may_wait(environ):
            environ["wsgi.input"] = PatientBody(environ["wsgi.input"])
        return application(environ, start_response)

    return answered


def _may_wait(environ: Mapping[str, Any]) -> bool:
    """Return whether this body would be read by the thread that answers."""
    has_body = environ.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in environ
    return has_body and not str(environ.get("PATH_INFO", "")).endswith(STREAMED)
