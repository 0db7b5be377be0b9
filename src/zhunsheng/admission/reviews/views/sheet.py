"""The assessors' sheet: a page that works with or without a network, its sync, and its worker."""

import json
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhunsheng.admission.reviews import checklists, permissions, selectors, services
from zhunsheng.admission.reviews.lifecycle import Found, MemberState, Stage, Verdict, VerifyBy
from zhunsheng.admission.reviews.models import Review, SheetChange
from zhunsheng.admission.reviews.views.posted import changes_in
from zhunsheng.admission.reviews.views.steps import review_in_sight
from zhunsheng.platform import sheets
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today

SHOWN_AT = {Stage.AT_WORK, Stage.RECTIFYING, Stage.CONCLUDED}


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
        "marks_known": checklists.marks_known(timezone.localdate(found.opened_at)),
        "words": json.dumps(sheets.words(), ensure_ascii=False),
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
    take = partial(services.take_changes, review_id=found.pk, by=request.user, at=timezone.now())
    return sheets.synced(request, lambda changes: take(changes=changes), partial(services.states_of, found))
