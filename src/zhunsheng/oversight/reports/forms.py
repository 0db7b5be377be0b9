"""Forms of the report pages."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhunsheng.registry.bodies.models import Body

if TYPE_CHECKING:
    _BodyChoice = forms.ModelChoiceField[Body]
else:
    _BodyChoice = forms.ModelChoiceField

BUSINESSES: Final = {
    "commissioned": _("Commissioned by a client"),
    "supervision": _("Supervision sampling"),
    "enforcement": _("Enforcement"),
    "licensing": _("Licensing"),
}
"""What a report may have been made for, in words."""


class NumberForm(forms.Form):
    """What is printed on a report: its code alone, or its number with the code."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=160,
        help_text=_("Beside the QR picture: identifier and 16 characters, or the 16 characters alone with the number."),
    )
    number = forms.CharField(
        label=_("Report number (if you give the 16 characters alone)"), max_length=200, required=False
    )
    body = forms.CharField(label=_("CMA number of the body (if you know it)"), max_length=120, required=False)


class ManyForm(forms.Form):
    """A list of reports, one a line."""

    reports = forms.CharField(
        label=_("Reports, one a line"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "data-filelist-target": ""}),
        max_length=200_000,
        help_text=_(
            "A verification code, the address behind a QR picture, or the report number with the 16 characters, as"
            " copied from a spreadsheet."
        ),
    )


class BodyChoice(_BodyChoice):
    """A body by its name in the reader's language."""

    def label_from_instance(self, obj: Model) -> str:
        """Return the name; Chinese where no English one is kept."""
        english = getattr(obj, "name_en", "") if (get_language() or "").startswith("en") else ""
        return str(english or obj)


class RegisterForm(forms.Form):
    """Reports to register by number and digest, one file a line as the page writes it."""

    body = BodyChoice(label=_("Body"), queryset=Body.objects.none(), to_field_name="slug")
    issued = forms.DateField(label=_("Issued"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    business = forms.ChoiceField(
        label=_("Business"),
        choices=list(BUSINESSES.items()),
        help_text=_("Statutory work is owed with full data too; registered alone, it is noted as incomplete."),
    )
    reports = forms.CharField(
        label=_("Reports to register, one file a line"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "data-filelist-target": ""}),
        max_length=1_000_000,
        help_text=_(
            "Check each number: the name of the file stands there at first. Files with the same number belong to one "
            "report."
        ),
    )

    def __init__(self, *args: Any, bodies: "QuerySet[Body]", **kwargs: Any) -> None:
        """Offer the bodies that the person speaks for."""
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = bodies
        field.initial = bodies.first()


class ReportFileForm(forms.Form):
    """A file with one report or many."""

    file = forms.FileField(
        label=_("Report file"),
        help_text=_(
            "The Excel template, the PDF of a report, CSV, JSON or NDJSON of zhunsheng-report/1, PTB DCC XML, a ZIP "
            "of JSON files, or a table of numbers and digests to register."
        ),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse files over the limit of this installation."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = settings.ZHUNSHENG_LIMITS["file_bytes"]
        if (given.size or 0) > limit:
            raise forms.ValidationError(
                _("The file has %(size)s bytes, at most %(limit)s are taken. Split it, or use the API."),
                params={"size": given.size, "limit": limit},
            )
        return given


class ConfirmForm(forms.Form):
    """A report as it was read from a PDF, and the word of the body that it is what was signed."""

    report = forms.CharField(widget=forms.HiddenInput, strip=False)
    confirmed = forms.BooleanField(
        label=_(
            "I have compared every field and line with the signed original; nothing differs and nothing is missing."
        ),
    )
