"""What may be done with a body's records, and who may see what isn't public."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.registry.bodies.models import Body

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on bodies."""

    CHANGE_REGISTER = "bodies.change_register"
    SEE_DETAILS = "bodies.see_details"
    MANAGE_KEYS = "bodies.manage_keys"
    STOP_USING = "bodies.stop_using"
    SEE_EXPERTS = "bodies.see_experts"
    MANAGE_EXPERTS = "bodies.manage_experts"


_CALLERS = (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.REVIEWER, Role.LEGAL_OFFICER)
_OFFICERS = (*_CALLERS, Role.COUNTY_OFFICER, Role.DEPARTMENT_OFFICER, Role.INSPECTOR)


def register() -> None:
    """Tell the policy who may do what.

    The register is public; people's names with their fields and instruments are for officers and the body itself;
    nobody is shown an identity number.
    """
    everywhere, division, own = policy.Reach.EVERYWHERE, policy.Reach.DIVISION, policy.Reach.OWN
    overseers = {Role.AUDITOR: everywhere, Role.SYSTEM_ADMINISTRATOR: everywhere}
    officers = dict.fromkeys(_OFFICERS, division) | overseers
    body = {Role.BODY_MANAGER: own, Role.SIGNATORY: own, Role.BODY_CLERK: own}
    policy.register(
        Can.CHANGE_REGISTER,
        {Role.SYSTEM_ADMINISTRATOR: everywhere, Role.PROVINCE_OFFICER: division},
        title=_("Change the register of bodies"),
    )
    policy.register(Can.SEE_DETAILS, officers | body, title=_("See a body's signatories and instruments"))
    policy.register(
        Can.SEE_EXPERTS,
        dict.fromkeys(_CALLERS, division) | overseers,
        title=_("See the register of assessors and experts"),
    )
    policy.register(
        Can.MANAGE_EXPERTS,
        {Role.PROVINCE_OFFICER: division},
        title=_("Warn, suspend, remove and evaluate assessors and experts"),
    )
    policy.register(Can.MANAGE_KEYS, {Role.BODY_MANAGER: own}, title=_("Manage a body's signing keys"))
    policy.register(
        Can.STOP_USING, {Role.BODY_MANAGER: own}, title=_("Declare that a body stops using lines of its scope")
    )


def place_of(body: Body) -> policy.Place:
    """Return where a body stands for the policy."""
    return policy.Place(division_code=body.division_id, organisation_id=body.organisation_id)


def allowed(user: AnyUser, action: str, body: Body, on: date) -> bool:
    """Tell whether somebody may do this with a body on a day."""
    return policy.allowed(user, action, place_of(body), on)


def require(user: AnyUser, action: str, body: Body, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(body), on)


def require_register(by: User | None, on: date) -> None:
    """Pass for whoever may change the register of the whole province, and for the operator at the command line (None).

    Raises: NotAllowed.
    """
    if by is not None and not policy.allowed_somewhere(by, Can.CHANGE_REGISTER, on):
        raise policy.NotAllowed(Can.CHANGE_REGISTER)


def may_change_register(by: User, on: date) -> bool:
    """Tell whether somebody may change the register of the whole province."""
    return policy.allowed_somewhere(by, Can.CHANGE_REGISTER, on)


def require_experts(by: User, on: date) -> None:
    """Pass for whoever may take measures against experts. Raises: NotAllowed."""
    if not policy.allowed_somewhere(by, Can.MANAGE_EXPERTS, on):
        raise policy.NotAllowed(Can.MANAGE_EXPERTS)
