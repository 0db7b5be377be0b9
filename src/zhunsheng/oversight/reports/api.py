"""Reports over HTTP: one or a stream of them in, receipts and proofs out."""

import json
import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, BinaryIO, Final, cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Router

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports import openapi, permissions, selectors
from zhunsheng.oversight.reports.format import FormatProblem
from zhunsheng.oversight.reports.models import Assurance, Channel
from zhunsheng.oversight.reports.services import checking, streams, submissions
from zhunsheng.oversight.reports.services.refusals import Refusal, as_problem, status_of
from zhunsheng.oversight.reports.services.verifying import verify_list
from zhunsheng.platform.accounts.authentication import api_auth
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.documents.errors import FileTooLarge

router = Router(tags=["reports"])

_NDJSON: Final = "application/x-ndjson"
_PROBLEM: Final = "application/problem+json"
_WAIT: Final = re.compile(r"(?:^|,)\s*wait\s*=\s*(\d{1,3})", re.IGNORECASE)
_LONGEST_KEY: Final = 255
_FIRST_REFUSAL: Final = 400
_LONGEST_LIST: Final = 200_000


def refusals_answered(view: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let a view's refusals be answered as problems in the caller's language."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponseBase:
        try:
            return view(request)
        except DomainError as error:
            return _json(as_problem(error), status_of(error))

    return answered


def anyone(_request: HttpRequest) -> str:
    """Let in whoever shows no credentials: what they may see is decided per report."""
    return "anyone"


@router.post("reports", auth=api_auth, openapi_extra=openapi.SUBMIT, url_name="reports")
@refusals_answered
def submit(request: HttpRequest) -> HttpResponse:
    """Hand in one report, as JSON or as a form with the part `report` and its attachments as files.

    201 for a new report, 200 for one that is known. `Prefer: wait=5` waits for the seal and answers with the receipt
    instead of a promise. `Idempotency-Key` gives the same answer again to a repeated request.
    """
    raw = _with_attachments(request) if _is_form(request) else _whole(request)
    key = request.headers.get("Idempotency-Key", "")[:_LONGEST_KEY]
    waits = _wait_of(request)
    reply = submissions.submit(
        raw,
        sender=permissions.sender_of(_user(request), timezone.localdate()),
        channel=Channel.API,
        at=timezone.now(),
        key=key,
        wait_seconds=waits,
        language=get_language() or "en",
    )
    response = _json(reply.body, reply.status)
    if waits:
        response["Preference-Applied"] = f"wait={int(waits)}"
    if reply.replayed:
        response["Idempotency-Replayed"] = "true"
    if "digest" in reply.body:
        response["Location"] = f"/api/v1/reports/{reply.body['digest']}"
    return response


@router.post("reports/batch", auth=api_auth, openapi_extra=openapi.BATCH, url_name="reports-batch")
@refusals_answered
def submit_batch(request: HttpRequest) -> HttpResponseBase:
    """Hand in a batch: one report a line (NDJSON, may be gzip), the first line may be a manifest signed once.

    Every line is answered in order, on a line of its own, once it is committed: a promise or a problem. A stream that
    is cut keeps what was answered; send the rest again.
    """
    sender = permissions.sender_of(_user(request), timezone.localdate())
    limits = settings.ZHUNSHENG_LIMITS
    source, length = streams.request_body(request.META)
    encoding = streams.content_encoding(request.META)
    if length is not None and length > limits["batch_bytes"]:
        raise Refusal("batch-bytes", limit=limits["batch_bytes"])
    language = get_language() or "en"

    def answers() -> Iterator[bytes]:
        ahead = streams.ReadAhead(source, length, most=limits["batch_bytes"])
        try:
            blocks = streams.limited(streams.unpacked(ahead, encoding, limits), limits["batch_bytes"])
            items = streams.lines(blocks, limits)
            yield from submissions.answer_lines(
                items, sender=sender, channel=Channel.BATCH, clock=timezone.now, language=language
            )
        finally:
            ahead.close()

    return StreamingHttpResponse(answers(), content_type=_NDJSON, headers={"X-Accel-Buffering": "no"})


@router.post("reports/check", auth=api_auth, openapi_extra=openapi.CHECK, url_name="reports-check")
@refusals_answered
def check(request: HttpRequest) -> HttpResponse:
    """Check a report by the same rules as on arrival; nothing is stored."""
    permissions.require_check(_user(request), timezone.localdate())
    checked = checking.check(_whole(request), at=timezone.now())
    answer = checked.as_answer(get_language() or "en")
    return _json(answer, 200 if checked.problem is None else answer["status"])


@router.post("reports/attachments", auth=api_auth, openapi_extra=openapi.ATTACHMENT, url_name="reports-attachments")
@refusals_answered
def keep_attachment(request: HttpRequest) -> HttpResponse:
    """Send a file that a report names by its digest, before the report."""
    sender = permissions.sender_of(_user(request), timezone.localdate())
    if not sender.submits and not sender.imports:
        raise Refusal("foreign-body", "body", body="—")
    most = settings.ZHUNSHENG_LIMITS["file_bytes"]
    content = streams.read_whole(request.META, settings.ZHUNSHENG_LIMITS, most, over=_file_too_large)
    return _json(submissions.keep_attachment(content, request.content_type or None), 201)


@router.post("verifications", auth=anyone, openapi_extra=openapi.VERIFY, url_name="verifications")
@refusals_answered
def verify(request: HttpRequest) -> HttpResponse:
    """Verify many reports at once, without an account: one a line as on the page /v/many/, answered in order."""
    text = streams.read_whole(request.META, settings.ZHUNSHENG_LIMITS, _LONGEST_LIST, over=_list_too_long)
    try:
        address = get_adapter(request).get_client_ip(request)
        rows = verify_list(text.decode("utf-8-sig"), address=address, at=timezone.now())
    except UnicodeDecodeError as error:
        raise DomainError("The list is not UTF-8.", code="encoding", remedy="Send the list as UTF-8.") from error
    return _json({"answers": [{"line": asked.line, **found.as_dict()} for asked, found in rows]})


@router.get("reports/{digest}", auth=[api_auth, anyone], openapi_extra=openapi.READ, url_name="report")
def read(request: HttpRequest, digest: str) -> HttpResponse:
    """Read a report: whole for those who may, for anyone else how it stands."""
    report = selectors.report_by_digest(digest)
    if report is None:
        raise Http404
    status: dict[str, Any] = {"digest": report.digest, "state": report.state, "version": report.version}
    successor = selectors.successor_of(report)
    if successor is not None:
        status["replaced_by"] = successor.digest
    user, today = _user(request), timezone.localdate()
    if not selectors.may_read(user, report, today):
        return _json(status)
    if user is not None and report.assurance != Assurance.PUBLISHER and not selectors.is_own(user, report, today):
        note_access(user, report, "API", owner=selectors.place_of(report), at=timezone.now())
    status |= selectors.summary_of(report)
    if selectors.may_read_findings(user, report, today):
        language = get_language() or "en"
        status["findings"] = [checking.in_words(found, language) for found in selectors.findings_of(report)]
    status["report"] = json.loads(selectors.canonical_bytes_of(report))
    return _json(status)


@router.get("reports/{digest}/proof", auth=[api_auth, anyone], openapi_extra=openapi.PROOF, url_name="report-proof")
def proof(request: HttpRequest, digest: str) -> HttpResponse:
    """Get the receipt of a report: enough to verify it offline. 202 while it waits for its seal."""
    report = selectors.report_by_digest(digest)
    if report is None:
        raise Http404
    receipt = selectors.receipt_of(report)
    if receipt is None:
        return _json({"digest": report.digest, "sealed": False}, 202, {"Retry-After": "2"})
    return _json(receipt)


def _whole(request: HttpRequest) -> bytes:
    limits = settings.ZHUNSHENG_LIMITS
    return streams.read_whole(request.META, limits, limits["report_bytes"], over=_report_too_large)


def _report_too_large(found: int) -> DomainError:
    return FormatProblem("size", limit=settings.ZHUNSHENG_LIMITS["report_bytes"], found=found)


def _list_too_long(_found: int) -> DomainError:
    return DomainError(
        "The list is longer than %(most)s bytes.",
        params={"most": _LONGEST_LIST},
        code="too-large",
        remedy="Split the list.",
    )


def _file_too_large(_found: int) -> DomainError:
    most = settings.ZHUNSHENG_LIMITS["file_bytes"]
    return FileTooLarge("The file is larger than %(most)s bytes.", params={"most": most}, remedy="Send a smaller file.")


def _user(request: HttpRequest) -> User | None:
    found = cast("Any", request).auth
    return found if isinstance(found, User) else None


def _is_form(request: HttpRequest) -> bool:
    return (request.content_type or "").startswith("multipart/form-data")


def _with_attachments(request: HttpRequest) -> bytes:
    """Return the report of a form after keeping the files that came with it, by a sender who may hand in reports."""
    sender = permissions.sender_of(_user(request), timezone.localdate())
    if not sender.submits and not sender.imports:
        raise Refusal("foreign-body", "body", body="—")
    part = request.FILES.get("report")
    raw = part.read() if part is not None else request.POST.get("report", "").encode()
    if len(raw) > settings.ZHUNSHENG_LIMITS["report_bytes"]:
        raise _report_too_large(len(raw))
    for name, uploads in request.FILES.lists():
        for upload in uploads if name != "report" else ():
            submissions.keep_attachment(cast("BinaryIO", upload), upload.content_type)
    return raw


def _wait_of(request: HttpRequest) -> float:
    found = _WAIT.search(request.headers.get("Prefer", ""))
    return min(float(found[1]), submissions.LONGEST_WAIT) if found else 0.0


def _json(body: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    refused = status >= _FIRST_REFUSAL
    return JsonResponse(
        body,
        status=status,
        content_type=_PROBLEM if refused else "application/json",
        json_dumps_params={"ensure_ascii": False},
        headers=headers,
    )
