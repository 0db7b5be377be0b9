"""Who sees leads, enters them, and decides what becomes of them."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.leads.models import Lead, Referral
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Organisation, Role, User

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on leads."""

    SEE = "leads.see"
    ENTER = "leads.enter"
    TRIAGE = "leads.triage"
    SEE_REFERRALS = "leads.see_referrals"
    RECEIVE = "leads.receive"
    SUBSCRIBE = "leads.subscribe"


_AUTHORITY = (
    Role.PROVINCE_OFFICER,
    Role.CITY_OFFICER,
    Role.COUNTY_OFFICER,
    Role.INSPECTOR,
    Role.REVIEWER,
    Role.LEGAL_OFFICER,
)


def register() -> None:
    """Tell the policy who may do what with leads."""
    division, everywhere = policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    policy.register(Can.SEE, dict.fromkeys(_AUTHORITY, division) | {Role.AUDITOR: everywhere}, title=_("See leads"))
    policy.register(Can.ENTER, dict.fromkeys((*_AUTHORITY, Role.DEPARTMENT_OFFICER), division), title=_("Enter leads"))
    officers = (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER)
    policy.register(Can.TRIAGE, dict.fromkeys(officers, division), title=_("Decide what becomes of leads"))
    own = policy.Reach.OWN
    policy.register(
        Can.SEE_REFERRALS,
        dict.fromkeys(_AUTHORITY, division) | {Role.DEPARTMENT_OFFICER: own, Role.AUDITOR: everywhere},
        title=_("See referrals"),
    )
    policy.register(
        Can.RECEIVE, dict.fromkeys((*officers, Role.DEPARTMENT_OFFICER), own), title=_("Sign for referrals and answer")
    )
    policy.register(
        Can.SUBSCRIBE, {Role.DEPARTMENT_OFFICER: own}, title=_("Subscribe to bodies on whose results one relies")
    )


def place_of(lead: Lead) -> policy.Place:
    """Return where a lead stands for the policy."""
    return policy.Place(division_code=lead.division_id)


def allowed(user: AnyUser, action: str, lead: Lead, on: date) -> bool:
    """Tell whether somebody may do this with a lead on a day."""
    return policy.allowed(user, action, place_of(lead), on)


def require(user: AnyUser, action: str, lead: Lead, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(lead), on)


def may_receive(user: AnyUser, referral: Referral, on: date) -> bool:
    """Tell whether somebody signs for a referral and answers it: the receiver, or who it was escalated to."""
    held = (referral.receiver_id, referral.escalated_to_id)
    return any(one and policy.allowed(user, Can.RECEIVE, policy.Place(organisation_id=one), on) for one in held)


def require_receiving(user: AnyUser, referral: Referral, on: date) -> None:
    """Pass for the receiver. Raises: NotAllowed."""
    if not may_receive(user, referral, on):
        raise policy.NotAllowed(Can.RECEIVE)


def sending_organisation(user: User, action: str, on: date) -> Organisation:
    """Return the authority or department in whose name somebody does this. Raises: NotAllowed."""
    for one in user.memberships_on(on):
        if policy.reach_of_membership(one, action) and one.organisation.kind in policy.PUBLIC_KINDS:
            return one.organisation
    raise policy.NotAllowed(action)
