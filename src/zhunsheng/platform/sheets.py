"""What every sheet for work without a network shares: its worker, what a device sends, and the words of its script.

The script is `frontend/src/sheet.js`; how changes meet is `foundation.merging`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhunsheng.foundation.merging import Change
from zhunsheng.platform.sheet_items import aware, version_in

MOST_BYTES = 4 * 1024 * 1024


class NotASheet(ValueError):
    """What came is no device's list of changes."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a device sent: its changes in their order, and the version that it knows of each item."""

    changes: list[Change]
    known: dict[str, int]


class Kept(Protocol):
    """A change as a room keeps it."""

    client_id: Any
    outcome: Any
    version: Any
    held: Any
    why: Any


def read(request: HttpRequest) -> Sent:
    """Return what a device sent. Raises: NotASheet."""
    try:
        sent = json.loads(request.body)
        changes = [_change(one) for one in sent["changes"]]
        return Sent(changes, {str(key): version_in(version) for key, version in sent["known"].items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotASheet from error


def synced(
    request: HttpRequest,
    take: Callable[[list[Change]], Sequence[Kept]],
    states: Callable[[Mapping[str, int]], Mapping[str, Any]],
) -> JsonResponse:
    """Answer a device: what became of its changes, and what others have written since."""
    if len(request.body) > MOST_BYTES:
        return JsonResponse({"problem": "too-large"}, status=413)
    try:
        sent = read(request)
    except NotASheet:
        return JsonResponse({"problem": "not-a-sheet"}, status=400)
    results = take(sent.changes)
    return JsonResponse(
        {"owner": request.user.pk, "results": [result_of(one) for one in results], "items": states(sent.known)},
        json_dumps_params={"ensure_ascii": False},
    )


def result_of(one: Kept) -> dict[str, Any]:
    """Return what a device is told of a change."""
    return {
        "id": str(one.client_id),
        "outcome": one.outcome,
        "version": one.version,
        "held": one.held,
        "why": one.why,
    }


def _change(sent: dict[str, Any]) -> Change:
    made_at = parse_datetime(str(sent.get("made_at") or ""))
    return Change(
        id=UUID(str(sent["id"])),
        item=str(sent["item"]),
        base=version_in(sent["base"]),
        values=dict(sent["values"]),
        after=UUID(str(sent["after"])) if sent.get("after") else None,
        resolves=UUID(str(sent["resolves"])) if sent.get("resolves") else None,
        made_at=aware(made_at),
    )


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """Hand out the sheets' worker from a room's own folder of sheets, which is all that it may serve."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@cache
def _worker() -> str:
    found = finders.find("dist/sheet-worker.js")
    if not found:
        raise Http404
    return Path(str(found)).read_text(encoding="utf-8")


def words() -> dict[str, str]:
    """Return what the script says, in the reader's language; {n} is a number."""
    return {
        "offline": _("Offline · {n} not sent. They are kept on this device."),
        "waiting": _("Sending · {n} not sent yet"),
        "sent": _("Everything is sent."),
        "failed": _("The server can't take changes now · {n} not sent. They are kept on this device."),
        "signedOut": _("You are signed out · {n} not sent. Sign in again as the same person to send them."),
        "conflicts": _("{conflicts} to decide: somebody else wrote there meanwhile"),
        "refused": _("{conflicts} not taken: see what is said there"),
        "item_waiting": _("Not sent yet"),
        "item_conflict": _("Somebody else wrote here meanwhile"),
        "conflict": _("Both are kept. Choose what is to stand; nothing is overwritten until you do."),
        "mine": _("Yours"),
        "theirs": _("On the server, by {who}, {when}"),
        "keepMine": _("Let mine stand"),
        "takeTheirs": _("Let theirs stand"),
    }
