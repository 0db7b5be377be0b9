"""Who applies, signs, handles, proposes, examines, decides and verifies; who may see an application."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.models import Application
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on applications."""

    APPLY = "licensing.apply"
    SIGN = "licensing.sign"
    STATE = "licensing.state"
    SEE = "licensing.see"
    READ_QUEUE = "licensing.read_queue"
    HANDLE = "licensing.handle"
    PROPOSE = "licensing.propose"
    EXAMINE = "licensing.examine"
    DECIDE = "licensing.decide"
    VERIFY = "licensing.verify"
    REVIEW = "licensing.review"
    BAR = "licensing.bar"


OFFICERS = (
    Role.PROVINCE_OFFICER,
    Role.CITY_OFFICER,
    Role.COUNTY_OFFICER,
    Role.REVIEWER,
    Role.LEGAL_OFFICER,
)


def register() -> None:
    """Tell the policy who may do what, and which duties nobody does together on one application."""
    _applicants_and_readers()
    _officers()
    policy.keep_apart(Can.PROPOSE, Can.EXAMINE)
    policy.keep_apart(Can.PROPOSE, Can.DECIDE)
    policy.keep_apart(Can.EXAMINE, Can.DECIDE)
    policy.keep_apart(Can.REVIEW, Can.DECIDE)
    policy.keep_apart(Can.VERIFY, Can.DECIDE)
    policy.keep_apart(Can.VERIFY, Can.EXAMINE)


def _applicants_and_readers() -> None:
    own, division, everywhere = policy.Reach.OWN, policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    body = dict.fromkeys((Role.BODY_MANAGER, Role.BODY_CLERK, Role.SIGNATORY), own)
    policy.register(Can.APPLY, {Role.BODY_MANAGER: own, Role.BODY_CLERK: own}, title=_("Prepare and file applications"))
    policy.register(
        Can.SIGN, {Role.BODY_MANAGER: own}, title=_("Sign applications and commitments for the legal representative")
    )
    policy.register(
        Can.STATE, {Role.BODY_MANAGER: own}, title=_("State a body's case before something is decided against it")
    )
    policy.register(
        Can.SEE,
        dict.fromkeys(OFFICERS, division) | body | {Role.AUDITOR: everywhere, Role.DEPARTMENT_OFFICER: division},
        title=_("See applications"),
    )
    policy.register(
        Can.READ_QUEUE,
        dict.fromkeys((*OFFICERS, Role.DEPARTMENT_OFFICER), division) | {Role.AUDITOR: everywhere},
        title=_("Read the officers' queue of applications"),
    )


def _officers() -> None:
    own, division = policy.Reach.OWN, policy.Reach.DIVISION
    handlers = {Role.REVIEWER: division, Role.PROVINCE_OFFICER: division, Role.CITY_OFFICER: division}
    policy.register(Can.HANDLE, handlers, title=_("Accept applications and keep their clocks"))
    policy.register(Can.PROPOSE, handlers, title=_("Propose the decision on an application"))
    policy.register(
        Can.EXAMINE, {Role.LEGAL_OFFICER: division}, title=_("Examine decisions for legality before they are taken")
    )
    policy.register(Can.DECIDE, {Role.PROVINCE_OFFICER: division}, title=_("Decide applications"))
    policy.register(
        Can.VERIFY,
        dict.fromkeys(
            (Role.REVIEWER, Role.INSPECTOR, Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER), division
        ),
        title=_("Verify commitments, declarations and filings"),
    )
    policy.register(Can.REVIEW, {Role.EXPERT: own}, title=_("Review an applicant as a member of the panel"))
    policy.register(
        Can.BAR, {Role.PROVINCE_OFFICER: division}, title=_("Bar routes to an applicant, and lift such bars")
    )


def place_of(application: Application) -> policy.Place:
    """Return where an application stands for the policy."""
    return policy.Place.of(application)


def allowed(user: AnyUser, action: str, application: Application, on: date) -> bool:
    """Tell whether somebody may do this with an application on a day."""
    return policy.allowed(user, action, place_of(application), on)


def require(user: AnyUser, action: str, application: Application, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(application), on)
