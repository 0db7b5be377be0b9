"""The public register of bodies, a body's page, and its signing keys."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.registry.bodies import panels, permissions, selectors, services
from zhunsheng.registry.bodies.forms import BodyFilter, DayForm, KeyForm, OrganisationForm
from zhunsheng.registry.bodies.models import Body, OfficeKind, ScopeLine
from zhunsheng.registry.bodies.permissions import Can
from zhunsheng.registry.bodies.standing import MEANINGS, WORDS, standing_of, with_standing
from zhunsheng.registry.bodies.tables import BodyTable, ScopeTable
from zhunsheng.registry.bodies.timeline import recorded


class BodyList(listing.ListPage):
    """The register: filtered, sorted, paged, exported."""

    table_class, export_name = BodyTable, "bodies"
    filterset_class = BodyFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "bodies/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether the reader may load tables."""
        may_load = policy.allowed_somewhere(self.request.user, Can.CHANGE_REGISTER, timezone.localdate())
        return {**super().get_context_data(**kwargs), "may_load": may_load}

    def get_queryset(self) -> QuerySet[Body]:
        """Return the bodies with how they stand today."""
        return with_standing(selectors.bodies_visible_to(self.request.user), timezone.localdate())


@require_GET
def body(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show a body as of a day: who, certificates, scope, sites; people and instruments to those who may see them."""
    found = _found(slug)
    today = timezone.localdate()
    form = DayForm(
        {
            "on": request.GET.get("on") or today.isoformat(),
            "known": request.GET.get("known", ""),
            "q": request.GET.get("q", ""),
        }
    )
    on, known = form.day(today), form.known_day(today)
    held = selectors.body_as_of(found, on, known_at=selectors.end_of(known))
    lines = selectors.search_scope(held.scope, form.words())
    table = listing.arrange(_scope_table(lines), request)
    file = listing.exported(table, request, name=f"scope-{found.slug.replace(':', '-')}")
    if file is not None:
        return file
    page = {
        "body": found,
        "shown": held.body or found,
        "held": held,
        "on": on,
        "known": known,
        "today": today,
        "public_offices": [one for one in held.life.offices if one.kind == OfficeKind.LEGAL_REPRESENTATIVE],
        "form": form,
        "table": table,
        "standing": {"meaning": MEANINGS[held.standing], "words": WORDS[held.standing]},
        "certificates": selectors.certificates_with_standing(held),
        "certificate": selectors.certificate_in_force(held),
        "meanings": MEANINGS,
        "words": WORDS,
        "panels": panels.panels_for(request, found, on),
        "may_change_register": permissions.allowed(request.user, Can.CHANGE_REGISTER, found, today),
        "may_stop_using": permissions.allowed(request.user, Can.STOP_USING, found, today),
        "may_manage_keys": permissions.allowed(request.user, Can.MANAGE_KEYS, found, today),
    }
    return render(request, "bodies/body.html", page | _details(request, found, held))


@require_GET
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the register learned about a body, and when; who wrote it to those who may see its people."""
    found = _found(slug)
    may_see = permissions.allowed(request.user, Can.SEE_DETAILS, found, timezone.localdate())
    return render(request, "bodies/changes.html", {"body": found, "changes": recorded(found, may_see=may_see)})


@login_required
@require_http_methods(["GET", "POST"])
def keys(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a body's signing keys and add one."""
    found = _found(slug)
    now = timezone.now()
    permissions.require(request.user, Can.MANAGE_KEYS, found, timezone.localdate(now))
    form = KeyForm(request.POST or None)
    if form.is_valid():
        try:
            services.add_key(body_id=found.pk, by=request.user, at=now, **form.cleaned_data)
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("The key is registered; reports signed with it count from now on."))
            return redirect("bodies:keys", slug=found.slug)
    held = [(key, standing_of(key, now, _("Key revoked"))) for key in found.keys.order_by("-valid_from")]
    status = 422 if form.is_bound else 200
    return render(request, "bodies/keys.html", {"body": found, "keys": held, "form": form}, status=status)


@login_required
@require_POST
def revoke_key(request: SignedInRequest, slug: str, key_id: str) -> HttpResponse:
    """Revoke a key of a body."""
    found = _found(slug)
    if not found.keys.filter(key_id=key_id).exists():
        raise Http404
    why = request.POST.get("why", "").strip()
    services.revoke_key(key_id=key_id, by=request.user, at=timezone.now(), why=why)
    messages.success(request, _("The key is revoked: what is signed with it from now on doesn't count."))
    return redirect("bodies:keys", slug=found.slug)


@login_required
@require_http_methods(["GET", "POST"])
def organisation(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say which organisation's members may act for a body."""
    found = _found(slug)
    now = timezone.now()
    permissions.require(request.user, Can.CHANGE_REGISTER, found, timezone.localdate(now))
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        try:
            services.link_organisation(body_id=found.pk, by=request.user, at=now, **form.cleaned_data)
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("The organisation's members may act for this body from now on."))
            return redirect("bodies:body", slug=found.slug)
    page = {"body": found, "form": form}
    return render(request, "bodies/organisation.html", page, status=422 if form.is_bound else 200)


def _found(slug: str) -> Body:
    try:
        return selectors.body_by_slug(slug)
    except Body.DoesNotExist as error:
        raise Http404 from error


def _scope_table(lines: QuerySet[ScopeLine]) -> Any:
    make: Any = ScopeTable  # django-tables2 has no types
    return make(lines)


def _details(request: HttpRequest, found: Body, held: selectors.BodyAsOf) -> dict[str, Any]:
    """Return people and instruments for those who may see them."""
    if not permissions.allowed(request.user, Can.SEE_DETAILS, found, timezone.localdate()):
        return {"may_see_details": False}
    return {
        "may_see_details": True,
        "signatories": selectors.signatories_on(found, held.on, known_at=held.known_at),
        "instruments": selectors.instruments_on(found, held.on, known_at=held.known_at),
        "materials": selectors.reference_materials_on(found, held.on, known_at=held.known_at),
    }
