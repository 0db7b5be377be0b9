"""Reports registered by number and digest: the files are hashed in the browser and never leave it."""

from dataclasses import dataclass
from typing import Self

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from msgspec import UNSET

from zhunsheng.oversight.reports.forms import BUSINESSES, RegisterForm
from zhunsheng.oversight.reports.permissions import Can
from zhunsheng.oversight.reports.uploads import Uploaded, read_listed
from zhunsheng.oversight.reports.views.submitting import MOST_SHOWN, ShownOutcome, handed_in
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.registry.bodies.models import Body


@dataclass(frozen=True)
class Registered:
    """A row of what was registered: what was stated, as far as it could be read, and what became of it."""

    outcome: ShownOutcome
    number: str
    version: int | None = None
    issued: str = ""
    business: str = ""
    digests: tuple[str, ...] = ()

    @classmethod
    def of(cls, stated: Uploaded, outcome: ShownOutcome) -> Self:
        """Return the row of one report."""
        said = stated.parsed.registration if stated.parsed is not None else None
        if said is None:
            return cls(outcome, stated.name)
        digests = [file.sha256 for file in said.files] + ([] if said.content is UNSET else [said.content])
        business = "" if said.business is UNSET else str(BUSINESSES[said.business])
        return cls(outcome, said.number, said.version, said.issued[:10], business, tuple(digests))


@login_required
def register(request: SignedInRequest) -> HttpResponse:
    """Register reports that a client commissioned of one's own body. Raises: NotAllowed."""
    today = timezone.localdate()
    if not policy.allowed_somewhere(request.user, Can.SUBMIT_REPORTS, today):
        raise policy.NotAllowed(Can.SUBMIT_REPORTS)
    own = {one.organisation_id for one in request.user.memberships_on(today)}
    bodies = Body.objects.filter(organisation_id__in=own).order_by("name", "pk")
    form = RegisterForm(request.POST or None, bodies=bodies)
    done: list[Registered] = []
    if form.is_valid():
        given = form.cleaned_data
        body, issued = given["body"], given["issued"].isoformat()
        listed = list(
            read_listed(given["reports"], cma=body.cma or "", slug=body.slug, issued=issued, business=given["business"])
        )
        done = [Registered.of(*each) for each in zip(listed, handed_in(request, listed), strict=True)]
        if all(not one.outcome.problems for one in done):
            form = RegisterForm(None, bodies=bodies)
    page = {
        "form": form,
        "done": done[:MOST_SHOWN],
        "left_out": max(len(done) - MOST_SHOWN, 0),
        "file_name": "number",
    }
    return render(request, "reports/register.html", page, status=422 if form.errors else 200)
