"""Nonconformities, rectification, the file room, the conclusion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform.accounts.forms import ReasonForm


class ManyFiles(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files as a list, each checked as one."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in given if one or self.required]


class WhyForm(ReasonForm):
    """The reason alone."""


class ObjectionForm(forms.Form):
    """What the body says when it confirms that it knows a nonconformity."""

    objection = forms.CharField(
        label=_("What the body says against it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Empty if the body agrees. An objection stands in the report."),
    )


class AnswerForm(forms.Form):
    """What was done about a nonconformity."""

    words = forms.CharField(
        label=_("What was done"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Cause, correction, and how it stays mended."),
    )
    evidence = ManyFilesField(
        label=_("Evidence"), required=False, help_text=_("PDF, pictures, tables; several at once.")
    )


class VerifyForm(forms.Form):
    """What the panel says of an answer."""

    accepted = forms.TypedChoiceField(
        label=_("Rectification"),
        choices=(("yes", _("Accepted")), ("no", _("Still wanting"))),
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("Remark of the panel"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class FileForm(forms.Form):
    """A file for the room."""

    file = forms.FileField(label=_("File"))
    words = forms.CharField(label=_("What it is"), max_length=200)
    clause = forms.CharField(label=_("Clause"), max_length=40, required=False)


class SessionForm(forms.Form):
    """A recorded session of a remote review."""

    began_at = forms.DateTimeField(
        label=_("Began at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    ended_at = forms.DateTimeField(
        label=pgettext_lazy("session", "Ended at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    people = forms.CharField(label=_("Who took part"), max_length=300)
    recording = forms.CharField(label=_("Where the recording is kept"), max_length=300)
    digest = forms.CharField(label=_("SHA-256 of the recording"), max_length=64, required=False)


class ConclusionForm(forms.Form):
    """The leader's conclusion, among those that agree with the findings."""

    kind = forms.ChoiceField(label=pgettext_lazy("review", "Conclusion"))
    words = forms.CharField(label=_("In words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, possible: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["kind"]
        chosen.choices = possible


class VoiceForm(forms.Form):
    """Whether a member agrees."""

    agrees = forms.TypedChoiceField(
        label=_("The conclusion"),
        choices=(("yes", _("I agree")), ("no", _("I dissent"))),
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Dissent in words"), max_length=500, required=False)
