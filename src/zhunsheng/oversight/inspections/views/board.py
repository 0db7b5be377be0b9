"""The board of inspections, and what the public reads: plans, draws, disclosed outcomes."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from zhunsheng.oversight.inspections import lawbook, selectors
from zhunsheng.oversight.inspections.forms.filters import ResultFilter
from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.selectors.boards import Board, board_of, plans_in_progress
from zhunsheng.oversight.inspections.selectors.estimates import Estimates, estimates_of, plans_of_year
from zhunsheng.oversight.inspections.tables import ResultTable
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today


@login_required
@require_GET
def board(request: SignedInRequest) -> HttpResponse:
    """Show how the inspections of a year stand, and what the lot says about all bodies."""
    if not policy.allowed_somewhere(request.user, Can.SEE, today()):
        raise NotAllowed(Can.SEE)
    year = _year(request)
    plans = plans_of_year(selectors.plans_visible_to(request.user, today()), year)
    tasks = selectors.tasks_visible_to(request.user, today()).filter(plan__in=plans)
    made, estimates = board_of(tasks, today()), estimates_of(plans)
    page = {
        "year": year,
        "years": [year - 1, year, year + 1] if year < today().year else [year - 1, year],
        "board": made,
        "tiles": _tiles(made),
        "plans": plans_in_progress(selectors.with_figures(plans, today())),
        "estimates": estimates,
        "strata": selectors.stratum_words(estimates.by_stratum, today()),
        "field_chart": _field_chart(made),
        "map": _map(made),
        "shares": _shares(estimates),
    }
    return render(request, "inspections/board.html", page)


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and int(text) > 0 else today().year


def _tiles(made: Board) -> list[dict[str, Any]]:
    tasks = reverse("inspections:tasks")
    return [
        {"name": pgettext("inspections", "Visits"), "value": made.visits, "href": tasks, "icon": "list-check"},
        {"name": _("Outcome reported"), "value": made.done, "href": f"{tasks}?stage=reported"},
        {"name": _("Inspectors to be drawn"), "value": made.waiting, "href": f"{tasks}?stage=planned"},
        {"name": _("Overdue"), "value": made.overdue, "href": f"{tasks}?due=overdue"},
        {"name": _("With violations"), "value": made.violations},
        {"name": _("Days from lot to outcome"), "value": "—" if made.days is None else made.days, "note": _("median")},
    ]


def _field_chart(made: Board) -> dict[str, Any] | None:
    if not made.by_field:
        return None
    known = lawbook.fields(today())
    worst = max(made.by_field, key=lambda code: (made.by_field[code][1], made.by_field[code][0]))
    return {
        "kind": "hbar",
        "title": _("Most violations were found in: %(field)s") % {"field": lawbook.said(known.get(worst), worst)}
        if made.by_field[worst][1]
        else _("No violation has been found so far"),
        "x": {"name": _("Field of testing"), "values": [lawbook.said(known.get(code), code) for code in made.by_field]},
        "y": {"name": pgettext("inspections", "visits"), "whole": True},
        "series": [
            {
                "name": _("without violation"), "meaning": "good",
                "values": [total - bad for total, bad in made.by_field.values()],
            },
            {"name": _("with violation"), "meaning": "bad", "values": [bad for _total, bad in made.by_field.values()]},
        ],
        "stacked": True,
    }  # fmt: skip


def _map(made: Board) -> dict[str, Any] | None:
    if not made.places:
        return None
    most = max(made.places, key=lambda one: (one.visits, one.code))
    return {
        "kind": "map",
        "region": "guangdong",
        "within": "",
        "title": _("%(city)s has the most visits: %(number)s") % {"city": most.name, "number": most.visits},
        "unit": pgettext("inspections", "visits"),
        "regions": [{"code": one.code, "name": one.name, "value": one.visits} for one in made.places],
    }


def _shares(estimates: Estimates) -> list[tuple[int, Any]]:
    return sorted(estimates.by_year.items())


class ResultList(listing.ListPage):
    """The disclosed outcomes, for everybody; above them plans and draws."""

    table_class, export_name = ResultTable, "inspection-results"
    filterset_class = ResultFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "inspections/public.html"

    def get_queryset(self) -> QuerySet[Task]:
        """Return what was disclosed and not withdrawn, newest first."""
        return selectors.disclosed()

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the approved plans with their draws."""
        plans = list(selectors.public_plans()[:8])
        draws = selectors.public_draws(plans)
        return super().get_context_data(**kwargs) | {"plans": [(one, draws.get(one.pk, [])) for one in plans]}


@require_GET
def public_plan(request: HttpRequest, number: str) -> HttpResponse:
    """Show everybody an approved plan: whom it covers, at which rates, how it was drawn."""
    found = get_object_or_404(selectors.public_plans(), number=number)
    page = {
        "plan": found,
        "departments": list(found.departments.all()),
        "draws": selectors.public_draws([found]).get(found.pk, []),
        "figures": selectors.figures_of(found, timezone.localdate()),
        "rule": lawbook.rule(lawbook.RATES, today()),
    }
    return render(request, "inspections/public_plan.html", page)
