"""Who sees a body's credit file, who records in it, who enters its grade."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.registry.bodies.models import Body

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on credit files."""

    SEE = "credit.see"
    RECORD = "credit.record"
    GRADE = "credit.grade"


_OFFICERS = (
    Role.PROVINCE_OFFICER,
    Role.CITY_OFFICER,
    Role.COUNTY_OFFICER,
    Role.DEPARTMENT_OFFICER,
    Role.REVIEWER,
    Role.INSPECTOR,
    Role.LEGAL_OFFICER,
)


def register() -> None:
    """Tell the policy who may do what: a body reads its own file, officers those of their place."""
    own, division, everywhere = policy.Reach.OWN, policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    body = dict.fromkeys((Role.BODY_MANAGER, Role.BODY_CLERK, Role.SIGNATORY), own)
    policy.register(
        Can.SEE,
        dict.fromkeys(_OFFICERS, division) | body | {Role.AUDITOR: everywhere},
        title=_("See a body's credit file"),
    )
    policy.register(Can.RECORD, dict.fromkeys(_OFFICERS, division), title=_("Record events and obligations of a body"))
    policy.register(Can.GRADE, {Role.PROVINCE_OFFICER: division}, title=_("Enter the grade of a body"))


def place_of(body: Body) -> policy.Place:
    """Return where a body stands for the policy."""
    return policy.Place(division_code=body.division_id, organisation_id=body.organisation_id)


def allowed(user: AnyUser, action: str, body: Body, on: date) -> bool:
    """Tell whether somebody may do this with a body's credit file."""
    return policy.allowed(user, action, place_of(body), on)


def require(user: AnyUser, action: str, body: Body, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(body), on)
