"""Who sees visits, who conducts them, who decides about findings, who answers for the body, who keeps the library."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.inspections.permissions import Can as InspectionsCan
from zhunsheng.oversight.visits.lifecycle import Side
from zhunsheng.oversight.visits.models import Order, Result, Visit
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on visits. Conducting one is `inspections.conduct`, and takes being drawn for its task."""

    SEE = "visits.see"
    CONDUCT = InspectionsCan.CONDUCT
    DECIDE = "visits.decide"
    DISCLOSE = "visits.disclose"
    ANSWER = "visits.answer"
    IMPORT_LIBRARY = "visits.import_library"
    APPROVE_LIBRARY = "visits.approve_library"


def register() -> None:
    """Tell the policy who may do what, and that who inspects doesn't decide."""
    own, division, everywhere = policy.Reach.OWN, policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    officers = (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER)
    policy.register(
        Can.SEE,
        dict.fromkeys((*officers, Role.LEGAL_OFFICER, Role.DEPARTMENT_OFFICER), division)
        | dict.fromkeys((Role.BODY_MANAGER, Role.BODY_CLERK), own)
        | {Role.AUDITOR: everywhere},
        title=_("See visits, orders to correct and results"),
    )
    policy.register(
        Can.DECIDE,
        dict.fromkeys((*officers, Role.LEGAL_OFFICER), division),
        title=_("Decide what becomes of the findings of a visit"),
    )
    policy.register(
        Can.DISCLOSE,
        dict.fromkeys(officers, division),
        title=_("Disclose the results of visits, withdraw and restore them"),
    )
    policy.register(
        Can.ANSWER,
        {Role.BODY_MANAGER: own, Role.BODY_CLERK: own},
        title=_("Answer orders to correct and requests for files for the body"),
    )
    policy.register(Can.IMPORT_LIBRARY, dict.fromkeys(officers, division), title=_("Import editions of checklists"))
    policy.register(
        Can.APPROVE_LIBRARY,
        {Role.PROVINCE_OFFICER: division, Role.LEGAL_OFFICER: division},
        title=_("Approve editions of checklists"),
    )
    policy.keep_apart(Can.CONDUCT, Can.DECIDE)
    policy.keep_apart(Can.IMPORT_LIBRARY, Can.APPROVE_LIBRARY)


def place_of(one: Visit | Order) -> policy.Place:
    """Return where a visit or an order stands for the policy."""
    return policy.Place(division_code=one.division_id, organisation_id=one.organisation_id)


def allowed(user: AnyUser, action: str, one: Visit | Order, on: date) -> bool:
    """Tell whether somebody may do this with a visit or an order on a day."""
    return policy.allowed(user, action, place_of(one), on)


def require(user: AnyUser, action: str, one: Visit | Order, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(one), on)


def require_disclosing(user: User, result: Result, on: date) -> None:
    """Pass for those who may disclose a result. Raises: NotAllowed."""
    policy.require(user, Can.DISCLOSE, policy.Place(division_code=result.division_id), on)


def seat_of(user: AnyUser, visit: Visit, on: date) -> str:
    """Return the side of one of the two inspectors of a visit; empty for anybody else."""
    if not isinstance(user, User) or not policy.allowed_somewhere(user, Can.CONDUCT, on):
        return ""
    return {visit.leader_id: Side.LEADER, visit.second_id: Side.SECOND}.get(user.pk, "")


def require_seat(user: User, visit: Visit, on: date, *, leader: bool = False) -> str:
    """Return the side of an inspector of this visit, of the leading one alone where asked. Raises: NotAllowed."""
    seat = seat_of(user, visit, on)
    if not seat or (leader and seat != Side.LEADER):
        raise policy.NotAllowed(Can.CONDUCT)
    return seat
