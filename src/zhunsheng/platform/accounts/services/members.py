"""Writes about people and their roles."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import permissions, roles
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Membership, Organisation, Role, User
from zhunsheng.platform.accounts.permissions import Can
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.services.reasons import demand

OUTSIDE_GOVERNMENT = roles.BODY_ROLES | {Role.ENTERPRISE}


class RoleDoesNotFit(DomainError):
    """The organisation cannot have a member in this role, or this person cannot take it."""

    code = "role-does-not-fit"


class PersonExists(DomainError):
    """Another person has this sign-in name."""

    code = "person-exists"

    def __init__(self, username: str) -> None:
        super().__init__(
            "The sign-in name %(username)s is taken.",
            params={"username": username},
            field="username",
            remedy="Choose another name, or add the existing person as a member.",
        )


@dataclass(frozen=True)
class NewPassword:
    """A person with a password someone else knows: shown once, to be changed at the first sign-in."""

    user: User
    password: str


@transaction.atomic
def create_person(
    *,
    username: str,
    display_name: str,
    organisation: Organisation,
    role: Role,
    by: User,
    at: datetime,
    why: str,
    valid_to: date | None = None,
) -> NewPassword:
    """Create a person with a role in an organisation and return the first password.

    Raises: NotAllowed, RoleDoesNotFit, PersonExists, MissingReason.
    """
    permissions.require(by, Can.MANAGE_MEMBERS, organisation, timezone.localdate(at))
    name = username.strip()
    if User.objects.filter(username__iexact=name).exists():
        raise PersonExists(name)
    password = secrets.token_urlsafe(12)
    user = User(username=name, display_name=display_name.strip(), password_temporary=True)
    user.set_password(password)
    with recorded(by, demand(why, User)):
        user.save()
    add_member(user=user, organisation=organisation, role=role, by=by, at=at, why=why, valid_to=valid_to)
    return NewPassword(user, password)


@transaction.atomic
def add_member(
    *,
    user: User,
    organisation: Organisation,
    role: Role,
    by: User,
    at: datetime,
    why: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Give a person a role in an organisation, from today unless another day is named.

    Raises: NotAllowed (also for a role that `by` may not give, or to themselves), RoleDoesNotFit, MissingReason.
    """
    today = timezone.localdate(at)
    permissions.require(by, Can.MANAGE_MEMBERS, organisation, today)
    if user.pk == by.pk or role not in permissions.grantable_roles(by, organisation, today):
        raise NotAllowed(Can.MANAGE_MEMBERS)
    first = valid_from or today
    _check_fit(user, organisation, role, first, valid_to)
    with recorded(by, demand(why, Membership)):
        return Membership.objects.create(
            user=user, organisation=organisation, role=role, valid_from=first, valid_to=valid_to
        )


@transaction.atomic
def end_membership(*, membership_id: int, by: User, at: datetime, why: str) -> Membership:
    """End a role at once; what the person did in it stays theirs.

    Raises: Membership.DoesNotExist, NotAllowed, RoleDoesNotFit if it has ended, MissingReason.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organisation__division", "user")
        .get(pk=membership_id)
    )
    today = timezone.localdate(at)
    permissions.require(by, Can.MANAGE_MEMBERS, membership.organisation, today)
    if Role(membership.role) not in permissions.grantable_roles(by, membership.organisation, today):
        raise NotAllowed(Can.MANAGE_MEMBERS)
    if membership.ended_at is not None or (membership.valid_to is not None and membership.valid_to < today):
        raise RoleDoesNotFit("This role has ended already.", field="membership")
    membership.ended_at = at
    with recorded(by, demand(why, Membership)):
        membership.save(update_fields=["ended_at"])
    return membership


@transaction.atomic
def deactivate_person(*, user_id: int, by: User, at: datetime, why: str) -> User:
    """Let a person sign in no more, at once. Raises: User.DoesNotExist, NotAllowed, MissingReason."""
    user = _managed(user_id, by, at)
    user.is_active = False
    with recorded(by, demand(why, User)):
        user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def reset_sign_in(*, user_id: int, by: User, at: datetime, why: str) -> NewPassword:
    """Give a person who lost password or second factor a new first password and let them set up a factor again.

    Raises: User.DoesNotExist, NotAllowed, MissingReason.
    """
    user = _managed(user_id, by, at)
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.password_temporary = True
    with recorded(by, demand(why, User)):
        user.save(update_fields=["password", "password_temporary"])
    Authenticator.objects.filter(user=user).delete()
    return NewPassword(user, password)


def _managed(user_id: int, by: User, at: datetime) -> User:
    """Return the locked person, if `by` may give every role that person holds today or will hold later.

    A role to come counts: else whoever resets a sign-in today would hold that role's account tomorrow.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    today = timezone.localdate(at)
    if user.pk == by.pk or not user.memberships_on(today):
        raise NotAllowed(Can.MANAGE_MEMBERS)
    for membership in user.memberships_held():
        over = membership.ended_at is not None or (membership.valid_to is not None and membership.valid_to < today)
        if not over and Role(membership.role) not in permissions.grantable_roles(by, membership.organisation, today):
            raise NotAllowed(Can.MANAGE_MEMBERS)
    return user


def _check_fit(user: User, organisation: Organisation, role: Role, first: date, last: date | None) -> None:
    """Refuse a role the organisation cannot have, twice the same, or government and the governed in one person."""
    if last is not None and last < first:
        raise RoleDoesNotFit("The last day lies before the first.", field="valid_to")
    if not roles.fits(role, kind=organisation.kind, level=organisation.division.level):
        raise RoleDoesNotFit(
            "An organisation of this kind and level has no such role.",
            field="role",
            remedy="Choose a role that fits the organisation.",
        )
    held = user.memberships_on(first)
    if any(one.organisation_id == organisation.pk and one.role == role for one in held):
        raise RoleDoesNotFit("The person has this role here already.", field="role")
    taken = {Role(one.role) for one in held} | {role}
    if taken & roles.PUBLIC_SERVANTS and taken & OUTSIDE_GOVERNMENT:
        raise RoleDoesNotFit("Nobody serves an authority and a body or enterprise at once.", field="role")
    if {Role.AUDITOR} < taken & (roles.PUBLIC_SERVANTS | OUTSIDE_GOVERNMENT):
        raise RoleDoesNotFit("An auditor holds no other role.", field="role")
