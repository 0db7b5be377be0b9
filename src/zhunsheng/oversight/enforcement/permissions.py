"""Who sees cases, files, investigates, examines, approves, decides and confirms the law of cases."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.enforcement.models import Case, CaseParticipant
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on cases."""

    SEE = "enforcement.see"
    SEE_OWN = "enforcement.see_own"
    FILE = "enforcement.file"
    INVESTIGATE = "enforcement.investigate"
    EXAMINE = "enforcement.examine"
    DECIDE = "enforcement.decide"
    DECIDE_QUALIFICATION = "enforcement.decide_qualification"
    CONFIRM_LAW = "enforcement.confirm_law"
    JOIN = "enforcement.join"


def register() -> None:
    """Tell the policy who may do what, and which duties nobody does together on one case."""
    own, division, everywhere = policy.Reach.OWN, policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    officers = (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER)
    policy.register(
        Can.SEE,
        dict.fromkeys((*officers, Role.INSPECTOR, Role.LEGAL_OFFICER), division) | {Role.AUDITOR: everywhere},
        title=_("See cases"),
    )
    body = dict.fromkeys((Role.BODY_MANAGER, Role.BODY_CLERK, Role.ENTERPRISE), own)
    policy.register(Can.SEE_OWN, body, title=_("See one's own cases from the notice on, and answer"))
    policy.register(Can.FILE, dict.fromkeys((*officers, Role.INSPECTOR), division), title=_("File cases"))
    policy.register(Can.INVESTIGATE, dict.fromkeys((*officers, Role.INSPECTOR), division), title=_("Investigate cases"))
    policy.register(Can.EXAMINE, {Role.LEGAL_OFFICER: division}, title=_("Examine cases for legality"))
    policy.register(Can.DECIDE, dict.fromkeys(officers, division), title=_("Decide cases"))
    policy.register(
        Can.DECIDE_QUALIFICATION,
        {Role.PROVINCE_OFFICER: division},
        title=_("Decide as the grantor what becomes of a qualification"),
    )
    policy.register(
        Can.CONFIRM_LAW, {Role.SYSTEM_ADMINISTRATOR: division}, title=_("Confirm unverified rules of the yardstick")
    )
    joining = (*officers, Role.INSPECTOR, Role.LEGAL_OFFICER, Role.DEPARTMENT_OFFICER)
    policy.register(Can.JOIN, dict.fromkeys(joining, own), title=_("Act in cases to which one's authority was asked"))
    policy.keep_apart(Can.INVESTIGATE, Can.EXAMINE)
    policy.keep_apart(Can.INVESTIGATE, Can.DECIDE)
    policy.keep_apart(Can.EXAMINE, Can.DECIDE)


def place_of(case: Case) -> policy.Place:
    """Return where a case stands for officers."""
    return policy.Place(division_code=case.division_id)


def allowed(user: AnyUser, action: str, case: Case, on: date) -> bool:
    """Tell whether somebody may do this with a case on a day."""
    return policy.allowed(user, action, place_of(case), on)


def seat_of(user: AnyUser, case: Case, on: date) -> CaseParticipant | None:
    """Return as which participant somebody acts in a case: that of one's own authority, asked and not left."""
    reach = policy.reach_of(user, Can.JOIN, on)
    if not reach.organisation_ids:
        return None
    rows = case.participants.filter(organisation__in=reach.organisation_ids, left_at=None)
    return rows.select_related("organisation").order_by("pk").first()


def sees_all(user: AnyUser, case: Case, on: date) -> bool:
    """Tell whether somebody reads all of a case: officers of its place, and who was asked to act in it."""
    return allowed(user, Can.SEE, case, on) or seat_of(user, case, on) is not None


def require_seeing(user: AnyUser, case: Case, on: date) -> None:
    """Pass for who reads all of a case. Raises: NotAllowed."""
    if not sees_all(user, case, on):
        raise policy.NotAllowed(Can.SEE)


def require_adding(user: AnyUser, case: Case, on: date) -> None:
    """Pass for who puts files to a case: who investigates, and participants that joined. Raises: NotAllowed."""
    seat = seat_of(user, case, on)
    if seat is None or seat.joined_at is None:
        require(user, Can.INVESTIGATE, case, on)


def require(user: AnyUser, action: str, case: Case, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(case), on)


def require_confirming(user: AnyUser, on: date) -> None:
    """Pass for who confirms rules of the yardstick; the law is one for the whole province. Raises: NotAllowed."""
    if not policy.allowed_somewhere(user, Can.CONFIRM_LAW, on):
        raise policy.NotAllowed(Can.CONFIRM_LAW)
