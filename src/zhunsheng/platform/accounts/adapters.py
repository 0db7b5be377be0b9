from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in as allauth does it; accounts are made by officers and managers, not by self-signup."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether anyone may open an account (ZHUNSHENG_SIGNUP_OPEN, off by default)."""
        return bool(getattr(settings, "ZHUNSHENG_SIGNUP_OPEN", False))
