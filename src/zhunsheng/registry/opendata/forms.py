"""What is looked up, and for which day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class LookUpForm(forms.Form):
    """A certificate or a body on a day; with object, parameter and method, a line of the body's schedule."""

    number = forms.CharField(
        label=_("Certificate number, credit code or identifier"),
        max_length=120,
        help_text=_("As printed on the report."),
    )
    on = forms.DateField(
        label=_("On the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    object = forms.CharField(label=_("Test object"), required=False, max_length=200)
    parameter = forms.CharField(label=_("Parameter"), required=False, max_length=200)
    method = forms.CharField(label=_("Method"), required=False, max_length=300)

    def line(self) -> tuple[str, str, str]:
        """Return object, parameter and method as asked for."""
        given: dict[str, Any] = self.cleaned_data
        return given["object"], given["parameter"], given["method"]
