"""Who may hand in, answer and enter schedules."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.permissions import place_of

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on schedules."""

    READ = "schedules.read"
    HAND_IN = "schedules.hand_in"
    DECIDE = "schedules.decide"
    DECIDE_FOR_ALL = "schedules.decide_for_all"
    ENTER = "schedules.enter"


def register() -> None:
    """Tell the policy: a body hands in and answers for its own files; the province teaches all files and enters."""
    everywhere, division, own = policy.Reach.EVERYWHERE, policy.Reach.DIVISION, policy.Reach.OWN
    province = {Role.SYSTEM_ADMINISTRATOR: everywhere, Role.PROVINCE_OFFICER: division}
    officers = {Role.CITY_OFFICER: division, Role.COUNTY_OFFICER: division, Role.REVIEWER: division}
    body = {Role.BODY_MANAGER: own, Role.BODY_CLERK: own}
    policy.register(
        Can.READ,
        province | officers | body | {Role.AUDITOR: everywhere, Role.SIGNATORY: own, Role.INSPECTOR: division},
        title=_("See schedules that were handed in, and their health"),
    )
    policy.register(Can.HAND_IN, province | officers | body, title=_("Hand in a capability schedule"))
    policy.register(Can.DECIDE, province | officers | body, title=_("Answer the doubts of a schedule"))
    policy.register(Can.DECIDE_FOR_ALL, province, title=_("Answer a doubt for the schedules of all bodies"))
    policy.register(Can.ENTER, province, title=_("Enter a schedule in the register"))


def require(by: AnyUser, action: str, body: Body, on: date) -> None:
    """Pass for whoever may do this with a body, and for the operator at the command line (None). Raises: NotAllowed."""
    if by is not None:
        policy.require(by, action, place_of(body), on)


def require_somewhere(by: AnyUser, action: str, on: date) -> None:
    """Pass for whoever may do this anywhere, and for the operator (None). Raises: NotAllowed."""
    if by is not None and not policy.allowed_somewhere(by, action, on):
        raise policy.NotAllowed(action)


def allowed(user: AnyUser, action: str, body: Body, on: date) -> bool:
    """Tell whether somebody may do this with a body on a day."""
    return policy.allowed(user, action, place_of(body), on)
