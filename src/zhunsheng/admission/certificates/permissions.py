"""Who issues certificates and who takes measures against them. Everybody may read them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.permissions import AnyUser


class Can:
    """Actions on certificates."""

    ISSUE = "certificates.issue"
    TAKE_MEASURE = "certificates.take_measure"


def register() -> None:
    """Tell the policy who may do what: the grantor's officers alone."""
    division = policy.Reach.DIVISION
    policy.register(Can.ISSUE, {Role.PROVINCE_OFFICER: division}, title=_("Issue certificates"))
    policy.register(
        Can.TAKE_MEASURE,
        {Role.PROVINCE_OFFICER: division},
        title=_("Suspend, reduce, cancel and revoke certificates"),
    )


def place_of(body: Body) -> policy.Place:
    """Return where a body stands for the policy."""
    return policy.Place.of(body)


def require(by: User | None, action: str, place: policy.Place, on: date) -> None:
    """Pass for those whom the policy lets act here, and for the operator at the command line (None).

    Raises: NotAllowed.
    """
    if by is not None:
        policy.require(by, action, place, on)


def allowed(user: AnyUser, action: str, body: Body, on: date) -> bool:
    """Tell whether somebody may do this with the certificate of a body."""
    return policy.allowed(user, action, place_of(body), on)
