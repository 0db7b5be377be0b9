"""Who sees alerts, who judges them, and when a body sees its own."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.screening.models import Alert
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on alerts."""

    SEE = "screening.see"
    JUDGE = "screening.judge"
    DISCLOSE = "screening.disclose"
    SEE_DISCLOSED = "screening.see_disclosed"


_OFFICERS = (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER)
_BESIDE = (Role.INSPECTOR, Role.LEGAL_OFFICER, Role.DEPARTMENT_OFFICER)


def register() -> None:
    """Tell the policy who may do what: alerts are for officers of the place, never for the public."""
    own, division, everywhere = policy.Reach.OWN, policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    officers = dict.fromkeys(_OFFICERS, division)
    policy.register(
        Can.SEE,
        officers | dict.fromkeys(_BESIDE, division) | {Role.AUDITOR: everywhere},
        title=_("See alerts of screening with their evidence"),
    )
    policy.register(Can.JUDGE, officers, title=_("Explain alerts, watch them, or open leads from them"))
    policy.register(Can.DISCLOSE, officers, title=_("Disclose an alert to the body it is about"))
    policy.register(
        Can.SEE_DISCLOSED,
        dict.fromkeys((Role.BODY_MANAGER, Role.SIGNATORY), own),
        title=_("See what was disclosed of alerts about one's own body"),
    )


def place_of(alert: Alert) -> policy.Place:
    """Return where an alert stands for the policy: its body's division, no organisation."""
    return policy.Place(division_code=alert.division_id)


def allowed(user: AnyUser, action: str, alert: Alert, on: date) -> bool:
    """Tell whether somebody may do this with an alert."""
    return policy.allowed(user, action, place_of(alert), on)


def require(user: AnyUser, action: str, alert: Alert, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(alert), on)
