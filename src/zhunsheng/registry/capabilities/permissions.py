"""What may be done with the search. Anybody may search; what nobody can test is for those who plan."""

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role


class Can:
    """Actions on capabilities."""

    READ_GAPS = "capabilities.read_gaps"


def register() -> None:
    """Tell the policy who may do what."""
    everywhere = policy.Reach.EVERYWHERE
    readers = (
        Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER, Role.DEPARTMENT_OFFICER, Role.AUDITOR,
        Role.SYSTEM_ADMINISTRATOR,
    )  # fmt: skip
    policy.register(
        Can.READ_GAPS, dict.fromkeys(readers, everywhere), title=_("See what nobody in the province can test")
    )
