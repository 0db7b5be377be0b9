"""One address, a home for each kind of work: officers oversee, laboratories hand in and mend."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from zhunsheng.admission.licensing.permissions import Can as LicensingCan
from zhunsheng.admission.reviews.permissions import Can as ReviewsCan
from zhunsheng.admission.reviews.selectors import seats_waiting_for
from zhunsheng.oversight.enforcement.permissions import Can as CasesCan
from zhunsheng.oversight.leads.permissions import Can as LeadsCan
from zhunsheng.oversight.reports.permissions import Can as ReportsCan
from zhunsheng.oversight.screening.permissions import Can as ScreeningCan
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.permissions import Can as AccountsCan
from zhunsheng.platform.accounts.roles import BODY_ROLES
from zhunsheng.web.home import cases, inspections, laboratory, licensing, officer, screening


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the workbench that fits the person's roles today."""
    user, today = request.user, timezone.localdate()
    if not isinstance(user, User):
        return render(request, "home/plain.html")
    own = own_organisations(user, today)
    if own:
        page = laboratory.desk(user, own, timezone.now(), chosen=request.GET.get("body", ""))
        shown = {
            "desk": page, "seats": seats_waiting_for(user, today), "applied": licensing.applied(user, own, today),
            "notices": licensing.notices(user, today),
        }  # fmt: skip
        return render(request, "home/laboratory.html", shown)
    if policy.allowed_somewhere(user, ReportsCan.READ_FINDINGS, today):
        shown = {
            "desk": officer.desk(user, timezone.now()),
            "licensing": licensing.desk(user, today),
            "warned": policy.allowed_somewhere(user, ScreeningCan.SEE, today),
        }
        return render(request, "home/officer.html", shown)
    page_of_doors = {
        "memberships": user.memberships_on(today), "doors": _doors(user, today),
        "licensing": licensing.desk(user, today), "seats": seats_waiting_for(user, today),
    }  # fmt: skip
    return render(request, "home/plain.html", page_of_doors)


@require_safe
@login_required
def screened(request: HttpRequest) -> HttpResponse:
    """Show the card of alerts by itself: the workbench fetches it when it is drawn, and is drawn without waiting."""
    user, today = request.user, timezone.localdate()
    page = screening.desk(user, today) if isinstance(user, User) else None
    if page is None:
        raise Http404
    return render(request, "home/_screening.html", {"screening": page})


@require_safe
@login_required
def cased(request: HttpRequest) -> HttpResponse:
    """Show the cards of leads, referrals, cases and plans by themselves; empty for those who have to do with none."""
    user, today = request.user, timezone.localdate()
    if not isinstance(user, User):
        return render(request, "home/_cases.html")
    page = {"desk": cases.desk(user, today), "plans": inspections.desk(user, today)}
    return render(request, "home/_cases.html", page)


@require_safe
@login_required
def verifying(request: HttpRequest) -> HttpResponse:
    """Show the card of verifications by itself; empty for those for whom none waits."""
    user, today = request.user, timezone.localdate()
    page = licensing.verifying(user, today) if isinstance(user, User) else None
    return render(request, "home/_verifying.html", {"verifying": page})


def _doors(user: User, on: date) -> list[dict[str, Any]]:
    """Return where else this person may work: administration where it is permitted, then what everyone may do."""
    doors = (
        (AccountsCan.MANAGE_ORGANISATIONS, "accounts:organisations", "building", _("Organisations and people")),
        (AccountsCan.MANAGE_API_CLIENTS, "accounts:clients", "key", _("API clients")),
        (AccountsCan.VIEW_ACCESS_RECORDS, "accounts:access", "eye", _("Who read what")),
        (ReviewsCan.WORK, "reviews:reviews", "list-check", _("My reviews")),
        (LeadsCan.SEE, "leads:list", "alert-triangle", pgettext("page", "Leads")),
        (LeadsCan.SEE_REFERRALS, "leads:referrals", "inbox", _("Referrals")),
        (CasesCan.SEE, "enforcement:list", "scale", pgettext("page", "Cases")),
        (LicensingCan.HANDLE, "licensing:queue", "file-text", _("Accreditation applications")),
        (LicensingCan.EXAMINE, "licensing:queue", "file-text", _("Accreditation applications")),
        (LicensingCan.VERIFY, "licensing:verifications", "list-check", _("Verification of commitments")),
        (ReportsCan.READ_REPORTS, "reports:list", "report-search", _("Reports")),
        (ReportsCan.CHECK_REPORTS, "reports:try", "list-check", _("Check before issue")),
        ("", "verification:home", "qrcode", _("Verify a report")),
        ("", "bodies:list", "building", _("Find a body")),
        ("", "catalogue:index", "flask", _("Standards and parameters")),
    )
    return [
        {"href": reverse(name), "icon": icon, "words": words}
        for action, name, icon, words in doors
        if not action or policy.allowed_somewhere(user, action, on)
    ]


def own_organisations(user: User, on: date) -> list[int]:
    """Return the testing bodies for which this person works today."""
    return [one.organisation_id for one in user.memberships_on(on) if one.role in BODY_ROLES]
