"""How long the steps of applications really took, by route: a chart and its table."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from zhunsheng.admission.licensing.forms.officer import SpanForm
from zhunsheng.admission.licensing.lifecycle import Route
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.durations import Durations
from zhunsheng.admission.licensing.selectors import officer as selectors
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest

SPAN = timedelta(days=365)


@login_required
@require_GET
def durations(request: SignedInRequest) -> HttpResponse:
    """Show share in time, median and slow end of every time limit that ended in a stretch of time."""
    today = timezone.localdate()
    reach = policy.reach_of(request.user, Can.SEE, today)
    if not (reach.everywhere or reach.division_prefixes):
        raise NotAllowed(Can.SEE)
    form = SpanForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    until = given.get("until") or today
    since = given.get("since") or until - SPAN
    rows = _named(selectors.finished_clocks(request.user, today, since, until))
    page = {"rows": rows, "chart": _chart(rows), "form": form, "since": since, "until": until}
    return render(request, "licensing/officer/statistics.html", page)


def _named(found: list[Durations]) -> list[dict[str, Any]]:
    clocks, routes = selectors.clock_names(), dict(Route.choices)
    return [
        {
            "route": routes.get(one.route, "—"),
            "clock": clocks.get(one.step, one.step),
            "figures": one,
            "share": f"{100 * one.share:.1f}%",
            "address": urlencode({"route": one.route}),
        }
        for one in found
    ]


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    if not rows:
        return None
    total = sum(row["figures"].count for row in rows)
    in_time = sum(row["figures"].in_time for row in rows)
    return {
        "kind": "hbar",
        "title": _("%(share)s of %(total)s time limits were kept")
        % {"share": f"{100 * in_time / total:.1f}%", "total": f"{total:,}"},
        "x": {"name": _("Route and time limit"), "values": [f"{row['route']} · {row['clock']}" for row in rows]},
        "y": {"name": pgettext("unit", "working days")},
        "series": [
            {"name": _("Median"), "values": [row["figures"].median for row in rows], "meaning": "good"},
            {"name": _("Slowest tenth from"), "values": [row["figures"].slow for row in rows], "meaning": "attention"},
            {"name": _("Time limit"), "values": [row["figures"].limit for row in rows], "meaning": "neutral"},
        ],
        "note": _("Working days without suspensions, as the law counts them."),
    }
