"""allauth's forms for second factors, with this product's words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _name(form: forms.Form) -> None:
    """Call the field what the pages call it; a label needs no placeholder beside it."""
    field = form.fields["code"]
    field.label = _("Code of the app")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["inputmode"] = "numeric"


class SignInCodeForm(AuthenticateForm):
    """The code at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self)
        self.fields["code"].label = _("Code of the app, or a recovery code")


class ConfirmCodeForm(ReauthenticateForm):
    """The code before a change to one's own sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self)


class SetUpAppForm(ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self)
