"""Open a review, invite experts, take their opinions with what they declare."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.notices import services as notices
from zhunsheng.registry.library import lawbook, permissions, selectors
from zhunsheng.registry.library.lifecycle import PROPOSAL, Verdict
from zhunsheng.registry.library.models import Invitation, Opinion, Proposal
from zhunsheng.registry.library.permissions import Can
from zhunsheng.registry.library.rules.review import Interests, conflict_of


class ReviewRefused(DomainError):
    """A step of a review that the rules don't allow."""

    code = "review-refused"


@transaction.atomic
def open_review(*, proposal_id: int, consult_days: int, by: User, at: datetime, why: str) -> Proposal:
    """Take a proposal into expert review, with so many days of public consultation (0: none).

    Raises: Proposal.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused, MissingReason.
    """
    today = timezone.localdate(at)
    proposal = _locked(proposal_id, by, Can.REVIEW, at)
    proposal.stage = PROPOSAL.target(proposal.stage, "open_review")
    least = int(lawbook.review(today).values["consult_days_least"][proposal.sort])
    if not least <= consult_days <= 365:
        raise ReviewRefused(
            "The public consultation lasts at least %(least)s days.", params={"least": least}, field="consult_days",
            remedy="Choose a longer time.",
        )  # fmt: skip
    proposal.opened_at = at
    proposal.consult_until = today + timedelta(days=consult_days) if consult_days else None
    with recorded(by, why):
        proposal.save(update_fields=["stage", "opened_at", "consult_until"])
    return proposal


@transaction.atomic
def invite(*, proposal_id: int, expert_ids: Iterable[int], by: User, at: datetime, why: str) -> list[Invitation]:
    """Ask experts for their opinions and tell their organisations; one who was asked before is passed over.

    Raises: Proposal.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused, MissingReason.
    """
    today = timezone.localdate(at)
    proposal = _locked(proposal_id, by, Can.REVIEW, at)
    PROPOSAL.target(proposal.stage, "invite")
    due = today + timedelta(days=int(lawbook.review(today).values["opinion_days"]))
    asked = set(proposal.invitations.values_list("expert_id", flat=True))
    made = []
    with recorded(by, why):
        for expert, organisation_id in selectors.experts_among(expert_ids, today):
            if expert.pk not in asked:
                made.append(
                    Invitation.objects.create(
                        proposal=proposal, expert=expert, organisation_id=organisation_id, invited_by=by, invited_at=at,
                        due_on=due,
                    )
                )  # fmt: skip
                asked.add(expert.pk)
    if not made:
        raise ReviewRefused("Nobody new was invited.", field="experts", remedy="Choose experts who were not asked yet.")
    _tell_experts(proposal, made, by, at)
    return made


@transaction.atomic
def give_opinion(
    *,
    proposal_id: int,
    verdict: str,
    reasons: str,
    employed: bool,
    author: bool,
    consultant: bool,
    interests: str,
    by: User,
    at: datetime,
) -> Opinion:
    """Give an opinion with one's interests. It is kept even where a conflict keeps it from counting, which it names.

    Raises: Proposal.DoesNotExist, NotAllowed (also for who wasn't invited), SamePerson, IllegalMove, ReviewRefused.
    """
    today = timezone.localdate(at)
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    invitation = proposal.invitations.filter(expert=by).first()
    if invitation is None:
        raise policy.NotAllowed(Can.GIVE_OPINION)
    permissions.require(by, Can.GIVE_OPINION, invitation.organisation_id, today)
    policy.refuse_same_person(Can.PROPOSE, [proposal.proposed_by_id], Can.GIVE_OPINION, by)
    PROPOSAL.target(proposal.stage, "give_opinion")
    if verdict not in Verdict.values or not reasons.strip():
        raise ReviewRefused("An opinion needs its reasons.", field="reasons", remedy="Say what it rests on.")
    if Opinion.objects.filter(invitation=invitation).exists():
        raise ReviewRefused(
            "You have given your opinion.", field="verdict", remedy="Write to the steward to add to it."
        )
    own = {one.organisation_id for one in by.memberships_on(today)}
    bound = Interests(proposal.organisation_id in own, employed, consultant, author)
    with recorded(by, reasons):
        return Opinion.objects.create(
            invitation=invitation, verdict=verdict, reasons=reasons.strip(), employed=employed, author=author,
            consultant=consultant, interests=interests.strip(), given_at=at,
            conflict=conflict_of(bound, lawbook.review(today).values["excluding"]),
        )  # fmt: skip


def _locked(proposal_id: int, by: User, action: str, at: datetime) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    permissions.require(by, action, proposal.steward_id, timezone.localdate(at))
    return proposal


def _tell_experts(proposal: Proposal, made: list[Invitation], by: User, at: datetime) -> None:
    with translation.override("zh-hans"):
        subject = _("An expert opinion is asked for: %(what)s") % {"what": selectors.titled(proposal)}
        names = "、".join(str(one.expert) for one in made)
        body = _("%(names)s: please give an opinion on proposal %(number)s by %(day)s and declare your interests.") % {
            "names": names, "number": proposal.number, "day": made[0].due_on.isoformat(),
        }  # fmt: skip
    notices.notify(
        organisation_ids={one.organisation_id for one in made}, subject=subject[:200], body=body,
        href=f"/library/proposals/{proposal.number}/", kind="library.invitation", at=at, by=by,
        sender_id=proposal.steward_id, origin=f"proposal:{proposal.number}",
    )  # fmt: skip
