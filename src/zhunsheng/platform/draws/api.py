"""Draws as JSON: the transcript to the byte, and the log's receipts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from zhunsheng.platform.draws import selectors
from zhunsheng.platform.draws.models import Draw

router = Router(tags=["draws"])


@router.get("draws/{number}/transcript", url_name="draw-transcript", response={200: Any})
def transcript(request: HttpRequest, number: str) -> HttpResponse:
    """Get the transcript of a draw, the bytes that were published; 404 before it is drawn."""
    found = _found(request, number)
    if not found.transcript:
        raise Http404
    return HttpResponse(found.transcript.encode("utf-8"), content_type="application/json")


@router.get("draws/{number}/receipts", url_name="draw-receipts")
def receipts(request: HttpRequest, number: str) -> dict[str, Any]:
    """Get the log's receipts of commitment and transcript; null while one is not sealed."""
    return selectors.receipts_of(_found(request, number))


def _found(request: HttpRequest, number: str) -> Draw:
    return get_object_or_404(selectors.draws_visible_to(request.user, timezone.localdate()), number=number)
