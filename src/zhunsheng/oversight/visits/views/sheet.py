"""The inspectors' sheet: an installable page that works with or without a network, its sync and its photographs."""

import json
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.visits import permissions, selectors, services
from zhunsheng.oversight.visits.lifecycle import Stage, Verdict
from zhunsheng.oversight.visits.models import Visit, VisitChange
from zhunsheng.oversight.visits.rules.days import Mark
from zhunsheng.oversight.visits.views.posted import changes_in
from zhunsheng.oversight.visits.views.steps import visit_in_sight
from zhunsheng.oversight.visits.wording import MARKS
from zhunsheng.platform import sheets
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today
from zhunsheng.platform.refusals import sentence_and_remedy
from zhunsheng.platform.sheet_items import aware

TOLD_AT_ONCE = (Mark.OTHER_DAY, Mark.FAR_AWAY)
"""Marks of which the inspector hears while another photograph can still be taken."""


@login_required
@never_cache
@require_GET
def mine(request: SignedInRequest) -> HttpResponse:
    """Show the visits that this inspector conducts: the page that an installed sheet opens with."""
    shown = list(selectors.own_visits(request.user, today())[:50])
    answer = render(request, "visits/mine.html", {"visits": shown, "scope": reverse("visits:sheets")})
    answer["X-Sheet-Owner"] = str(request.user.pk)
    return answer


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def sheet(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the sheet; without scripts, take it as a plain form."""
    found = visit_in_sight(request, number)
    if not permissions.seat_of(request.user, found, today()):
        raise Http404
    if found.stage in {Stage.PREPARED, Stage.CANCELLED}:
        return redirect("visits:visit", number=number)
    results: list[VisitChange] = []
    if request.method == "POST":
        changes = changes_in(request.POST, found)
        results = services.take_changes(visit_id=found.pk, changes=changes, by=request.user, at=timezone.now())
        found = visit_in_sight(request, number)
    answer = render(request, "visits/sheet.html", _page(found, results))
    answer["X-Sheet-Owner"] = str(request.user.pk)
    return answer


def _page(found: Visit, results: list[VisitChange]) -> dict[str, Any]:
    scope = reverse("visits:sheets")
    return {
        "visit": found,
        "sheet": selectors.sheet_of(found),
        "titles": selectors.violation_titles(timezone.localdate(found.opened_at)),
        "pages": json.dumps([scope, reverse("visits:sheet", args=[found.number])]),
        "conflicts": selectors.open_conflicts(found),
        "refused": [one for one in results if one.outcome == "refused"],
        "verdicts": Verdict.choices,
        "open": found.stage == Stage.UNDER_WAY,
        "words": json.dumps(sheets.words() | {"sign_first": _("Enter the name and sign in the field.")}),
        "scope": scope,
    }


@never_cache
@require_POST
def sync(request: HttpRequest, number: str) -> JsonResponse:
    """Take a device's changes and answer what became of each, with what others have written since."""
    if not isinstance(request.user, User):
        return JsonResponse({"problem": "signed-out"}, status=401)
    found = visit_in_sight(request, number)
    take = partial(services.take_changes, visit_id=found.pk, by=request.user, at=timezone.now())
    return sheets.synced(request, lambda changes: take(changes=changes), partial(services.states_of, found))


@never_cache
@require_POST
def take_photo(request: HttpRequest, number: str) -> JsonResponse:
    """Take one photograph of a device; a refusal is an answer that the device keeps beside the photograph."""
    if not isinstance(request.user, User):
        return JsonResponse({"problem": "signed-out"}, status=401)
    found = visit_in_sight(request, number)
    sent = request.FILES.get("file")
    try:
        captured = _captured(request)
    except ValueError:
        return JsonResponse({"problem": "not-a-photo"}, status=400)
    if sent is None:
        return JsonResponse({"problem": "not-a-photo"}, status=400)
    upload = services.Upload(sent.name or "", sent.read(), sent.content_type or None)
    told: dict[str, Any] = {"owner": request.user.pk, "id": str(captured.id)}
    try:
        made = services.take_photo(
            visit_id=found.pk, captured=captured, upload=upload, by=request.user, at=timezone.now()
        )
    except NotAllowed:
        raise
    except DomainError as error:
        return JsonResponse(told | {"outcome": "refused", "why": sentence_and_remedy(error)}, status=422)
    why = " · ".join(str(MARKS[one]) for one in made.marks if one in TOLD_AT_ONCE)
    return JsonResponse(told | {"outcome": "kept", "why": why, "marks": made.marks})


def _captured(request: HttpRequest) -> services.Captured:
    """Read what a device says of a photograph. Raises: ValueError for what is none."""
    given = request.POST
    taken = aware(parse_datetime(given.get("takenAt", "")))
    if taken is None:
        raise ValueError("takenAt")
    return services.Captured(
        id=UUID(given.get("id", "")),
        item=given.get("item", ""),
        sha256=given.get("sha256", ""),
        taken_at=taken,
        modified_at=aware(parse_datetime(given.get("modifiedAt", ""))),
        lat=given.get("lat", ""),
        lon=given.get("lon", ""),
        accuracy=given.get("accuracy", ""),
    )


@require_GET
def manifest(_request: HttpRequest) -> JsonResponse:
    """Describe the sheet to telephones and tablets, so that it can be installed."""
    scope = reverse("visits:sheets")
    made = JsonResponse(
        {
            "name": _("On-site inspection"),
            "short_name": _("Inspection"),
            "start_url": scope,
            "scope": scope,
            "id": scope,
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#0b3d6b",
            "icons": [{"src": static("kit/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
        },
        json_dumps_params={"ensure_ascii": False},
    )
    made["Content-Type"] = "application/manifest+json"
    return made
