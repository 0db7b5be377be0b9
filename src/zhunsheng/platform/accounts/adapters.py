from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import sealed_field
from zhunsheng.platform.accounts.models import User

YEAR = 365 * 24 * 60 * 60


def speak(response: HttpResponse, user: AbstractBaseUser) -> HttpResponse:
    """Let the pages speak the language that this person keeps, from the next page on."""
    if isinstance(user, User) and user.locale:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.locale,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in as allauth does it; accounts are made by officers and managers, not by self-signup."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether anyone may open an account (ZHUNSHENG_SIGNUP_OPEN, off by default)."""
        return bool(getattr(settings, "ZHUNSHENG_SIGNUP_OPEN", False))

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Answer a sign-in, in the person's own language."""
        return speak(super().post_login(request, user, **kwargs), user)

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """Go on to the work after a change of password; a missing second factor is asked for there."""
        return reverse("home:home")

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set the password a person chose: nobody else knows it any more."""
        if isinstance(user, User):
            user.password_temporary = False
        super().set_password(user, password)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors as allauth does them, their secrets encrypted in the database."""

    context = "mfa.authenticator.data"
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is wrong or has run out. Enter the one that the app shows now."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return sealed_field.seal(text, self.context)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret. Raises CannotUnseal."""
        return sealed_field.unseal(encrypted_text, self.context)
