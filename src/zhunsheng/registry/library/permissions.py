"""Who proposes, who reviews, who publishes, who replaces editions and who declares. Everybody may read the library."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.registry.bodies.models import Body


class Can:
    """Actions on the provincial library."""

    PROPOSE = "library.propose"
    GIVE_OPINION = "library.give_opinion"
    REVIEW = "library.review"
    PUBLISH = "library.publish"
    REPLACE_EDITION = "library.replace_edition"
    SEE_AFFECTED = "library.see_affected"
    DECLARE = "library.declare"


def register() -> None:
    """Tell the policy who may do what, and which two duties nobody does on one proposal."""
    own, division, everywhere = policy.Reach.OWN, policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    stewards = {Role.PROVINCE_OFFICER: own, Role.DEPARTMENT_OFFICER: own}
    policy.register(
        Can.PROPOSE,
        {Role.BODY_MANAGER: own, Role.SIGNATORY: own, Role.EXPERT: own},
        title=_("Propose an entry of the provincial library"),
    )
    policy.register(Can.GIVE_OPINION, {Role.EXPERT: own}, title=_("Give an expert opinion when invited"))
    policy.register(Can.REVIEW, stewards, title=_("Open the review of a proposal and invite experts"))
    policy.register(Can.PUBLISH, stewards, title=_("Publish or refuse a proposal"))
    policy.register(
        Can.REPLACE_EDITION,
        {Role.PROVINCE_OFFICER: everywhere},
        title=_("Enter that an edition is replaced"),
    )
    officers = dict.fromkeys(
        (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER, Role.DEPARTMENT_OFFICER, Role.REVIEWER),
        division,
    )
    body = dict.fromkeys((Role.BODY_MANAGER, Role.SIGNATORY, Role.BODY_CLERK), own)
    policy.register(
        Can.SEE_AFFECTED,
        officers | body | {Role.AUDITOR: everywhere},
        title=_("See the scope lines that a replaced edition touches"),
    )
    policy.register(Can.DECLARE, {Role.BODY_MANAGER: own}, title=_("Declare that capability is unchanged"))
    policy.keep_apart(Can.PROPOSE, Can.PUBLISH)
    policy.keep_apart(Can.GIVE_OPINION, Can.PUBLISH)
    policy.keep_apart(Can.PROPOSE, Can.GIVE_OPINION)


def require(by: User, action: str, organisation_id: int, on: date) -> None:
    """Pass for those whom the policy lets act for this organisation. Raises: NotAllowed."""
    policy.require(by, action, policy.Place(organisation_id=organisation_id), on)


def allowed(by: object, action: str, organisation_id: int, on: date) -> bool:
    """Tell whether somebody may act for this organisation."""
    return isinstance(by, User) and policy.allowed(by, action, policy.Place(organisation_id=organisation_id), on)


def require_replacing(by: User, on: date) -> int:
    """Return the organisation for which this person replaces editions. Raises: NotAllowed."""
    policy.require(by, Can.REPLACE_EDITION, None, on)
    return next(
        one.organisation_id
        for one in by.memberships_on(on)
        if policy.reach_of_membership(one, Can.REPLACE_EDITION).everywhere
    )


def place_of(body: Body) -> policy.Place:
    """Return where a body stands for the policy."""
    return policy.Place(division_code=body.division_id, organisation_id=body.organisation_id)
