"""Proposals: the list, the form, one proposal with everything that may be done to it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today
from zhunsheng.platform.documents import files
from zhunsheng.registry.library import lawbook, permissions, selectors, services
from zhunsheng.registry.library.forms import (
    InviteForm,
    OpenForm,
    OpinionForm,
    ProposalFilter,
    ProposalForm,
    PublishForm,
    WhyForm,
)
from zhunsheng.registry.library.lifecycle import PROPOSAL, Kind
from zhunsheng.registry.library.models import Entry, Invitation, Proposal
from zhunsheng.registry.library.permissions import Can
from zhunsheng.registry.library.tables import ProposalTable


class ProposalList(listing.ListPage):
    """Proposals in sight: for the public those in consultation and the published ones."""

    table_class, export_name = ProposalTable, "proposals"
    filterset_class = ProposalFilter  # type: ignore[assignment]  # the library declares it as None
    template_name = "library/proposals.html"

    def get_queryset(self) -> QuerySet[Proposal]:
        """Return what this reader may see."""
        return selectors.proposals_visible_to(self.request.user, timezone.localdate())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether this reader may propose."""
        may = policy.allowed_somewhere(self.request.user, Can.PROPOSE, timezone.localdate())
        return super().get_context_data(**kwargs) | {"may_propose": may}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Propose an entry, or the revision or retirement (?kind=) of one (?entry=)."""
    own = policy.reach_of(request.user, Can.PROPOSE, today()).organisation_ids
    if not own:
        raise NotAllowed(Can.PROPOSE)
    kind = request.GET.get("kind", Kind.NEW)
    entry = Entry.objects.filter(code=request.GET.get("entry", "")).first()
    if kind not in Kind.values or (kind != Kind.NEW) != (entry is not None):
        raise Http404
    initial = selectors.newest_version(entry).content() if entry is not None else None
    form = ProposalForm(request.POST or None, request.FILES or None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = _propose(request, form, kind, entry, own[0])
        except NotAllowed:
            raise
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, _("The proposal is handed in; the steward has it."))
            return redirect("library:proposal", number=made.number)
    page = {"form": form, "kind": Kind(kind), "entry": entry}
    return render(request, "library/propose.html", page, status=422 if form.is_bound else 200)


def _propose(
    request: SignedInRequest, form: ProposalForm, kind: str, entry: Entry | None, organisation_id: int
) -> Proposal:
    given = dict(form.cleaned_data)
    steward, reasons = given.pop("steward", None), given.pop("reasons")
    evidence = given.pop("evidence", [])
    return services.propose(
        kind=kind,
        organisation_id=organisation_id,
        steward_id=steward.pk if steward else 0,
        entry_code=entry.code if entry else "",
        content=given,
        reasons=reasons,
        evidence=[services.Upload(one.name or "", one, one.content_type or None) for one in evidence],
        by=request.user,
        at=timezone.now(),
    )


@require_GET
def proposal(request: HttpRequest, number: str) -> HttpResponse:
    """Show a proposal with its opinions, and what this reader may do."""
    return _shown(request, _found(request, number))


@login_required
@require_POST
def act(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Do one step: open, invite, opinion, publish, refuse, withdraw. A refusal is shown beside its form."""
    found = _found(request, number)
    step = STEPS.get(action)
    if step is None:
        raise Http404
    form = _forms(request, found, request.POST)[action]
    if form.is_valid():
        try:
            said = step(request, found, form.cleaned_data)
        except (NotAllowed, SamePerson):
            raise
        except DomainError as error:
            explain(form, error)
        else:
            messages.success(request, said)
            return redirect("library:proposal", number=number)
    return _shown(request, found, {action: form}, status=422)


