"""The first administrator: the one account that nobody else can give."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import selectors
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, Kind, Membership, Organisation, Role, User
from zhunsheng.platform.accounts.services.members import NewPassword, PersonExists


class AdministratorExists(DomainError):
    """The installation has a system administrator already, who gives all other accounts."""

    code = "administrator-exists"

    def __init__(self) -> None:
        super().__init__(
            "The installation has a system administrator already.",
            remedy="Let that administrator give the next accounts.",
        )


class UnknownDivision(DomainError):
    """The division is not in the tables loaded."""

    code = "unknown-division"

    def __init__(self, code: str) -> None:
        super().__init__(
            "There is no division %(code)s.",
            params={"code": code},
            field="division",
            remedy="Load the divisions first: zhunsheng accounts divisions.",
        )


@transaction.atomic
def install_administrator(*, username: str, authority: str, division: str, at: datetime) -> NewPassword:
    """Create the first system administrator in an authority (made if it is new) and return the first password.

    Raises: AdministratorExists, UnknownDivision, PersonExists.
    """
    today = timezone.localdate(at)
    if selectors.memberships_in_force(today).filter(role=Role.SYSTEM_ADMINISTRATOR).exists():
        raise AdministratorExists
    place = Division.objects.filter(pk=division).first()
    if place is None:
        raise UnknownDivision(division)
    if User.objects.filter(username__iexact=username).exists():
        raise PersonExists(username)
    password = secrets.token_urlsafe(12)
    user = User(username=username, display_name=username, password_temporary=True)
    user.set_password(password)
    with recorded(None, gettext_noop("Installation")):
        user.save()
        home, _ = Organisation.objects.get_or_create(kind=Kind.AUTHORITY, division=place, name=authority)
        Membership.objects.create(user=user, organisation=home, role=Role.SYSTEM_ADMINISTRATOR, valid_from=today)
    return NewPassword(user, password)
