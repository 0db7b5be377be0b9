"""Who must sign in with a second factor, and whether they have one."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings

from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.roles import SECOND_FACTOR

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_required() -> bool:
    """Return whether this installation demands it (ZHUNSHENG_MFA_REQUIRED, on unless switched off)."""
    return bool(getattr(settings, "ZHUNSHENG_MFA_REQUIRED", True))


def is_due(user: User, on: date) -> bool:
    """Return whether any role of this day is an officer's or a signatory's."""
    return any(membership.role in SECOND_FACTOR for membership in user.memberships_on(on))


def has_one(user: User) -> bool:
    """Return whether an authenticator app or a security key is set up."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def must_set_up(user: User, on: date) -> bool:
    """Return whether the person must first set up a second factor."""
    return is_required() and is_due(user, on) and not has_one(user)
