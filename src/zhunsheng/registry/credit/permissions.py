"""Who sees a body's credit file, who records in it, who enters its grade."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.registry.bodies.models import Body, Expert, Person

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on credit files."""

    SEE = "credit.see"
    RECORD = "credit.record"
    GRADE = "credit.grade"
    COMPARE = "credit.compare"
    PETITION = "credit.petition"
    DECIDE = "credit.decide"
    SEE_PERSONS = "credit.see_persons"
    SEE_OWN_FILE = "credit.see_own_file"
    RECORD_PERSONS = "credit.record_persons"


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
    policy.register(Can.GRADE, {Role.PROVINCE_OFFICER: division}, title=_("Enter and compute the grade of a body"))
    policy.register(
        Can.COMPARE,
        dict.fromkeys(_OFFICERS, division) | {Role.AUDITOR: everywhere},
        title=_("Compare the grades of bodies"),
    )
    policy.register(Can.PETITION, {Role.BODY_MANAGER: own}, title=_("Object to an event or ask for its repair"))
    deciders = (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.LEGAL_OFFICER)
    policy.register(Can.DECIDE, dict.fromkeys(deciders, division), title=_("Decide objections and repairs"))
    policy.keep_apart(Can.RECORD, Can.DECIDE)
    policy.register(
        Can.SEE_PERSONS,
        dict.fromkeys((*deciders, Role.COUNTY_OFFICER, Role.INSPECTOR), division) | {Role.AUDITOR: everywhere},
        title=_("See the integrity file of a practitioner"),
    )
    policy.register(Can.SEE_OWN_FILE, {Role.EXPERT: own, Role.SIGNATORY: own}, title=_("See one's own integrity file"))
    policy.register(Can.RECORD_PERSONS, dict.fromkeys(deciders, division), title=_("Record in a practitioner's file"))


def place_of(body: Body) -> policy.Place:
    """Return where a body stands for the policy."""
    return policy.Place(division_code=body.division_id, organisation_id=body.organisation_id)


def allowed(user: AnyUser, action: str, body: Body, on: date) -> bool:
    """Tell whether somebody may do this with a body's credit file."""
    return policy.allowed(user, action, place_of(body), on)


def require(user: AnyUser, action: str, body: Body, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(body), on)


def place_of_practitioner(who: Person | Expert | None) -> policy.Place:
    """Return where a practitioner stands for the policy: where the body is, or in whose register."""
    if isinstance(who, Person):
        return policy.Place(division_code=who.body.division_id)
    return policy.Place(division_code=who.division_id if who else None)


def require_place(user: AnyUser, action: str, place: policy.Place, on: date) -> None:
    """Pass, or raise NotAllowed, for a place that is no body's own."""
    policy.require(user, action, place, on)
