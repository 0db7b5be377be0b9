"""Who may see and decide mentions: officers of the place, and a body those that its own papers alone make."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.registry.matching.models import Mention

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on mentions."""

    SEE = "matching.see"
    DECIDE = "matching.decide"


def register() -> None:
    """Tell the policy who may do what."""
    division, own, everywhere = policy.Reach.DIVISION, policy.Reach.OWN, policy.Reach.EVERYWHERE
    officers = dict.fromkeys((Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER), division)
    body = {Role.BODY_MANAGER: own, Role.BODY_CLERK: own}
    policy.register(
        Can.SEE,
        officers | body | {Role.AUDITOR: everywhere, Role.DEPARTMENT_OFFICER: division},
        title=_("See which organisations names in papers mean"),
    )
    policy.register(Can.DECIDE, officers | body, title=_("Decide which organisation a name means"))


def place_of(mention: Mention) -> policy.Place:
    """Return where a mention stands for the policy."""
    return policy.Place(division_code=mention.division_id, organisation_id=mention.organisation_id)


def allowed(user: AnyUser, action: str, mention: Mention, on: date) -> bool:
    """Tell whether somebody may do this with a mention on a day."""
    return policy.allowed(user, action, place_of(mention), on)


def require(user: AnyUser, action: str, mention: Mention, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(mention), on)
