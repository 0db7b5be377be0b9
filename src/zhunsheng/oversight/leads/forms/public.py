"""What the public enters: a report, the code to follow it, another message."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from zhunsheng.oversight.leads.forms.fields import ManyFilesField
from zhunsheng.oversight.leads.forms.officer import body_of, matter_choices
from zhunsheng.platform.accounts.models import Division, Level
from zhunsheng.platform.accounts.selectors import divisions


class ReportForm(forms.Form):
    """Few questions; the name is voluntary."""

    matter = forms.ChoiceField(label=_("What is it about?"), choices=())
    subject = forms.CharField(
        label=_("Whom is it about?"), max_length=200, help_text=_("Name of the body or business.")
    )
    body = forms.CharField(
        label=_("CMA number or credit code, if you know it"), max_length=120, required=False,
        help_text=_("It stands on the report beside the CMA mark."),
    )  # fmt: skip
    city = forms.ModelChoiceField(
        label=pgettext_lazy("leads", "City"),
        queryset=Division.objects.none(),
        required=False,
        empty_label=_("I do not know"),
    )
    words = forms.CharField(
        label=_("What happened?"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("When, where, which report number, how you know."),
    )  # fmt: skip
    uploads = ManyFilesField(
        label=_("Pictures or files"), required=False, help_text=_("At most 5, 20 MB each. What they are is checked.")
    )
    name = forms.CharField(label=_("Your name (voluntary)"), max_length=80, required=False)
    contact = forms.CharField(
        label=_("Telephone or e-mail (voluntary)"), max_length=200, required=False,
        help_text=_("Kept encrypted. Without it you follow your report by code and secret all the same."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        matter: Any = self.fields["matter"]
        matter.choices = [("", pgettext("leads", "Please choose")), *matter_choices(public=True)]
        city: Any = self.fields["city"]
        city.queryset = divisions(below=settings.ZHUNSHENG_PROVINCE, levels=[Level.CITY])

    def clean_body(self) -> int | None:
        """Return the body of a number or code."""
        return body_of(self.cleaned_data["body"])


class FollowForm(forms.Form):
    """Code and secret."""

    code = forms.CharField(label=_("Code of the report"), max_length=20)
    secret = forms.CharField(
        label=pgettext_lazy("leads", "Secret"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class MoreForm(forms.Form):
    """Another message."""

    words = forms.CharField(label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    uploads = ManyFilesField(label=_("Pictures or files"), required=False)
