"""Grades: those in sight, one body's with everything that explains it, and a computing computed again."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.selectors import body_by_slug
from zhunsheng.registry.credit import effects_book, permissions, scorecard_book, selectors, services, showing
from zhunsheng.registry.credit.forms import GradeFilter, MovementFilter
from zhunsheng.registry.credit.models import Grade
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.selectors.recomputing import recompute
from zhunsheng.registry.credit.tables import GradeTable, MovementTable

MOVEMENTS_SHOWN = timedelta(days=720)
"""How far back the list of movements reaches."""


class GradeList(LoginRequiredMixin, listing.ListPage):
    """The present grades in sight, with how they are distributed by city and field."""

    request: SignedInRequest
    table_class, export_name = GradeTable, "grades"
    filterset_class = GradeFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "credit/grades.html"

    def get_queryset(self) -> QuerySet[Grade]:
        """Return the grades in sight, to officers alone."""
        if not policy.allowed_somewhere(self.request.user, Can.COMPARE, today()):
            raise Http404
        return selectors.grades_visible_to(self.request.user, today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the distribution and what the reader may do."""
        spread = selectors.distribution(self.request.user, today())
        names = {digits: one.local_name for digits, one in selectors.cities_by_digits(spread["city"]).items()}
        cities = {names.get(digits, digits): row for digits, row in sorted(spread["city"].items())}
        fields = {showing.field_said(code, today()): row for code, row in sorted(spread["field"].items())}
        more = {
            "by_city": showing.distribution_chart(cities, "city"),
            "by_field": showing.distribution_chart(fields, "field"),
            "letters": showing.letters_told(cities),
            **compares(self.request),
            "may_compute": policy.allowed_somewhere(self.request.user, Can.GRADE, today()),
        }
        return super().get_context_data(**kwargs) | more


class MovementList(LoginRequiredMixin, listing.ListPage):
    """The grades in sight that moved, newest first."""

    request: SignedInRequest
    table_class, export_name = MovementTable, "grade-movements"
    filterset_class = MovementFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "credit/movements.html"

    def get_queryset(self) -> QuerySet[Grade]:
        """Return the movements in sight, to officers alone."""
        if not policy.allowed_somewhere(self.request.user, Can.COMPARE, today()):
            raise Http404
        return selectors.movements_visible_to(self.request.user, today(), today() - MOVEMENTS_SHOWN)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add that the reader compares bodies, for the tabs."""
        return super().get_context_data(**kwargs) | compares(self.request)


@login_required
@require_safe
def grade(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Show a body's grade: what cost which points, what would raise it, what follows from it."""
    whose = in_sight(request, slug)
    held = selectors.grade_on(whose.pk, today())
    scorings = list(selectors.scorings_of(whose.pk).select_related("rates")[: showing.CHART])
    scoring = scorings[0] if scorings else None
    page: dict[str, Any] = {
        "body": whose, "grade": held, "scoring": scoring,
        "meaning": showing.MEANINGS[held.grade] if held else "waiting",
        "grades": selectors.grades_of(whose.pk)[:20],
        "effects": effects_book.effects_of(held.grade, today()) if held else None,
        "may_record": permissions.allowed(request.user, Can.RECORD, whose, today()),
        "may_grade": permissions.allowed(request.user, Can.GRADE, whose, today()),
        "may_petition": permissions.allowed(request.user, Can.PETITION, whose, today()),
    }  # fmt: skip
    if scoring is not None:
        keys = {key for one in scorings for key, _kind, _day in one.inputs["events"]}
        events = selectors.events_by_key(keys)
        asked = selectors.petitions_about(list(keys))
        page |= {
            "told": showing.explained(scoring, events, today(), asked),
            "chart": showing.chart(scorings),
            "course": showing.course(scorings, events),
            "waits": selectors.waits_for_computing(whose.pk),
            "proposed": held is not None and held.origin != "computed" and held.grade != scoring.letter,
        }
    return render(request, "credit/grade.html", page)


@login_required
@require_safe
def own(request: SignedInRequest) -> HttpResponse:
    """Lead a laboratory's people to the grade of their own body."""
    body = selectors.own_body(request.user, today())
    if body is None:
        raise Http404
    return redirect("credit:grade", slug=body.slug)


@login_required
@require_safe
def computing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Compute a stored grade again and show that it equals what was stored and sealed, or where it differs."""
    found = get_object_or_404(selectors.scorings_visible_to(request.user, today()), pk=pk)
    again = recompute(found)
    page = {"body": found.body, "scoring": found, "again": again, "checks": showing.checks(again),
            "told": showing.stored(found)}  # fmt: skip
    return render(request, "credit/computing.html", page)


@login_required
@require_safe
def scorecard(request: SignedInRequest) -> HttpResponse:
    """Show the scorecard in force today, with its articles and versions."""
    if not policy.allowed_somewhere(request.user, Can.SEE, today()):
        raise Http404
    page = {"card": scorecard_book.scorecard(today()), "parts": showing.scorecard_told(today()),
            "forced": showing.forced_told(today()),
        **compares(request),
            "all_effects": [effects_book.effects_of(letter, today()) for letter in "ABCD"]}  # fmt: skip
    return render(request, "credit/scorecard.html", page)


@login_required
@require_POST
def compute(request: SignedInRequest, slug: str = "") -> HttpResponse:
    """Compute grades now: one body's, or those of all bodies of the officer's place."""
    ids = None
    if slug:
        whose = in_sight(request, slug)
        permissions.require(request.user, Can.GRADE, whose, today())
        ids = [whose.pk]
    done = services.compute_grades(on=today(), by=request.user, at=timezone.now(), body_ids=ids)
    messages.success(
        request,
        _("%(bodies)s bodies computed: %(written)s with a new score, %(moved)s with another grade.")
        % {"bodies": done.bodies, "written": done.written, "moved": len(done.moved)},
    )
    return redirect("credit:grade", slug=slug) if slug else redirect("credit:grades")


def compares(request: SignedInRequest) -> dict[str, bool]:
    """Return what the tabs of the credit lists ask: whether the reader compares bodies, and sees practitioners."""
    user = request.user
    return {
        "compares": policy.allowed_somewhere(user, Can.COMPARE, today()),
        "sees_persons": policy.allowed_somewhere(user, Can.SEE_PERSONS, today()),
    }


def in_sight(request: SignedInRequest, slug: str) -> Body:
    """Return the body whose file the reader sees; the file of any other one isn't there for them."""
    try:
        whose = body_by_slug(slug)
    except Body.DoesNotExist as error:
        raise Http404 from error
    if not permissions.allowed(request.user, Can.SEE, whose, today()):
        raise Http404
    return whose
