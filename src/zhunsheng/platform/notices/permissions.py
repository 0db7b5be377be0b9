"""Who reads the notices of an organisation, and who sends those that it answers for."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.platform.notices.models import Notice


class Can:
    """Actions on notices."""

    READ = "notices.read"
    SEND = "notices.send"
    MANAGE_FEED = "notices.manage_feed"


def register() -> None:
    """Tell the policy who may do what."""
    own = policy.Reach.OWN
    policy.register(Can.READ, dict.fromkeys(Role, own), title=_("Read the notices to one's organisation"))
    policy.register(
        Can.SEND,
        {Role.PROVINCE_OFFICER: own, Role.DEPARTMENT_OFFICER: own},
        title=_("Review, send and discard the notices that one's organisation answers for"),
    )
    policy.register(
        Can.MANAGE_FEED,
        {Role.BODY_MANAGER: own, Role.ENTERPRISE: own, Role.PROVINCE_OFFICER: own, Role.DEPARTMENT_OFFICER: own},
        title=_("Give the notices of one's organisation a feed address"),
    )


def require_send(by: User, notice: Notice, on: date) -> None:
    """Pass for those who may send what this notice's sender answers for. Raises: NotAllowed."""
    policy.require(by, Can.SEND, policy.Place(organisation_id=notice.sender_id), on)


def require_feed(by: User, organisation_id: int, on: date) -> None:
    """Pass for those who may give the organisation a feed. Raises: NotAllowed."""
    policy.require(by, Can.MANAGE_FEED, policy.Place(organisation_id=organisation_id), on)