@require_GET
def evidence(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out a file of evidence to the proposer's house, the steward and the experts."""
    found = _found(request, number)
    kept = get_object_or_404(found.evidence.select_related("file"), pk=pk)
    if not _inside(request.user, found):
        raise Http404
    return FileResponse(files.open_by_digest(kept.file.sha256), as_attachment=True, filename=kept.name)


def _found(request: HttpRequest, number: str) -> Proposal:
    return get_object_or_404(selectors.proposals_visible_to(request.user, timezone.localdate()), number=number)


def _inside(user: Any, found: Proposal) -> bool:
    """Tell whether somebody belongs to the matter: proposer, steward or invited expert."""
    if not isinstance(user, User):
        return False
    day = timezone.localdate()
    return (
        permissions.allowed(user, Can.PROPOSE, found.organisation_id, day)
        or permissions.allowed(user, Can.REVIEW, found.steward_id, day)
        or found.invitations.filter(expert=user).exists()
    )


def _shown(
    request: HttpRequest, found: Proposal, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    day = timezone.localdate()
    invitations = list(
        found.invitations.select_related("expert", "organisation", "opinion").order_by("invited_at", "pk")
    )
    before = selectors.newest_version(found.entry) if found.entry and found.kind == Kind.REVISION else None
    inside = _inside(request.user, found)
    waiting = _waits_for(request.user, invitations)
    if waiting:
        invitations = waiting
    page = {
        "proposal": found,
        "title": selectors.titled(found),
        "differences": selectors.differences(before, found),
        "comparing": before is not None and found.version_id is None,
        "invitations": invitations if inside else [one for one in invitations if hasattr(one, "opinion")],
        "tally": None if waiting else selectors.tally_of(found, day),
        "rule": lawbook.review(day),
        "rule_name": lawbook.named(lawbook.review(day)),
        "inside": inside,
        "evidence": found.evidence.select_related("file").order_by("pk"),
        "offered": _offered(request, found, bound or {}),
    }
    return render(request, "library/proposal.html", page, status=status)


def _waits_for(user: Any, invitations: list[Invitation]) -> list[Invitation]:
    """Return the invitations of an expert who hasn't given an opinion: until then the others' stay unseen."""
    return [one for one in invitations if one.expert_id == user.pk and not hasattr(one, "opinion")]


def _offered(request: HttpRequest, found: Proposal, bound: dict[str, forms.Form]) -> dict[str, forms.Form]:
    """Return the forms of the steps that the stage and the policy allow to this reader."""
    user, day = request.user, timezone.localdate()
    if not isinstance(user, User):
        return {}
    can = PROPOSAL.actions(found.stage)
    steward = permissions.allowed(user, Can.REVIEW, found.steward_id, day) and user.pk != found.proposed_by_id
    own = permissions.allowed(user, Can.PROPOSE, found.organisation_id, day)
    asked = found.invitations.filter(expert=user, opinion=None).exists()
    wanted = {
        "opinion": "give_opinion" in can and asked,
        "open": "open_review" in can and steward,
        "publish": "publish" in can and steward,
        "invite": "invite" in can and steward,
        "refuse": "refuse" in can and steward,
        "withdraw": "withdraw" in can and own,
    }
    made = _forms(request, found, None) | bound
    return {name: made[name] for name, wants in wanted.items() if wants}


def _forms(request: HttpRequest, found: Proposal, data: Any) -> dict[str, forms.Form]:
    """Return the form of every step; ids are told apart by a prefix of the step."""
    asked = found.invitations.values("expert_id")
    experts = selectors.experts(timezone.localdate()).exclude(user_id__in=asked)
    ids = "id_{}_%s"
    return {
        "open": OpenForm(data, auto_id=ids.format("open")),
        "invite": InviteForm(data, experts=experts, auto_id=ids.format("invite")),
        "opinion": OpinionForm(data, auto_id=ids.format("opinion")),
        "publish": PublishForm(
            data, auto_id=ids.format("publish"), initial={"effective_from": timezone.localdate().isoformat()}
        ),
        "refuse": WhyForm(data, auto_id=ids.format("refuse")),
        "withdraw": WhyForm(data, auto_id=ids.format("withdraw")),
    }


def _open(request: SignedInRequest, found: Proposal, given: dict[str, Any]) -> str:
    services.open_review(proposal_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The review is open. Invite experts next.")


def _invite(request: SignedInRequest, found: Proposal, given: dict[str, Any]) -> str:
    people = [one.user_id for one in given["experts"]]
    services.invite(proposal_id=found.pk, expert_ids=people, by=request.user, at=timezone.now(), why=given["why"])
    return _("The experts are invited; each finds it among the notices.")


def _opinion(request: SignedInRequest, found: Proposal, given: dict[str, Any]) -> str:
    made = services.give_opinion(proposal_id=found.pk, by=request.user, at=timezone.now(), **given)
    if made.conflict:
        return _("Your opinion is kept. Because of a conflict of interest it does not count.")
    return _("Your opinion is kept and counts.")


def _publish(request: SignedInRequest, found: Proposal, given: dict[str, Any]) -> str:
    services.publish(proposal_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("Published. Library and catalogue are changed and the bodies concerned are told.")


def _refuse(request: SignedInRequest, found: Proposal, given: dict[str, Any]) -> str:
    services.refuse(proposal_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The proposal is refused and the proposer is told.")


def _withdraw(request: SignedInRequest, found: Proposal, given: dict[str, Any]) -> str:
    services.withdraw(proposal_id=found.pk, by=request.user, at=timezone.now(), **given)
    return _("The proposal is taken back.")


STEPS: dict[str, Callable[[SignedInRequest, Proposal, dict[str, Any]], str]] = {
    "open": _open,
    "invite": _invite,
    "opinion": _opinion,
    "publish": _publish,
    "refuse": _refuse,
    "withdraw": _withdraw,
}
