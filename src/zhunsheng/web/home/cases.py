"""What waits for a person among leads, referrals and cases: what is late, what is near, what is new."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from zhunsheng.oversight.enforcement import wording
from zhunsheng.oversight.enforcement.lifecycle import RUNNING, Stage
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.permissions import Can as CasesCan
from zhunsheng.oversight.enforcement.selectors.cases import cases_visible_to, due_meaning
from zhunsheng.oversight.leads.lifecycle import TIMED, ReferralStage
from zhunsheng.oversight.leads.lifecycle import Stage as LeadStage
from zhunsheng.oversight.leads.models import Lead, Referral
from zhunsheng.oversight.leads.permissions import Can as LeadsCan
from zhunsheng.oversight.leads.selectors import leads_visible_to, referrals_visible_to
from zhunsheng.oversight.leads.selectors.leads import due_meaning as lead_meaning
from zhunsheng.oversight.leads.selectors.referrals import in_tab as referrals_in_tab
from zhunsheng.oversight.leads.selectors.referrals import meaning_of as referral_meaning
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User

SHOWN = 5
MOST = 99


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait: the soonest with their colours, how many, and how many are late or new."""

    rows: list[dict[str, Any]]
    waiting: int
    late: int
    new: int = 0

    @property
    def more(self) -> bool:
        """Whether there are more than could be counted."""
        return self.waiting > MOST


@dataclass(frozen=True)
class Desk:
    """What waits for this person; None for what is not theirs."""

    leads: Pile | None
    referrals: Pile | None
    cases: Pile | None
    own: list[Case]


def desk(user: User, today: date) -> Desk | None:
    """Return what waits, each kind in one query; None for those who handle nothing of it and are party to no case."""
    acts = (LeadsCan.TRIAGE, LeadsCan.RECEIVE, CasesCan.INVESTIGATE, *(action for action, _wanted in DUTIES))
    handles = any(policy.allowed_somewhere(user, one, today) for one in acts)
    party = policy.allowed_somewhere(user, CasesCan.SEE_OWN, today)
    if not handles and not party:
        return None
    found = Desk(
        leads=_leads(user, today) if policy.allowed_somewhere(user, LeadsCan.TRIAGE, today) else None,
        referrals=_referrals(user, today) if policy.allowed_somewhere(user, LeadsCan.RECEIVE, today) else None,
        cases=_cases(user, today),
        own=_own(user, today) if party else [],
    )
    return found if handles or found.own else None


def _leads(user: User, today: date) -> Pile:
    """Return the leads that wait to be decided, those that fall due first at the head."""
    rows = leads_visible_to(user, today).filter(Q(stage=LeadStage.NEW) | Q(stage=LeadStage.ACCEPTED, handler=user))
    found = list(rows.select_related("body").order_by("due_on", "pk")[: MOST + 1])
    return Pile(
        rows=[{"one": one, "meaning": lead_meaning(one, today)} for one in found[:SHOWN]],
        waiting=len(found),
        late=sum(_late(one, today) for one in found),
        new=sum(one.stage == LeadStage.NEW for one in found),
    )


def _late(one: Lead | Referral, today: date) -> bool:
    return one.due_on is not None and one.due_on < today and one.stage in (*TIMED, *ReferralStage.values)


def _referrals(user: User, today: date) -> Pile:
    """Return the referrals that the reader's own authority has to sign for or to answer."""
    rows = referrals_in_tab(referrals_visible_to(user, today), "inbox", user, today)
    found = list(rows.select_related("sender").order_by("due_on", "pk")[: MOST + 1])
    return Pile(
        rows=[{"one": one, "meaning": referral_meaning(one, today)} for one in found[:SHOWN]],
        waiting=len(found),
        late=sum(_late(one, today) for one in found),
        new=sum(one.stage == ReferralStage.SENT for one in found),
    )


DUTIES = (
    (CasesCan.EXAMINE, Q(stage__in=[Stage.REVIEWING, Stage.HEARING])),
    (CasesCan.DECIDE, Q(stage=Stage.DECIDING) | Q(next_clock__in=["police_decide", "disclose"])),
)
"""What of all cases in reach waits for whom: legal officers examine, the head decides and publishes."""


def _cases(user: User, today: date) -> Pile | None:
    """Return the cases on which this person has to act: one's own as investigator, and what one's role decides."""
    wanted = (Q(investigator=user) | Q(second=user)) & Q(stage__in=[*RUNNING, Stage.DECIDED, Stage.SERVED])
    mine = [needed for action, needed in DUTIES if policy.allowed_somewhere(user, action, today)]
    if not mine and not policy.allowed_somewhere(user, CasesCan.INVESTIGATE, today):
        return None
    for needed in mine:
        wanted |= needed
    found = list(_soonest(cases_visible_to(user, today).filter(wanted))[: MOST + 1])
    return Pile(
        rows=[
            {"one": one, "what": wording.CLOCKS.get(one.next_clock, ""), "meaning": due_meaning(one, today)}
            for one in found[:SHOWN]
        ],
        waiting=len(found),
        late=sum(one.next_due_on is not None and one.next_due_on < today for one in found),
    )


def _soonest(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.order_by(F("next_due_on").asc(nulls_last=True), "pk")


def _own(user: User, today: date) -> list[Case]:
    """Return the cases of the reader's own organisation in which the party may answer or has to act."""
    own = policy.reach_of(user, CasesCan.SEE_OWN, today).as_q(division=None)
    stages = [Stage.NOTIFIED, Stage.HEARING, Stage.DECIDED, Stage.SERVED]
    return list(Case.objects.filter(own, stage__in=stages).order_by("statement_due_on", "pk")[:SHOWN])
