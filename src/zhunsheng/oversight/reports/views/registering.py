"""Reports registered by number and digest: the files are hashed in the browser and never leave it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhunsheng.oversight.reports.forms import RegisterForm
from zhunsheng.oversight.reports.permissions import Can
from zhunsheng.oversight.reports.uploads import read_listed
from zhunsheng.oversight.reports.views.submitting import MOST_SHOWN, ShownOutcome, handed_in
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.registry.bodies.models import Body


@login_required
def register(request: SignedInRequest) -> HttpResponse:
    """Register reports that a client commissioned of one's own body. Raises: NotAllowed."""
    today = timezone.localdate()
    if not policy.allowed_somewhere(request.user, Can.SUBMIT_REPORTS, today):
        raise policy.NotAllowed(Can.SUBMIT_REPORTS)
    own = {one.organisation_id for one in request.user.memberships_on(today)}
    bodies = Body.objects.filter(organisation_id__in=own).order_by("name", "pk")
    form = RegisterForm(request.POST or None, bodies=bodies)
    outcomes: list[ShownOutcome] = []
    if form.is_valid():
        given = form.cleaned_data
        body, issued = given["body"], given["issued"].isoformat()
        listed = read_listed(
            given["reports"], cma=body.cma or "", slug=body.slug, issued=issued, business="commissioned"
        )
        outcomes = handed_in(request, list(listed))
    page = {
        "form": form,
        "outcomes": outcomes[:MOST_SHOWN],
        "left_out": max(len(outcomes) - MOST_SHOWN, 0),
        "file_name": "number",
    }
    return render(request, "reports/register.html", page, status=422 if form.errors else 200)
