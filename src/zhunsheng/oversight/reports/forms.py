"""Forms of the report pages."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


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
