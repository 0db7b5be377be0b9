"""One alert: what was seen and how rare it is; two reports cell by cell; what an officer makes of it; as a file."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhunsheng.oversight.leads.selectors import leads_visible_to
from zhunsheng.oversight.reports import selectors as reports
from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.screening import charts, permissions, selectors, showing, wording
from zhunsheng.oversight.screening.evidence.comparing import SAME, aligned
from zhunsheng.oversight.screening.forms import DiscloseForm, DismissForm, LeadForm, ReopenForm, WatchForm
from zhunsheng.oversight.screening.lifecycle import ALERT, Stage
from zhunsheng.oversight.screening.models import Alert, Sighting
from zhunsheng.oversight.screening.permissions import Can
from zhunsheng.oversight.screening.services import exporting, judging, leading
from zhunsheng.platform.accounts.changes import Change, changes_of
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.platform.reading import listed

Act = tuple[type[forms.Form], str, Callable[..., Alert], Any, Any]
ACTS: dict[str, Act] = {
    "watch": (WatchForm, Can.JUDGE, judging.watch, gettext_lazy("Watch"), gettext_lazy("The alert is watched.")),
    "dismiss": (
        DismissForm,
        Can.JUDGE,
        judging.dismiss,
        gettext_lazy("Explain"),
        gettext_lazy("Kept as explained; the judgement counts for calibration."),
    ),
    "reopen": (
        ReopenForm,
        Can.JUDGE,
        judging.reopen,
        gettext_lazy("Withdraw the explanation"),
        gettext_lazy("The alert is open again; the explanation is counted no more."),
    ),
    "open_lead": (
        LeadForm,
        Can.JUDGE,
        leading.open_lead_from,
        gettext_lazy("Open a lead"),
        gettext_lazy("A lead is open; what follows is decided there."),
    ),
    "disclose": (
        DiscloseForm,
        Can.DISCLOSE,
        judging.disclose,
        gettext_lazy("Disclose to the body"),
        gettext_lazy("The body now sees what stands out about it."),
    ),
}


@login_required
@require_safe
def alert(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an alert: to officers with peers and what to do, to the body itself what concerns it."""
    found = get_object_or_404(selectors.alerts_visible_to(request.user, today()), pk=pk)
    seen = _seen(found)
    signs = showing.signs_of(seen.evidence, today())
    page: dict[str, Any] = {
        "alert": found, "sighting": seen, "run": seen.run, "signs": signs, "family": found.family,
        "meaning": wording.MEANINGS[Stage(found.stage)], "reports": seen.evidence["reports"],
        "innocent": showing.innocents_of(signs, today()), "pairs": showing.pairs_of(seen.evidence),
        "field": wording.field_name(found.field) if found.field else "",
    }  # fmt: skip
    if not permissions.allowed(request.user, Can.SEE, found, today()):
        return render(request, "screening/disclosed.html", page)
    page |= {
        "rate": wording.error_rate(found.q),
        "bodies": seen.evidence["bodies"],
        "charts": charts.of_alert(seen.evidence, found.family),
        "pairs_more": len(seen.evidence["pairs"]) - len(page["pairs"]),
        "sightings": list(selectors.sightings_of(found)[:10]),
        "actions": _offered(request, found),
        "events": _events(found),
        "lead": _lead_of(request, found),
        "explanation": dict(wording.explanation_choices()).get(found.explanation, ""),
    }
    return render(request, "screening/alert.html", page)


def _seen(found: Alert) -> Sighting:
    sighting = selectors.last_sighting(found)
    if sighting is None:
        raise Http404
    return sighting


def _open(found: Alert, action: str) -> bool:
    """Tell whether an action is possible at the alert's stage; disclosing only once."""
    return action in ALERT.actions(Stage(found.stage)) and not (action == "disclose" and found.disclosed_at)


def _offered(request: SignedInRequest, found: Alert) -> list[tuple[str, Any]]:
    """Return what this reader may do with the alert now, as action and words."""
    return [
        (action, words)
        for action, (_form, can, _service, words, _done) in ACTS.items()
        if _open(found, action) and permissions.allowed(request.user, can, found, today())
    ]


def _lead_of(request: SignedInRequest, found: Alert) -> str:
    """Return the address of the alert's lead for who may see it, else nothing."""
    number = found.lead_reference
    seen = number and leads_visible_to(request.user, today()).filter(number=number).exists()
    return reverse("leads:lead", args=[number]) if seen else ""


