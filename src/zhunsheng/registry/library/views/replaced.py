"""Replaced editions: the list, the affected lines, a body's own lines with its declaration."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.library import lawbook, permissions, selectors, services
from zhunsheng.registry.library.forms import (
    AffectedFilter,
    DeclarationFilter,
    DeclareForm,
    ReplaceForm,
    SupersessionFilter,
)
from zhunsheng.registry.library.models import AffectedLine, Declaration, Supersession
from zhunsheng.registry.library.permissions import Can
from zhunsheng.registry.library.tables import AffectedTable, DeclarationTable, SupersessionTable

MOST_SHOWN = 500


class ReplacedList(listing.ListPage):
    """Replaced editions; anyone may see them."""

    table_class, export_name = SupersessionTable, "replaced-editions"
    template_name = "library/replaced.html"
    filterset_class = SupersessionFilter  # type: ignore[assignment]  # the library declares it as None

    def get_queryset(self) -> QuerySet[Supersession]:
        """Return all of them."""
        return selectors.supersessions()

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether this reader may enter one, and see declarations."""
        user = self.request.user
        more = {
            "may_replace": policy.allowed_somewhere(user, Can.REPLACE_EDITION, today()),
            "may_see": policy.allowed_somewhere(user, Can.SEE_AFFECTED, today()),
        }
        return super().get_context_data(**kwargs) | more


class AffectedList(LoginRequiredMixin, listing.ListPage):
    """The scope lines that a replaced edition touches, as far as the reader sees them."""

    table_class, export_name = AffectedTable, "affected-lines"
    filterset_class = AffectedFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "library/affected.html"
    request: SignedInRequest

    def get_queryset(self) -> QuerySet[AffectedLine]:
        """Return the lines in sight."""
        if not policy.allowed_somewhere(self.request.user, Can.SEE_AFFECTED, today()):
            raise Http404
        self.made = get_object_or_404(selectors.supersessions(), pk=self.kwargs["pk"])
        return selectors.affected_visible_to(self.request.user, self.made, today())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the replacement, the bodies of one's own that it touches, and how many lines are declared."""
        seen = selectors.affected_visible_to(self.request.user, self.made, today())
        may = permissions.allowed(self.request.user, Can.REVIEW, self.made.steward_id, today())
        more = {"made": self.made, "declared": seen.exclude(declaration=None).order_by().count(), "may_send": may}
        return super().get_context_data(**kwargs) | more


class DeclarationList(LoginRequiredMixin, listing.ListPage):
    """The declarations in sight."""

    table_class, export_name = DeclarationTable, "declarations"
    template_name = "library/declarations.html"
    filterset_class = DeclarationFilter  # type: ignore[assignment]  # the library declares it as None
    request: SignedInRequest

    def get_queryset(self) -> QuerySet[Declaration]:
        """Return them, for those who may see affected lines at all."""
        if not policy.allowed_somewhere(self.request.user, Can.SEE_AFFECTED, today()):
            raise Http404
        return selectors.declarations_visible_to(self.request.user, today())


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Enter that an edition is replaced."""
    policy.require(request.user, Can.REPLACE_EDITION, None, today())
    form = ReplaceForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        made = services.replace_edition(by=request.user, at=timezone.now(), **given)
        messages.success(request, _("Entered. The affected lines are listed and the notices are drafted."))
        return redirect("library:replaced-one", pk=made.pk)

    return answer(request, form, act, page={}, template="library/replace.html")


@login_required
@require_http_methods(["GET", "POST"])
def body(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Show a body's affected lines and take its declaration."""
    made = get_object_or_404(selectors.supersessions(), pk=pk)
    whose = get_object_or_404(Body.objects.select_related("division"), slug=slug)
    place = permissions.place_of(whose)
    if not policy.allowed(request.user, Can.SEE_AFFECTED, place, today()):
        raise Http404
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _declare(request, made, whose, form)
        except NotAllowed:
            raise
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("The declaration is kept with its day; it will be verified afterwards."))
            return redirect("library:replaced-body", pk=pk, slug=slug)
    lines = selectors.affected_visible_to(request.user, made, today()).filter(body=whose)
    still = lines.filter(declaration=None).count()
    rule = lawbook.declaration(today())
    page = {
        "made": made,
        "body": whose,
        "lines": lines[:MOST_SHOWN],
        "total": lines.count(),
        "open": still,
        "form": form,
        "may_declare": still > 0 and policy.allowed(request.user, Can.DECLARE, place, today()),
        "words": rule.values[_language()].format(old=made.old.code, new=made.new.code, lines=still),
        "rule": rule,
        "rule_name": lawbook.named(rule),
        "declarations": Declaration.objects.filter(supersession=made, body=whose).select_related("declared_by"),
        "back": reverse("library:replaced-one", args=[pk]),
    }
    return render(request, "library/body.html", page, status=422 if form.is_bound else 200)


def _declare(request: SignedInRequest, made: Supersession, whose: Body, form: DeclareForm) -> None:
    every = request.POST.get("every") == "1"
    chosen = [int(one) for one in request.POST.getlist("lines") if one.isascii() and one.isdigit() and len(one) < 19]
    services.declare_unchanged(
        supersession_id=made.pk,
        body_id=whose.pk,
        line_ids=None if every else chosen,
        remark=form.cleaned_data["remark"],
        by=request.user,
        at=timezone.now(),
        language=_language(),
    )


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"
