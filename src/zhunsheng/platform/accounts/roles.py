"""The roles of a person, the kinds of organisation, and which role fits where."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Levels of an administrative division."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")


class Kind(models.TextChoices):
    """What an organisation is to the oversight of testing."""

    AUTHORITY = "authority", _("Market supervision authority")
    DEPARTMENT = "department", _("Sector department")
    BODY = "body", _("Inspection and testing body")
    ENTERPRISE = "enterprise", _("Enterprise")


class Sector(models.TextChoices):
    """Fields of government that share the oversight of testing bodies."""

    MARKET = "market", _("Market supervision")
    ECOLOGY = "ecology", _("Ecology and environment")
    HEALTH = "health", _("Health")
    AGRICULTURE = "agriculture", _("Agriculture and rural affairs")
    HOUSING = "housing", _("Housing and construction")
    TRANSPORT = "transport", _("Transport")
    POLICE = "police", _("Public security")
    WATER = "water", _("Water resources")
    RESOURCES = "resources", _("Natural resources")
    CUSTOMS = "customs", _("Customs")


class Role(models.TextChoices):
    """What a person may be in an organisation; the policy alone says what that permits."""

    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    PROVINCE_OFFICER = "province_officer", _("Province officer")
    CITY_OFFICER = "city_officer", _("City officer")
    COUNTY_OFFICER = "county_officer", _("County officer")
    DEPARTMENT_OFFICER = "department_officer", _("Department officer")
    REVIEWER = "reviewer", _("Reviewer")
    INSPECTOR = "inspector", _("Inspector")
    LEGAL_OFFICER = "legal_officer", _("Legal officer")
    BODY_MANAGER = "body_manager", _("Body manager")
    SIGNATORY = "signatory", _("Authorised signatory")
    BODY_CLERK = "body_clerk", _("Body clerk")
    EXPERT = "expert", _("Expert")
    ENTERPRISE = "enterprise", _("Enterprise user")
    AUDITOR = "auditor", _("Auditor")


OFFICERS = frozenset({Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER})
PUBLIC_SERVANTS = OFFICERS | {
    Role.SYSTEM_ADMINISTRATOR,
    Role.DEPARTMENT_OFFICER,
    Role.REVIEWER,
    Role.INSPECTOR,
    Role.LEGAL_OFFICER,
    Role.AUDITOR,
}
BODY_ROLES = frozenset({Role.BODY_MANAGER, Role.SIGNATORY, Role.BODY_CLERK})
SECOND_FACTOR = PUBLIC_SERVANTS | {Role.SIGNATORY}
"""Roles that must sign in with a second factor where the installation requires one."""

_KINDS: Mapping[Role, frozenset[Kind]] = {
    **dict.fromkeys(PUBLIC_SERVANTS, frozenset({Kind.AUTHORITY})),
    Role.AUDITOR: frozenset({Kind.AUTHORITY, Kind.DEPARTMENT}),
    Role.DEPARTMENT_OFFICER: frozenset({Kind.DEPARTMENT}),
    **dict.fromkeys(BODY_ROLES, frozenset({Kind.BODY})),
    Role.ENTERPRISE: frozenset({Kind.ENTERPRISE}),
    Role.EXPERT: frozenset(Kind),
}
_LEVELS: Mapping[Role, frozenset[Level]] = {
    Role.PROVINCE_OFFICER: frozenset({Level.PROVINCE}),
    Role.CITY_OFFICER: frozenset({Level.CITY}),
    Role.COUNTY_OFFICER: frozenset({Level.COUNTY}),
}


def fits(role: str, *, kind: str, level: str) -> bool:
    """Return whether an organisation of this kind and level can have a member in this role."""
    known = Role(role)
    return kind in _KINDS[known] and level in _LEVELS.get(known, frozenset(Level))
