"""How a person hears of new alerts: by mail, by a feed under a secret address."""

from datetime import UTC, datetime, time

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhunsheng.oversight.screening import wording
from zhunsheng.oversight.screening.forms import SubscriptionForm
from zhunsheng.oversight.screening.models import Subscription
from zhunsheng.oversight.screening.permissions import Can
from zhunsheng.oversight.screening.services import subscribing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today


@login_required
@require_http_methods(["GET", "POST"])
def subscription(request: SignedInRequest) -> HttpResponse:
    """Show and change how one hears of new alerts; a feed's address is shown once."""
    user, now = request.user, timezone.now()
    if not policy.allowed_somewhere(user, Can.SEE, today()):
        raise Http404
    page: dict[str, object] = {}
    if request.method == "POST":
        wanted = request.POST.get("do")
        if wanted == "feed":
            token = subscribing.renew_feed(by=user, at=now)
            page["address"] = request.build_absolute_uri(reverse("screening:feed", args=[token]))
        elif wanted == "end":
            subscribing.end_feed(by=user, at=now)
            messages.success(request, _("The feed address has ended."))
            return redirect("screening:subscription")
        elif wanted is None:
            form = SubscriptionForm(request.POST)
            subscribing.subscribe(by_mail=form.is_valid() and form.cleaned_data["by_mail"], by=user, at=now)
            messages.success(request, _("Saved."))
            return redirect("screening:subscription")
        else:
            return HttpResponseBadRequest()
    held = Subscription.objects.filter(user=user).first()
    page |= {"held": held, "form": SubscriptionForm(initial={"by_mail": held.by_mail if held else False})}
    return render(request, "screening/subscription.html", page)


@never_cache
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer new alerts as Atom (RFC 4287) to whoever knows the secret address. No body is named in it."""
    found = subscribing.newest_for_feed(token, timezone.now())
    if found is None:
        raise Http404
    made = Atom1Feed(
        title=_("Alerts of screening"),
        link=request.build_absolute_uri(reverse("screening:alerts")),
        description="",
        language="zh-CN",
    )
    for one in found:
        made.add_item(
            title=f"{wording.sign_title(one.detector)} · {one.division.local_name} · {wording.field_name(one.field)}",
            link=request.build_absolute_uri(reverse("screening:alert", args=[one.pk])),
            description=_("Error rate: %(rate)s. Sign in for the rest.") % {"rate": wording.error_rate(one.q)},
            unique_id=f"urn:zhunsheng:alert:{one.pk}:{one.raised_on.isoformat()}",
            pubdate=datetime.combine(one.raised_on, time(), UTC),
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