def _step_of(change: Change) -> str:
    """Return what a change was in one word: the stage that it led to or renewed, else what it concerned."""
    if change.kind == "created":
        return _("Raised")
    after = {one.field: one.after for one in change.fields}
    if "stage" not in after and "disclosed_at" in after:
        return _("Disclosed to the body")
    if "stage" not in after and "watch_until" in after:
        return str(Stage.WATCHED.label)
    return after.get("stage") or listed(one.title for one in change.fields)


def _events(found: Alert) -> list[dict[str, Any]]:
    """Return what happened to the alert, for the kit's timeline."""
    return [
        {
            "at": change.at, "by": change.who, "text": change.why, "meaning": "neutral",
            "title": _step_of(change),
        }
        for change in changes_of(found, limit=20)
    ]  # fmt: skip


@login_required
@require_safe
def compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show two reports of the body side by side, cell by cell; any two of those that the alert names can be chosen."""
    found = get_object_or_404(selectors.alerts_visible_to(request.user, today()), pk=pk)
    evidence = _seen(found).evidence
    named = evidence["reports"]
    chosen = [request.GET.get(side, "") for side in ("left", "right")]
    nearest = [
        (pair["left"], pair["right"]) for pair in evidence["pairs"] if {pair["left"], pair["right"]} <= set(named)
    ]
    default = [*(nearest[0] if nearest else named), "", ""]
    digests = [digest if digest in named else default[place] for place, digest in enumerate(chosen)]
    both = [_report(request, found, digest) for digest in digests]
    if None in both:
        raise Http404
    left, right = (reports.stated_report_of(one) for one in both if one is not None)
    rows = aligned(showing.cells_of(left), showing.cells_of(right))
    page = {
        "alert": found, "named": named.items(), "left": digests[0], "right": digests[1],
        "one": both[0], "two": both[1], "heads": [showing.head_of(left), showing.head_of(right)],
        "rows": [(row, showing.MARKS[row.mark]) for row in rows],
        "same": sum(row.mark == SAME for row in rows), "total": len(rows),
    }  # fmt: skip
    return render(request, "screening/compare.html", page)


def _report(request: SignedInRequest, found: Alert, digest: str) -> Report | None:
    """Return a report of the alert's body that this person may read; reading it is recorded."""
    report = reports.readable_report(request.user, digest, today())
    if report is None or report.body_id != found.body_id:
        return None
    if not reports.is_own(request.user, report, today()):
        note_access(request.user, report, "疑点线索比对 / compared for an alert", owner=reports.place_of(report))
    return report


@login_required
@require_http_methods(["GET", "POST"])
def act(request: SignedInRequest, pk: int, action: str) -> HttpResponse:
    """Watch, explain, withdraw the explanation, open a lead, or disclose."""
    if action not in ACTS:
        raise Http404
    form_class, can, service, title, done_words = ACTS[action]
    found = get_object_or_404(selectors.alerts_visible_to(request.user, today()), pk=pk)
    permissions.require(request.user, can, found, today())

    def done(given: dict[str, Any]) -> HttpResponse:
        service(alert_id=pk, by=request.user, at=timezone.now(), **given)
        messages.success(request, str(done_words))
        return redirect("screening:alert", pk=pk)

    more: dict[str, Any] = {}
    if form_class is DismissForm:
        signs = showing.signs_of(_seen(found).evidence, today())
        more["kinds"] = tuple(one.kind for one in showing.innocents_of(signs, today()))
    form = form_class(request.POST or None, **more)
    page = {
        "alert": found,
        "title": title,
        "sign": wording.sign_title(found.detector),
        "possible": _open(found, action),
    }
    return answer(request, form, done, page=page, template="screening/act.html")


@login_required
@require_POST
def export(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the alert as a signed PDF or as JSON; taking it is recorded and sealed."""
    if kind not in (exporting.PDF, exporting.JSON):
        raise Http404
    found = get_object_or_404(selectors.alerts_visible_to(request.user, today()), pk=pk)
    _record, content = exporting.export_alert(alert_id=found.pk, kind=kind, by=request.user, at=timezone.now())
    media = "application/pdf" if kind == exporting.PDF else "application/json"
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="alert-{found.pk}.{kind}"'
    response["X-Robots-Tag"] = "noindex"
    return response
