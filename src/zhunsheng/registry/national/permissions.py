"""Who may load a publication of the national library. Everybody may read it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User


class Can:
    """Actions on the national library."""

    LOAD_LIBRARY = "national.load"


def register() -> None:
    """Tell the policy who may do what."""
    everywhere = policy.Reach.EVERYWHERE
    policy.register(
        Can.LOAD_LIBRARY,
        {Role.SYSTEM_ADMINISTRATOR: everywhere, Role.PROVINCE_OFFICER: everywhere},
        title=_("Load the national library"),
    )


def require_loading(by: User | None, on: date) -> None:
    """Pass for whoever may load it, and for the operator at the command line (None). Raises: NotAllowed."""
    if by is not None:
        policy.require(by, Can.LOAD_LIBRARY, None, on)
