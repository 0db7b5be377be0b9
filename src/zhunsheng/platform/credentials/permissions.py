"""Who issues credentials and sets their status. Everybody may read and verify them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Organisation, Role, User


class Can:
    """Actions on credentials."""

    ISSUE = "credentials.issue"
    SET_STATUS = "credentials.set_status"


def register() -> None:
    """Tell the policy who may do what."""
    officers = {Role.PROVINCE_OFFICER: policy.Reach.EVERYWHERE, Role.CITY_OFFICER: policy.Reach.DIVISION}
    policy.register(Can.ISSUE, officers, title=_("Issue a verifiable document"))
    policy.register(Can.SET_STATUS, officers, title=_("Suspend, replace, cancel or revoke a verifiable document"))


def require(by: User | None, action: str, organisation_id: int | None, on: date) -> None:
    """Pass for the system itself (None) and those whom the policy lets act on this holder. Raises: NotAllowed."""
    if by is None:
        return
    known = Organisation.objects.filter(pk=organisation_id or 0)
    division = known.values_list("division_id", flat=True).first()
    policy.require(by, action, policy.Place(division_code=division, organisation_id=organisation_id), on)
