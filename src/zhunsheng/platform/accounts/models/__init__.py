from zhunsheng.platform.accounts.models.access import AccessRecord
from zhunsheng.platform.accounts.models.clients import ApiClient
from zhunsheng.platform.accounts.models.divisions import Division, places_up, prefix_of, within
from zhunsheng.platform.accounts.models.organisations import Organisation
from zhunsheng.platform.accounts.models.people import Membership, User
from zhunsheng.platform.accounts.roles import Kind, Level, Role, Sector

__all__ = [
    "AccessRecord",
    "ApiClient",
    "Division",
    "Kind",
    "Level",
    "Membership",
    "Organisation",
    "Role",
    "Sector",
    "User",
    "places_up",
    "prefix_of",
    "within",
]
