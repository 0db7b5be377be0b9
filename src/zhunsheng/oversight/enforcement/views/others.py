"""Findings and proposals, the yardstick, the board, what is published, and what touches qualifications."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from zhunsheng.oversight.enforcement import permissions, wording
from zhunsheng.oversight.enforcement.forms import cases as entered
from zhunsheng.oversight.enforcement.forms.lists import PublishedFilter, QualificationFilter, SevereFilter
from zhunsheng.oversight.enforcement.forms.proposal import ProposalForm
from zhunsheng.oversight.enforcement.models import Decision, QualificationMatter, SevereEntry
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.selectors import cases as selectors
from zhunsheng.oversight.enforcement.selectors import proposals_of, severe
from zhunsheng.oversight.enforcement.selectors.board import board as figures
from zhunsheng.oversight.enforcement.services import investigating, proposing
from zhunsheng.oversight.enforcement.tables import PublishedTable, QualificationTable, SevereTable
from zhunsheng.oversight.enforcement.views.cases import found_for
from zhunsheng.oversight.leads.tables import in_words
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Division
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer


@login_required
@require_http_methods(["GET", "POST"])
def finding(request: SignedInRequest, number: str, place: int = 0) -> HttpResponse:
    """Add a finding to a case, or state one anew with its reason in the record."""
    found = found_for(request, number)
    permissions.require(request.user, Can.INVESTIGATE, found, timezone.localdate())
    row = get_object_or_404(found.findings, number=place) if place else None
    initial = {
        "violation": row.violation, "found": row.words, "on": row.on, "field": row.field, "fee": row.fee,
        "gain": row.gain, "goods": row.goods, "circumstances": row.circumstances,
    } if row else {}  # fmt: skip
    form = entered.FindingForm(request.POST or None, initial=initial)

    def act(_given: dict[str, Any]) -> HttpResponse:
        if row is None:
            investigating.find(case_id=found.pk, findings=[form.facts()], by=request.user, at=timezone.now())
        else:
            investigating.establish(
                finding_id=row.pk, found=form.facts(), by=request.user, at=timezone.now(), why=_("Facts stated anew")
            )
        messages.success(request, _("The yardstick has measured the facts anew."))
        return redirect("enforcement:case", number=number)

    return answer(request, form, act, page={"case": found, "row": row}, template="enforcement/finding.html")


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest, number: str) -> HttpResponse:
    """Propose penalties, with what the law opens, the benchmark and like cases beside each."""
    found = found_for(request, number)
    permissions.require(request.user, Can.INVESTIGATE, found, timezone.localdate())
    measured = proposals_of(found)
    form = ProposalForm(request.POST or None, measured=measured, body=found.body)
    ids = [one.id for _finding, proposal in measured for one in proposal.consequences]
    like = selectors.like_cases(ids, found)
    page = {
        "case": found,
        "blocks": [
            {"finding": row, "proposal": proposal, "step": wording.STEPS[proposal.step.value],
             "rows": [{"row": one, "like": like.get(one.consequence.id)} for one in form.rows(row, proposal)]}
            for row, proposal in measured
        ],
    }  # fmt: skip

    def act(given: dict[str, Any]) -> HttpResponse:
        proposing.propose(
            case_id=found.pk, chosen=form.chosen(), words=given["words"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Proposed. A legal officer examines it."))
        return redirect("enforcement:case", number=number)

    return answer(request, form, act, page=page, template="enforcement/propose.html")


@login_required
@require_GET
def board(request: SignedInRequest) -> HttpResponse:
    """Show what is overdue, what waits, how long cases take."""
    today = timezone.localdate()
    if not policy.allowed_somewhere(request.user, Can.SEE, today):
        raise NotAllowed(Can.SEE)
    found = figures(request.user, today)
    return render(
        request, "enforcement/board.html", {"board": found, "chart": _cities(found.cities), "span": _span(found.days)}
    )


def _span(days: list[int]) -> dict[str, int] | None:
    """Return median and longest time from filing to decision, in days."""
    if not days:
        return None
    ordered = sorted(days)
    return {"median": ordered[len(ordered) // 2], "longest": ordered[-1], "number": len(ordered)}


def _most(names: list[str], numbers: list[int]) -> str:
    """Return which place, the first of the list, has the most cases; none is named where others have as many."""
    if numbers.count(numbers[0]) > 1:
        most = ngettext("No place has more than %(number)s case", "No place has more than %(number)s cases", numbers[0])
        return most % {"number": numbers[0]}
    return _("%(name)s has the most cases: %(number)s") % {"name": names[0], "number": numbers[0]}


def _cities(rows: list[dict[str, object]]) -> dict[str, Any] | None:
    """Return cases by place as a chart."""
    if not rows:
        return None
    names = [
        Division(name=str(one["division__name"]), name_en=str(one["division__name_en"])).local_name for one in rows
    ]
    return {
        "kind": "hbar",
        "title": _most(names, [int(str(one["number"])) for one in rows]),
        "x": {"name": _("Division"), "values": names},
        "y": {"name": _("cases"), "whole": True},
        "series": [{"name": _("cases"), "values": [one["number"] for one in rows]}],
        "description": _("Cases by the place that handles them."),
    }


class PublishedList(listing.ListPage):
    """Decisions that everybody may read, newest first."""

    table_class, export_name = PublishedTable, "decisions"
    filterset_class = PublishedFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "enforcement/published.html"

    def get_queryset(self) -> QuerySet[Decision]:
        """Return what is shown today."""
        return selectors.published(timezone.localdate())


@require_GET
def published_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published decision: what the law publishes, and its digest in the log."""
    found = get_object_or_404(selectors.published(timezone.localdate()), pk=pk)
    rows = found.case.penalties.filter(withdrawn_at=None).exclude(
        kind__in=["qualification", "application_bar", "police"]
    )
    page = {
        "decision": found,
        "matter": in_words(found.case.matter).removeprefix("涉嫌"),
        "penalties": list(rows.order_by("pk")),
    }
    return render(request, "enforcement/published_one.html", page)


class SevereList(listing.ListPage):
    """The list of severe offenders, newest first, for everybody."""

    table_class, export_name = SevereTable, "severe-list"
    filterset_class = SevereFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "enforcement/severe.html"

    def get_queryset(self) -> QuerySet[SevereEntry]:
        """Return who stands on the list today."""
        return severe.listed(timezone.localdate())


class QualificationList(LoginRequiredMixin, listing.ListPage):
    """Recommendations on qualifications, newest first."""

    table_class, export_name = QualificationTable, "qualification-matters"
    filterset_class = QualificationFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "enforcement/qualifications.html"

    def get_queryset(self) -> QuerySet[QualificationMatter]:
        """Return what this reader sees. Raises: NotAllowed."""
        today = timezone.localdate()
        if not policy.allowed_somewhere(self.request.user, Can.SEE, today):
            raise NotAllowed(Can.SEE)
        return selectors.qualifications_visible_to(self.request.user, today)
