"""The first authority and the first administrator of an installation, whom nobody can have appointed."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, Kind, Membership, Organisation, Role, Sector, User


class AlreadyFounded(DomainError):
    """The installation has an administrator."""

    code = "already-founded"


@transaction.atomic
def found_installation(
    *, division: Division, authority: str, username: str, display_name: str, password: str, at: datetime
) -> User:
    """Create the province's authority and its system administrator; only an installation without people allows it.

    Raises: AlreadyFounded; django.core.exceptions.ValidationError for a weak password.
    """
    if User.objects.exists():
        raise AlreadyFounded(
            "This installation has people already.",
            field="username",
            remedy="Let its system administrator create further accounts.",
        )
    user = User(username=username, display_name=display_name)
    validate_password(password, user)
    user.set_password(password)
    with recorded(None, "Founding of the installation"):
        user.save()
        organisation, _made = Organisation.objects.get_or_create(
            kind=Kind.AUTHORITY, division=division, name=authority, defaults={"sector": Sector.MARKET}
        )
        Membership.objects.create(
            user=user,
            organisation=organisation,
            role=Role.SYSTEM_ADMINISTRATOR,
            valid_from=timezone.localdate(at),
        )
    return user
