"""What may be done with the catalogue. Everybody may read it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User


class Can:
    """Actions on the catalogue."""

    CHANGE_CATALOGUE = "catalogue.change"


def register() -> None:
    """Tell the policy who may do what."""
    everywhere = policy.Reach.EVERYWHERE
    policy.register(
        Can.CHANGE_CATALOGUE,
        {Role.SYSTEM_ADMINISTRATOR: everywhere, Role.PROVINCE_OFFICER: everywhere},
        title=_("Change the catalogue"),
    )


def require_change(by: User | None, on: date) -> None:
    """Pass for whoever may change the catalogue, and for the operator at the command line (None).

    Raises: NotAllowed.
    """
    if by is not None:
        policy.require(by, Can.CHANGE_CATALOGUE, None, on)


def may_change(by: object, on: date) -> bool:
    """Tell whether a visitor may change the catalogue."""
    return isinstance(by, User) and policy.allowed_somewhere(by, Can.CHANGE_CATALOGUE, on)
