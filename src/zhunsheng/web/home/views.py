"""One address, a home for each kind of work: officers oversee, laboratories hand in and mend."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhunsheng.oversight.reports.permissions import Can as ReportsCan
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.roles import BODY_ROLES
from zhunsheng.web.home import laboratory, officer


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
        return render(request, "home/laboratory.html", {"desk": page})
    if policy.allowed_somewhere(user, ReportsCan.READ_FINDINGS, today):
        return render(request, "home/officer.html", {"desk": officer.desk(user, timezone.now())})
    return render(request, "home/plain.html", {"memberships": user.memberships_on(today)})


def own_organisations(user: User, on: date) -> list[int]:
    """Return the testing bodies for which this person works today."""
    return [one.organisation_id for one in user.memberships_on(on) if one.role in BODY_ROLES]
