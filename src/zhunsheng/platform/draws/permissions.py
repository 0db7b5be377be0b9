"""Who commits a draw, who enters its source and who draws. Everybody may see draws and recompute them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.platform.draws.models import Draw


class Can:
    """Actions on draws."""

    COMMIT = "draws.commit"
    ENTER_SOURCE = "draws.enter_source"
    DRAW = "draws.draw"
    SEE_FRAME = "draws.see_frame"


def register() -> None:
    """Tell the policy who may do what; whoever chose the frame neither enters the source nor draws."""
    division, everywhere = policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    officers = dict.fromkeys(
        (
            Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER, Role.DEPARTMENT_OFFICER, Role.REVIEWER,
            Role.INSPECTOR, Role.LEGAL_OFFICER,
        ),
        division,
    )  # fmt: skip
    policy.register(Can.COMMIT, officers, title=_("Commit a draw: fix what is drawn from, and how"))
    policy.register(Can.ENTER_SOURCE, officers, title=_("Enter the source of chance of a draw"))
    policy.register(Can.DRAW, officers, title=_("Draw"))
    policy.register(
        Can.SEE_FRAME, officers | {Role.AUDITOR: everywhere}, title=_("See from what is drawn before it is drawn")
    )
    policy.keep_apart(Can.COMMIT, Can.ENTER_SOURCE)
    policy.keep_apart(Can.COMMIT, Can.DRAW)


def place_of(draw: Draw) -> policy.Place:
    """Return where a draw stands for the policy."""
    return policy.Place(division_code=draw.division_id, organisation_id=draw.organisation_id)


def allowed(by: object, action: str, draw: Draw, on: date) -> bool:
    """Tell whether somebody may do this with a draw: what the policy grants, to whoever did not choose the frame."""
    if not isinstance(by, User) or not policy.allowed(by, action, place_of(draw), on):
        return False
    return action == Can.SEE_FRAME or by.pk != draw.committed_by_id
