"""The public day list with its feed, a certificate's page, and the officers' measures."""

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from zhunsheng.admission.certificates import permissions, selectors, services
from zhunsheng.admission.certificates.forms import MOST_SHOWN, DecisionFilter, LinesForm, MeasureForm
from zhunsheng.admission.certificates.models import ListedDecision, MeasureKind
from zhunsheng.admission.certificates.permissions import Can
from zhunsheng.admission.certificates.tables import DecisionTable, LineTable
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.services.access import note_refused
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.registry.bodies import permissions as register_permissions
from zhunsheng.registry.bodies import selectors as register
from zhunsheng.registry.bodies.models import Accreditation, Body
from zhunsheng.registry.bodies.standing import MEANINGS, WORDS

MEASURES = {
    "active": (MeasureKind.SUSPEND, MeasureKind.REDUCE, MeasureKind.CANCEL, MeasureKind.REVOKE),
    "suspended": (MeasureKind.LIFT, MeasureKind.REDUCE, MeasureKind.CANCEL, MeasureKind.REVOKE),
    "expired": (MeasureKind.CANCEL, MeasureKind.REVOKE),
    "cancelled": (MeasureKind.REVOKE,),
}
"""What an officer may do with a certificate that stands so."""


class DecisionList(listing.ListPage):
    """The public day list: filtered, paged, exported."""

    table_class, export_name = DecisionTable, "decisions"
    filterset_class = DecisionFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "certificates/decisions.html"

    def get_queryset(self) -> QuerySet[ListedDecision]:
        """Return the day list."""
        return selectors.decisions_visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the newest day."""
        return {**super().get_context_data(**kwargs), "last_day": selectors.last_day()}


@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """Answer the newest items of the day list as Atom (RFC 4287)."""
    made = Atom1Feed(
        title=_("Decisions on accreditation"),
        link=request.build_absolute_uri(reverse("certificates:decisions")),
        description="",
        language="zh-CN",
    )
    for one in selectors.latest_decisions():
        page = (
            reverse("certificates:certificate", args=[one.number]) if one.number else reverse("certificates:decisions")
        )
        made.add_item(
            title=f"{one.body_name} · {one.get_kind_display()}",
            link=request.build_absolute_uri(page),
            description=" ".join(part for part in (one.local_words, one.decision_no) if part),
            unique_id=f"urn:zhunsheng:decision:{one.pk}",
            pubdate=_moment(one.on),
            updateddate=one.announced_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0)))


@require_GET
def certificate(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show a certificate: how it stands, its documents, its schedule with what came and ended when, its versions."""
    found = _found(number)
    body, now = found.accreditation.body, today()
    form = LinesForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on = given.get("on") or now
    asked = next((one for one in found.versions if one.version == given.get("version")), None)
    lines = selectors.lines_of(found.accreditation, None if given.get("every") else on)
    if asked is not None:
        lines = selectors.lines_changed_by(asked)
    make: Any = LineTable  # django-tables2 has no types
    table = listing.arrange(make(register.search_scope(lines, given.get("q", ""))), request)
    file = listing.exported(table, request, name=f"schedule-{number}")
    if file is not None:
        return file
    may_measure = permissions.allowed(request.user, Can.TAKE_MEASURE, body, now)
    open_to = MEASURES.get(found.standing, ()) if may_measure and found.acted_on else ()
    page = {
        "found": found,
        "body": body,
        "number": found.accreditation.number,
        "standing": {"meaning": MEANINGS[found.standing], "words": WORDS[found.standing]},
        "others": [(one, MEANINGS[status], WORDS[status]) for one, status in found.others],
        "table": table,
        "form": form,
        "on": on,
        "asked": asked,
        "today": now,
        "may_see_people": register_permissions.allowed(request.user, register_permissions.Can.SEE_DETAILS, body, now),
        "may_measure": may_measure,
        "measures": [(one, _verb(one)) for one in open_to],
    }
    return render(request, "certificates/certificate.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def measure(request: SignedInRequest, number: str, kind: str) -> HttpResponse:
    """Suspend, lift, reduce, cancel or revoke a certificate by a decision."""
    found = _found(number)
    body = found.accreditation.body
    _require_measure(request, body)
    offered = MEASURES.get(found.standing, ()) if request.method == "GET" else MeasureKind.values
    if not found.acted_on or kind not in offered:  # what a page of a moment ago sends is answered by the service
        raise Http404
    words = str(request.GET.get("q", ""))[:100]
    lines = selectors.lines_to_end(body, words, today()) if kind == MeasureKind.REDUCE else None
    named = selectors.lines_named(body, request.POST.getlist("lines")) if lines is not None else ()
    form = MeasureForm(request.POST or None, kind=kind, found=lines, named=named, initial={"on": today()})

    def act(given: dict[str, Any]) -> HttpResponse:
        chosen = {"line_ids": given.pop("lines")} if kind == MeasureKind.REDUCE else {}
        carry_out = getattr(services, kind)
        carry_out(body_id=body.pk, by=request.user, at=timezone.now(), **given, **chosen)
        messages.success(request, _("The decision is on record. Register and codes say so from this moment."))
        return redirect("certificates:certificate", number=number)

    page = {
        "title": _verb(MeasureKind(kind)),
        "body": body,
        "number": number,
        "words": words,
        "kind": kind,
        "total": lines.count() if lines is not None else 0,
        "most": MOST_SHOWN,
    }
    return answer(request, form, act, page=page, template="certificates/measure.html")


def _require_measure(request: SignedInRequest, body: Body) -> None:
    """Pass who may act on certificates of this place; whoever sends a decision without the right is kept on record."""
    try:
        permissions.require(request.user, Can.TAKE_MEASURE, permissions.place_of(body), today())
    except NotAllowed as error:
        if request.method == "POST":
            note_refused(request.user, request.path, error, at=timezone.now())
        raise


def _verb(kind: MeasureKind) -> str:
    return {
        MeasureKind.SUSPEND: pgettext("certificate", "Suspend"),
        MeasureKind.LIFT: pgettext("certificate", "End the suspension"),
        MeasureKind.REDUCE: pgettext("certificate", "End items"),
        MeasureKind.CANCEL: pgettext("certificate", "Cancel the certificate"),
        MeasureKind.REVOKE: pgettext("certificate", "Revoke the certificate"),
    }[kind]


def _found(number: str) -> selectors.CertificatePage:
    try:
        return selectors.page_of(number, today())
    except Accreditation.DoesNotExist as error:
        raise Http404 from error
