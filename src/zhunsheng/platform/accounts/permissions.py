"""What this room's policy grants: the accounts themselves."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Organisation, User
from zhunsheng.platform.accounts.policy import Place, Reach
from zhunsheng.platform.accounts.roles import BODY_ROLES, OFFICERS, Role


class Can:
    """The actions of this room."""

    VIEW_ORGANISATIONS = "accounts.view_organisations"
    MANAGE_ORGANISATIONS = "accounts.manage_organisations"
    VIEW_MEMBERS = "accounts.view_members"
    MANAGE_MEMBERS = "accounts.manage_members"
    MANAGE_API_CLIENTS = "accounts.manage_api_clients"
    VIEW_HISTORY = "accounts.view_history"
    VIEW_ACCESS_RECORDS = "accounts.view_access_records"


_ADMINISTRATOR = {Role.SYSTEM_ADMINISTRATOR: Reach.EVERYWHERE}
_AUDITOR = {Role.AUDITOR: Reach.EVERYWHERE}
_OFFICERS = dict.fromkeys(OFFICERS, Reach.DIVISION)
_SERVANTS = dict.fromkeys((Role.REVIEWER, Role.INSPECTOR, Role.LEGAL_OFFICER, Role.DEPARTMENT_OFFICER), Reach.DIVISION)
_BODY = dict.fromkeys(BODY_ROLES, Reach.OWN)
_OUTSIDERS = {Role.EXPERT: Reach.OWN, Role.ENTERPRISE: Reach.OWN}
_MANAGER = {Role.BODY_MANAGER: Reach.OWN}

# Which roles a member may give to others; nobody gives a role to themselves.
GRANTABLE: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        Role.SYSTEM_ADMINISTRATOR: frozenset(Role),
        Role.PROVINCE_OFFICER: frozenset(Role) - {Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR},
        Role.CITY_OFFICER: frozenset(Role) - {Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR, Role.PROVINCE_OFFICER},
        Role.COUNTY_OFFICER: frozenset(Role)
        - {Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR, Role.PROVINCE_OFFICER, Role.CITY_OFFICER},
        Role.BODY_MANAGER: frozenset(BODY_ROLES),
    }
)


def register() -> None:
    """Register this room's actions with the policy."""
    policy.register(
        Can.VIEW_ORGANISATIONS,
        {**_ADMINISTRATOR, **_AUDITOR, **_OFFICERS, **_SERVANTS, **_BODY, **_OUTSIDERS},
        title=_("See organisations"),
    )
    policy.register(
        Can.MANAGE_ORGANISATIONS, {**_ADMINISTRATOR, **_OFFICERS}, title=_("Create and change organisations")
    )
    policy.register(
        Can.VIEW_MEMBERS, {**_ADMINISTRATOR, **_AUDITOR, **_OFFICERS, **_BODY}, title=_("See an organisation's people")
    )
    policy.register(
        Can.MANAGE_MEMBERS, {**_ADMINISTRATOR, **_OFFICERS, **_MANAGER}, title=_("Give and end roles of people")
    )
    policy.register(
        Can.MANAGE_API_CLIENTS,
        {**_ADMINISTRATOR, **_MANAGER, Role.ENTERPRISE: Reach.OWN},
        title=_("Create, renew and stop API clients"),
    )
    policy.register(
        Can.VIEW_HISTORY,
        {**_ADMINISTRATOR, **_AUDITOR, **_OFFICERS, **_MANAGER},
        title=_("See the change history of regulated records"),
    )
    policy.register(
        Can.VIEW_ACCESS_RECORDS,
        {**_ADMINISTRATOR, **_AUDITOR, Role.PROVINCE_OFFICER: Reach.DIVISION, **_MANAGER},
        title=_("See who read protected data"),
    )


def place_of(organisation: Organisation) -> Place:
    """Return where an organisation stands."""
    return Place(organisation.division_id, organisation.pk)


def require(user: User, action: str, organisation: Organisation, on: date) -> None:
    """Pass, or raise NotAllowed: asks the policy for this organisation."""
    policy.require(user, action, place_of(organisation), on)


def allowed(user: User, action: str, organisation: Organisation, on: date) -> bool:
    """Return whether the policy permits this for this organisation."""
    return policy.allowed(user, action, place_of(organisation), on)


def grantable_roles(user: User, organisation: Organisation, on: date) -> frozenset[Role]:
    """Return the roles this person may give to others in this organisation today."""
    found: set[Role] = set()
    for membership in user.memberships_on(on):
        if policy.reach_of_membership(membership, Can.MANAGE_MEMBERS).covers(place_of(organisation)):
            found |= GRANTABLE.get(Role(membership.role), frozenset())
    return frozenset(found)
