from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from zhunsheng.platform.accounts import sealed_field
from zhunsheng.platform.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in as allauth does it; accounts are made by officers and managers, not by self-signup."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether anyone may open an account (ZHUNSHENG_SIGNUP_OPEN, off by default)."""
        return bool(getattr(settings, "ZHUNSHENG_SIGNUP_OPEN", False))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set the password a person chose: nobody else knows it any more."""
        if isinstance(user, User):
            user.password_temporary = False
        super().set_password(user, password)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors as allauth does them, their secrets encrypted in the database."""

    context = "mfa.authenticator.data"

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return sealed_field.seal(text, self.context)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret. Raises CannotUnseal."""
        return sealed_field.unseal(encrypted_text, self.context)
