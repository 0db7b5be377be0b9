"""The assessors' sheet: a page that works with or without a network, its sync, and its worker."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.admission.reviews import permissions, selectors, services
from zhunsheng.admission.reviews.lifecycle import Found, MemberState, Stage, Verdict, VerifyBy
from zhunsheng.admission.reviews.models import Review, SheetChange
from zhunsheng.admission.reviews.views.posted import changes_in
from zhunsheng.admission.reviews.views.steps import review_in_sight
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today

SHOWN_AT = {Stage.AT_WORK, Stage.RECTIFYING, Stage.CONCLUDED}
MOST_BYTES = 4 * 1024 * 1024


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def sheet(request: SignedInRequest, number: str, part: int = 1) -> HttpResponse:
    """Show a part of the sheet; without scripts, take it as a plain form."""
    found = review_in_sight(request, number)
    seat = permissions.seat_of(request.user, found, today())
    parts = selectors.parts_of(found)
    if seat is None or seat.state != MemberState.SERVING or not 1 <= part <= parts:
        raise Http404
    if found.stage not in SHOWN_AT:
        return redirect("reviews:review", number=number)
    results: list[SheetChange] = []
    if request.method == "POST":
        changes = changes_in(request.POST, found)
        results = services.take_changes(review_id=found.pk, changes=changes, by=request.user, at=timezone.now())
    page = {
        "review": found,
        "sheet": selectors.sheet_of(found, part, today(), "en" if translation.get_language() == "en" else "zh"),
        "part": part,
        "parts": [(one, _address(found, one)) for one in range(1, parts + 1)],
        "pages": json.dumps([_address(found, one) for one in range(1, parts + 1)]),
        "conflicts": selectors.labelled_conflicts(found),
        "results": results,
        "refused": [one for one in results if one.outcome == "refused"],
        "verdicts": Verdict.choices,
        "founds": Found.choices,
        "verifies": VerifyBy.choices,
        "open": found.stage == Stage.AT_WORK,
        "words": json.dumps(_words(), ensure_ascii=False),
        "scope": reverse("reviews:sheets"),
    }
    answer = render(request, "reviews/sheet.html", page)
    answer["X-Sheet-Owner"] = str(request.user.pk)
    return answer


def _address(found: Review, part: int) -> str:
    if part == 1:
        return reverse("reviews:sheet", args=[found.number])
    return reverse("reviews:sheet-part", args=[found.number, part])


@never_cache
@require_POST
def sync(request: HttpRequest, number: str) -> JsonResponse:
    """Take a device's changes and answer what became of each, with what others have written since."""
    if not isinstance(request.user, User):
        return JsonResponse({"problem": "signed-out"}, status=401)
    found = review_in_sight(request, number)
    if len(request.body) > MOST_BYTES:
        return JsonResponse({"problem": "too-large"}, status=413)
    try:
        sent = json.loads(request.body)
        changes = [_change(one) for one in sent["changes"]]
        known = {str(key): int(version) for key, version in sent["known"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"problem": "not-a-sheet"}, status=400)
    results = services.take_changes(review_id=found.pk, changes=changes, by=request.user, at=timezone.now())
    held = services.states_of(found, known)
    return JsonResponse(
        {"owner": request.user.pk, "results": [_result(one) for one in results], "items": held},
        json_dumps_params={"ensure_ascii": False},
    )


def _change(sent: dict[str, Any]) -> services.Change:
    """Read a change. Raises: ValueError, KeyError, TypeError for what is none."""
    made_at = parse_datetime(str(sent.get("made_at") or ""))
    return services.Change(
        id=UUID(str(sent["id"])),
        item=str(sent["item"]),
        base=int(sent["base"]),
        values=dict(sent["values"]),
        after=UUID(str(sent["after"])) if sent.get("after") else None,
        resolves=UUID(str(sent["resolves"])) if sent.get("resolves") else None,
        made_at=_aware(made_at),
    )


def _aware(moment: datetime | None) -> datetime | None:
    return moment if moment is None or timezone.is_aware(moment) else timezone.make_aware(moment)


def _result(one: SheetChange) -> dict[str, Any]:
    return {
        "id": str(one.client_id),
        "outcome": one.outcome,
        "version": one.version,
        "held": one.held,
        "why": one.why,
    }


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """Hand out the sheet's worker from the sheets' own folder, which is all that it may serve."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@cache
def _worker() -> str:
    found = finders.find("dist/sheet-worker.js")
    if not found:
        raise Http404
    return Path(str(found)).read_text(encoding="utf-8")


def _words() -> dict[str, str]:
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
