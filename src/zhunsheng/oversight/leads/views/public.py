"""For everybody: report something, with or without a name, and follow it by code and secret."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.leads.forms import public as entered
from zhunsheng.oversight.leads.models import Complaint
from zhunsheng.oversight.leads.selectors import complaints as selectors
from zhunsheng.oversight.leads.services import complaints
from zhunsheng.oversight.leads.services.complaints import Reporter
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import answer
from zhunsheng.registry.bodies.models import Body

SHOWN_ONCE, OPENED = "report_shown_once", "report_opened"
"""What the session holds: code and secret until they were shown, and the report that was opened with its secret."""


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a report from anybody."""
    form = entered.ReportForm(request.POST or None, request.FILES or None, initial=_known(request))

    def act(given: dict[str, Any]) -> HttpResponse:
        made = complaints.report(
            matter=given["matter"], words=given["words"], body_id=given["body"], subject=given["subject"],
            division_id=given["city"].pk if given["city"] else None,
            uploads=[(one, one.name) for one in given["uploads"]],
            reporter=Reporter(given["name"], given["contact"]), address=request.META.get("REMOTE_ADDR", ""),
            at=timezone.now(),
        )  # fmt: skip
        request.session[SHOWN_ONCE] = [made.complaint.code, made.secret]
        return redirect("leads:reported")

    return answer(request, form, act, page={}, template="leads/public/report.html")


@never_cache
@require_http_methods(["GET"])
def reported(request: HttpRequest) -> HttpResponse:
    """Show code and secret once."""
    shown = request.session.pop(SHOWN_ONCE, None)
    if not shown:
        return redirect("leads:follow")
    return render(request, "leads/public/reported.html", {"code": shown[0], "secret": shown[1]})


@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for code and secret, and open the report that they belong to."""
    form = entered.FollowForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        found = complaints.look(
            code=given["code"], secret=given["secret"], address=request.META.get("REMOTE_ADDR", ""), at=timezone.now()
        )
        request.session[OPENED] = found.pk
        return redirect("leads:mine")

    return answer(request, form, act, page={}, template="leads/public/follow.html")


@never_cache
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show the report that was opened with its secret, and take another message."""
    found = Complaint.objects.select_related("lead").filter(pk=request.session.get(OPENED) or 0).first()
    if found is None:
        return redirect("leads:follow")
    form = entered.MoreForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploads = [(one, one.name) for one in form.cleaned_data["uploads"]]
        try:
            complaints.say_more(
                complaint_id=found.pk, words=form.cleaned_data["words"], uploads=uploads, at=timezone.now()
            )
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("Your message is added."))
            return redirect("leads:mine")
    words, meaning = selectors.standing(found)
    page = {
        "complaint": found, "words": words, "meaning": meaning, "said": selectors.messages_of(found), "form": form,
    }  # fmt: skip
    return render(request, "leads/public/mine.html", page, status=422 if form.is_bound else 200)


def _known(request: HttpRequest) -> dict[str, Any]:
    """Return what the address already says: the body, and the number of a report."""
    body = Body.objects.filter(slug=request.GET.get("body", "")).first()
    number = request.GET.get("number", "")[:80]
    known: dict[str, Any] = {"words": _("Report number: %(number)s") % {"number": number} + "\n"} if number else {}
    if body is not None:
        known |= {"body": body.slug, "subject": body.name}
    return known
