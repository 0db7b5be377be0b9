"""What passes between authorities: the list, one referral, its file; and what relying authorities do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.oversight.leads import parts, permissions
from zhunsheng.oversight.leads.forms import officer as entered
from zhunsheng.oversight.leads.lifecycle import REFERRAL
from zhunsheng.oversight.leads.models import Referral, Subscription
from zhunsheng.oversight.leads.permissions import Can
from zhunsheng.oversight.leads.selectors import leads as seen_leads
from zhunsheng.oversight.leads.selectors import referrals as selectors
from zhunsheng.oversight.leads.services import archives, evidence, referring, relying
from zhunsheng.oversight.leads.tables import ReferralTable, SubscriptionTable
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, acted_on, answer
from zhunsheng.platform.documents import files as store
from zhunsheng.registry.bodies.models import Body

TABS = ("inbox", "sent", "late", "all")


class ReferralList(LoginRequiredMixin, listing.ListPage):
    """Referrals by inbox, outbox and what is late."""

    table_class, export_name = ReferralTable, "referrals"
    filterset_class = entered.ReferralFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "leads/referrals.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the tab; one that doesn't exist is missing."""
        self.tab = str(kwargs.get("tab", "inbox"))
        if self.tab not in TABS:
            raise Http404
        if not policy.allowed_somewhere(request.user, Can.SEE_REFERRALS, timezone.localdate()):
            raise NotAllowed(Can.SEE_REFERRALS)
        return super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types

    def get_queryset(self) -> QuerySet[Referral]:
        """Return the tab's referrals, newest first."""
        today, user = timezone.localdate(), self.request.user
        rows = selectors.in_tab(selectors.referrals_visible_to(user, today), self.tab, user, today)  # type: ignore[arg-type]  # signed in
        return rows.select_related("sender", "receiver").order_by("-sent_at", "-pk")

    def get_table_kwargs(self) -> dict[str, Any]:
        """Give the day that lateness is told by."""
        return {"today": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tabs."""
        may = policy.allowed_somewhere(self.request.user, Can.SUBSCRIBE, timezone.localdate())
        return {**super().get_context_data(**kwargs), "tab": self.tab, "tabs": TABS, "may_subscribe": may}


@login_required
@require_GET
def referral(request: SignedInRequest, number: str) -> HttpResponse:
    """Show one referral with its file."""
    return _shown(request, _found(request, number))


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Sign for a referral, answer it, return it or take it back."""
    found = _found(request, number)
    step = STEPS.get(action)
    if step is None:
        raise Http404
    form = step[0](request.POST, auto_id=f"id_{action}_%s")
    done = acted_on(form, lambda given: step[1](referral_id=found.pk, by=request.user, at=timezone.now(), **given))
    if done is not None:
        messages.success(request, _("Recorded, and the other side is told."))
        return redirect("leads:referral", number=number)
    return _shown(request, found, {action: form}, status=422)


@login_required
@require_GET
def file(request: SignedInRequest, number: str, place: int) -> HttpResponseBase:
    """Hand out one file of a referral to its parties; that they read it is on record."""
    found = _found(request, number)
    listed = found.manifest[place - 1] if 0 < place <= len(found.manifest) else None
    if listed is None or not listed["sha256"] or not store.exists(listed["sha256"]):
        raise Http404
    owner = policy.Place(division_code=found.sender_division_id)
    note_access(request.user, found, found.number, owner=owner, at=timezone.now())
    name = listed["words"] or listed["sha256"]
    return FileResponse(store.open_by_digest(listed["sha256"]), as_attachment=True, filename=name)


@login_required
@require_POST
def whole_file(request: SignedInRequest, number: str) -> HttpResponseBase:
    """Hand out the whole file as one signed archive, sealed in the log."""
    found = _found(request, number)
    pieces = [
        archives.Piece(one["words"] or one["reference"], one["sha256"])
        for one in found.manifest
        if one["sha256"] and store.exists(one["sha256"])
    ]
    content = {
        "referral": found.number, "kind": found.kind, "subject": f"{found.subject_kind}:{found.subject_ref}",
        "from": found.sender.name, "to": found.receiver.name, "words": found.words, "manifest": found.manifest,
    }  # fmt: skip
    made = archives.build(content=content, pieces=pieces, kind="referral.exported", body="", at=timezone.now())
    owner = policy.Place(division_code=found.sender_division_id)
    note_access(request.user, found, found.number, owner=owner, at=timezone.now())
    return FileResponse(made.stream, as_attachment=True, filename=f"{found.number}.zip")


def _found(request: HttpRequest, number: str) -> Referral:
    rows = selectors.referrals_visible_to(request.user, timezone.localdate())
    related = ("sender", "receiver", "escalated_to", "sent_by", "received_by", "ended_by", "lead")
    return get_object_or_404(rows.select_related(*related), number=number)


def _shown(
    request: SignedInRequest, found: Referral, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    can = set(REFERRAL.actions(found.stage))
    receiving = permissions.may_receive(request.user, found, today)
    taking_back = found.sent_by_id == request.user.pk
    offered = [name for name in STEPS if name in can and (taking_back if name == "withdraw" else receiving)]
    visible = found.lead is None or seen_leads.leads_visible_to(request.user, today).filter(pk=found.lead.pk).exists()
    page = {
        "referral": found,
        "meaning": selectors.meaning_of(found, today),
        "subject_link": parts.link_to_subject(found.subject_kind, found.subject_ref) if visible else None,
        "files": [
            {**one, "place": place, "held": bool(one["sha256"]) and store.exists(one["sha256"])}
            for place, one in enumerate(found.manifest, 1)
        ],
        "offered": {name: (bound or {}).get(name) or STEPS[name][0](auto_id=f"id_{name}_%s") for name in offered},
    }
    return render(request, "leads/referral.html", page, status=status)


STEPS: dict[str, tuple[type[forms.Form], Callable[..., Any]]] = {
    "receive": (entered.PlainForm, referring.receive),
    "answer": (entered.WordsForm, referring.answer),
    "return": (entered.WhyForm, referring.give_back),
    "withdraw": (entered.WhyForm, referring.withdraw),
}


class SubscriptionList(LoginRequiredMixin, listing.ListPage):
    """The bodies on whose results one's authority relies."""

    table_class, export_name = SubscriptionTable, "subscriptions"
    filterset_class = entered.SubscriptionFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "leads/subscriptions.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the list to those who may subscribe."""
        if not policy.allowed_somewhere(request.user, Can.SUBSCRIBE, timezone.localdate()):
            raise NotAllowed(Can.SUBSCRIBE)
        return super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types

    def get_queryset(self) -> QuerySet[Subscription]:
        """Return the running subscriptions."""
        return selectors.subscriptions_of(self.request.user, timezone.localdate())  # type: ignore[arg-type]  # signed in


@login_required
@require_http_methods(["GET", "POST"])
def subscribe(request: SignedInRequest) -> HttpResponse:
    """Add a body to which one's authority subscribes."""
    if not policy.allowed_somewhere(request.user, Can.SUBSCRIBE, timezone.localdate()):
        raise NotAllowed(Can.SUBSCRIBE)
    form = entered.SubscribeForm(request.POST or None, initial={"body": request.GET.get("body", "")})

    def act(given: dict[str, Any]) -> HttpResponse:
        relying.subscribe(body_id=given["body"], purpose=given["purpose"], by=request.user, at=timezone.now())
        messages.success(request, _("Your authority hears of what befalls this body."))
        return redirect("leads:subscriptions")

    return answer(request, form, act, page={}, template="leads/subscribe.html")


@login_required
@require_http_methods(["GET", "POST"])
def unsubscribe(request: SignedInRequest, number: int) -> HttpResponse:
    """End a subscription of one's own authority, with the reason."""
    own = selectors.subscriptions_of(request.user, timezone.localdate())
    found = get_object_or_404(own, pk=number)

    def act(given: dict[str, Any]) -> HttpResponse:
        relying.unsubscribe(subscription_id=found.pk, why=given["why"], by=request.user, at=timezone.now())
        messages.success(
            request, _("Your authority hears no more of what befalls %(name)s.") % {"name": found.body.name}
        )
        return redirect("leads:subscriptions")

    return answer(
        request, entered.WhyForm(request.POST or None), act, page={"found": found}, template="leads/unsubscribe.html"
    )


@login_required
@require_http_methods(["GET", "POST"])
def doubt(request: SignedInRequest, slug: str) -> HttpResponse:
    """Send a doubt about a report back to the authority that oversees its body."""
    if not policy.allowed_somewhere(request.user, Can.SUBSCRIBE, timezone.localdate()):
        raise NotAllowed(Can.SUBSCRIBE)
    body = get_object_or_404(Body, slug=slug)
    form = entered.DoubtForm(
        request.POST or None, request.FILES or None, initial={"reference": request.GET.get("number", "")}
    )

    def act(given: dict[str, Any]) -> HttpResponse:
        kept = [evidence.kept(one, one.name) for one in given["uploads"]]
        made = relying.doubt(
            body_id=body.pk, reference=given["reference"], words=given["words"], evidence=kept, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Sent to %(name)s.") % {"name": made.receiver.local_name})
        return redirect("leads:referral", number=made.number)

    return answer(request, form, act, page={"body": body}, template="leads/doubt.html")
