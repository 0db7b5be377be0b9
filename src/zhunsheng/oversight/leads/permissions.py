"""Who sees leads, enters them, and decides what becomes of them."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.leads.models import Lead
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on leads."""

    SEE = "leads.see"
    ENTER = "leads.enter"
    TRIAGE = "leads.triage"


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


def place_of(lead: Lead) -> policy.Place:
    """Return where a lead stands for the policy."""
    return policy.Place(division_code=lead.division_id)


def allowed(user: AnyUser, action: str, lead: Lead, on: date) -> bool:
    """Tell whether somebody may do this with a lead on a day."""
    return policy.allowed(user, action, place_of(lead), on)


def require(user: AnyUser, action: str, lead: Lead, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(lead), on)
