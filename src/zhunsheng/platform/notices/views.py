"""The inbox of a person's organisations; the notices that their organisations answer for; the feed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, answer, today
from zhunsheng.platform.notices import selectors, services
from zhunsheng.platform.notices.forms import DraftForm, InboxFilter, NoticeFilter
from zhunsheng.platform.notices.lifecycle import NOTICE
from zhunsheng.platform.notices.models import Delivery, Notice
from zhunsheng.platform.notices.permissions import Can
from zhunsheng.platform.notices.tables import DeliveryTable, InboxTable, NoticeTable


class Inbox(LoginRequiredMixin, listing.ListPage):
    """Notices to the person's organisations."""

    table_class, export_name = InboxTable, "notices"
    filterset_class = InboxFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "notices/inbox.html"
    request: SignedInRequest

    def get_queryset(self) -> QuerySet[Delivery]:
        """Return what was sent to them."""
        return selectors.inbox_of(self.request.user, today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many are unread, and whether there is anything to send."""
        user = self.request.user
        more = {
            "unread": selectors.unread_count(user, today()),
            "may_send": policy.allowed_somewhere(user, Can.SEND, today()),
            "may_feed": policy.allowed_somewhere(user, Can.MANAGE_FEED, today()),
        }
        return super().get_context_data(**kwargs) | more


class Outgoing(LoginRequiredMixin, listing.ListPage):
    """Notices that the person's organisations answer for: drafts to review, and what was sent."""

    table_class, export_name = NoticeTable, "notices-written"
    filterset_class = NoticeFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "notices/outgoing.html"
    request: SignedInRequest

    def get_queryset(self) -> QuerySet[Notice]:
        """Return them, for those who may send."""
        policy_reach = policy.reach_of(self.request.user, Can.SEND, today())
        if not policy_reach:
            raise Http404
        return selectors.notices_visible_to(self.request.user, today())


@login_required
@require_GET
def delivery(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a notice to one's organisation; opening it is the receipt."""
    try:
        services.read(delivery_id=pk, by=request.user, at=timezone.now())
    except Delivery.DoesNotExist as error:
        raise Http404 from error
    found = selectors.inbox_of(request.user, today()).get(pk=pk)
    readings = found.readings.select_related("user").order_by("at")[:50]
    return render(request, "notices/delivery.html", {"delivery": found, "readings": readings})


@login_required
@require_http_methods(["GET", "POST"])
def notice(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Show a notice that one's organisation answers for: its words, its receivers; change it while it is a draft."""
    found = get_object_or_404(selectors.notices_visible_to(request.user, today()), pk=pk)
    make: Any = DeliveryTable  # django-tables2 has no types
    table = listing.arrange(make(selectors.deliveries_of(found)), request)
    file = listing.exported(table, request, name=f"notice-{pk}")
    if file is not None:
        return file
    form = DraftForm(request.POST or None, initial={"subject": found.subject, "body": found.body})

    def act(given: dict[str, Any]) -> HttpResponse:
        services.change_draft(notice_id=pk, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("The draft is saved."))
        return redirect("notices:notice", pk=pk)

    page = {"notice": found, "table": table, "actions": NOTICE.actions(found.stage)}
    return answer(request, form, act, page=page, template="notices/notice.html")


@login_required
@require_POST
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a draft."""
    get_object_or_404(selectors.notices_visible_to(request.user, today()), pk=pk)
    services.send(notice_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The notice is sent. It is in every receiver's inbox; mail follows."))
    return redirect("notices:notice", pk=pk)


@login_required
@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a draft aside."""
    get_object_or_404(selectors.notices_visible_to(request.user, today()), pk=pk)
    services.discard(notice_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("The draft is put aside. It stays on record."))
    return redirect("notices:notice", pk=pk)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def feeds(request: SignedInRequest) -> HttpResponse:
    """Show which of one's organisations have a feed, and give one a new secret address."""
    reach = policy.reach_of(request.user, Can.MANAGE_FEED, today())
    if not reach:
        raise Http404
    held = {m.organisation_id: m.organisation for m in request.user.memberships_on(today())}
    organisations = [one for pk, one in held.items() if pk in reach.organisation_ids]
    page: dict[str, Any] = {"organisations": organisations}
    if request.method == "POST":
        wanted = next((one for one in organisations if str(one.pk) == request.POST.get("organisation")), None)
        if wanted is None:
            raise Http404
        token = services.renew_feed(organisation_id=wanted.pk, by=request.user, at=timezone.now())
        page["made"] = wanted
        page["address"] = request.build_absolute_uri(reverse("notices:feed", args=[token]))
    return render(request, "notices/feeds.html", page)


@never_cache
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer an organisation's notices as Atom (RFC 4287) to whoever knows the secret address."""
    found = selectors.feed_of(token)
    if found is None:
        raise Http404
    made = Atom1Feed(
        title=_("Notices to %(name)s") % {"name": found.organisation.name},
        link=request.build_absolute_uri(reverse("notices:inbox")),
        description="",
        language="zh-CN",
    )
    for one in selectors.sent_to(found.organisation_id):
        made.add_item(
            title=one.notice.subject,
            link=request.build_absolute_uri(reverse("notices:delivery", args=[one.pk])),
            description="\n\n".join(part for part in (one.notice.body, one.detail) if part),
            unique_id=f"urn:zhunsheng:notice:{one.pk}",
            pubdate=one.sent_at,
            updateddate=one.sent_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
