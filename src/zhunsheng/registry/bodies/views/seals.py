"""The certificates of a body's electronic seals, beside its signing keys."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.registry.bodies import permissions, services
from zhunsheng.registry.bodies.forms import SealForm
from zhunsheng.registry.bodies.models import Body, SealCertificate
from zhunsheng.registry.bodies.permissions import Can
from zhunsheng.registry.bodies.standing import standing_of


@login_required
@require_http_methods(["GET", "POST"])
def seals(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a body's seals and register one. Raises: NotAllowed."""
    body = get_object_or_404(Body, slug=slug)
    now = timezone.now()
    permissions.require(request.user, Can.MANAGE_KEYS, body, timezone.localdate(now))
    form = SealForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content = form.cleaned_data["certificate"].read()
        try:
            services.add_seal(body_id=body.pk, content=content, by=request.user, at=now, why=form.cleaned_data["why"])
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("The seal is registered; sealed PDF reports count as sealed from now on."))
            return redirect("bodies:seals", slug=body.slug)
    held = [
        (seal, standing_of(seal, now, _("Certificate withdrawn"))) for seal in body.seals.order_by("-valid_from", "pk")
    ]
    status = 422 if form.is_bound else 200
    return render(request, "bodies/seals.html", {"body": body, "seals": held, "form": form}, status=status)


@login_required
@require_POST
def revoke_seal(request: SignedInRequest, slug: str, fingerprint: str) -> HttpResponse:
    """Withdraw the certificate of a seal. Raises: NotAllowed, Http404."""
    body = get_object_or_404(Body, slug=slug)
    why = request.POST.get("why", "").strip()
    try:
        services.revoke_seal(body_id=body.pk, fingerprint=fingerprint, by=request.user, at=timezone.now(), why=why)
    except SealCertificate.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The certificate is withdrawn: seals set with it from now on don't count."))
    return redirect("bodies:seals", slug=body.slug)
