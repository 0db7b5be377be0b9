"""What an applicant fills in, page by page."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filterset import FilterSet

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.forms.need import offered
from zhunsheng.admission.licensing.forms.routes import YES_NO
from zhunsheng.admission.licensing.lifecycle import Kind, PersonPost, Stage
from zhunsheng.admission.licensing.models import Application, ApplicationPerson, ApplicationSite
from zhunsheng.foundation.identifiers import IdentifierError, parse_telephone
from zhunsheng.foundation.identifiers.accreditations import cma_codes
from zhunsheng.platform.reading import language
from zhunsheng.platform.refusals import sentence_and_remedy

CHOOSE_YES_NO = [("", _("Choose")), *YES_NO[1:]]
_ANSWERS = {"yes": True, "no": False, "": None}
_TOLD = {True: "yes", False: "no", None: ""}


def _coded(codes: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """Return codes with their words; a code that nobody has named stands alone."""
    return [(code, f"{code} {words.get(language(), '')}".rstrip()) for code, words in codes.items()]


class ApplicationFilter(FilterSet):
    """Filters of one's own applications."""

    q = django_filters.CharFilter(field_name="number", lookup_expr="icontains", label=_("Application number"))
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Applied for"), empty_label=_("All"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))

    class Meta:
        model = Application
        fields = ("q", "kind", "stage")


class _Kind(forms.ChoiceField):
    """Offers the kinds that fit; of any other the service says why it doesn't."""

    def valid_value(self, value: Any) -> bool:
        """Let every text pass."""
        return isinstance(value, str)


class StartForm(forms.Form):
    """What to apply for: the kinds that fit how the body stands."""

    kind = _Kind(label=_("What do you want to apply for?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, fitting: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = fitting


class WhatForm(forms.Form):
    """The first page: who applies, in which field, and the facts that decide which routes are open."""

    applicant_name = forms.CharField(label=_("Applicant"), max_length=200)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    contact = forms.CharField(label=_("Contact"), max_length=100, required=False)
    contact_phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("A mobile number, or a landline with area code: 020-81234567, 020-81234567-801."),
    )  # fmt: skip
    domain = forms.ChoiceField(label=_("What is tested?"), required=False)
    field = forms.ChoiceField(label=_("Professional field"), required=False)
    sector = forms.ChoiceField(label=_("Sector department"), required=False)
    new_name = forms.CharField(label=_("New name"), max_length=200, required=False)
    new_address = forms.CharField(label=_("New address"), max_length=300, required=False)
    sector_licence = forms.CharField(
        label=_("Sector licence applied for as well"), max_length=200, required=False,
        help_text=_("Its name, where one review is to serve both; otherwise empty."),
    )  # fmt: skip
    remote_ground = forms.ChoiceField(label=_("Ground for a remote review"), required=False)
    reasons = forms.CharField(
        label=_("What is applied for, and why"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        application: Application,
        on: date,
        asked: Collection[str],
        needed: Collection[str],
        **kwargs: Any,
    ) -> None:
        told = application.answers
        initial = {name: getattr(application, name, None) for name in self.base_fields}
        initial |= {name: _TOLD.get(told.get(name)) for name in asked if name not in self.base_fields}
        kwargs["initial"] = initial | {"remote_ground": told.get("remote_ground", "")}
        super().__init__(*args, **kwargs)
        self._asked = tuple(name for name in asked if name not in self.base_fields)
        names = law_book.facts()[0].values
        for name in self._asked:
            words = names[name][language()]
            self.fields[name] = forms.ChoiceField(label=words, choices=CHOOSE_YES_NO, required=False)
        self._choices(on)
        self._leave_out(application, asked, needed)
        self._mark_optional(needed)
        self.order_fields([name for name in self.fields if name != "reasons"])

    def content(self) -> dict[str, Any]:
        """Return what was told, as the service takes it; only after `is_valid`."""
        given = dict(self.cleaned_data)
        return given | {name: _ANSWERS[given[name]] for name in self._asked}

    def _choices(self, on: date) -> None:
        codes = cma_codes(on).values
        nothing = [("", _("Choose"))]
        for name, choices in (
            ("domain", offered("domain")),
            ("field", _coded(codes["fields"])),
            ("sector", _coded(codes["sectors"])),
        ):
            field: Any = self.fields[name]
            field.choices = [*nothing, *choices]
        ground: Any = self.fields["remote_ground"]
        grounds = law_book.facts()[1].values["remote_ground"]
        ground.choices = [(code, words[language()]) for code, words in grounds.items()]

    def _leave_out(self, application: Application, asked: Collection[str], needed: Collection[str]) -> None:
        kept = {
            "new_name": application.kind == Kind.NAME,
            "new_address": application.kind in (Kind.ADDRESS, Kind.SITE),
            "sector_licence": "sector_licence" in asked,
            "remote_ground": "remote_ground" in asked,
            **{name: name in needed for name in ("domain", "field", "sector")},
        }
        for name, wanted in kept.items():
            if not wanted:
                del self.fields[name]
        if application.kind == Kind.CANCELLATION:
            self.fields["reasons"].label = _("Reason of the cancellation")
        for name in ("applicant_name", "uscc"):  # what the register says is not retyped; what it lacks is
            self.fields[name].disabled = application.body_id is not None and bool(getattr(application, name))

    def _mark_optional(self, needed: Collection[str]) -> None:
        """Say of every question that may stay without an answer that it may."""
        for name, field in self.fields.items():
            if name not in needed and not field.required:
                field.label = _("%(question)s (optional)") % {"question": field.label}

    def clean_contact_phone(self) -> str:
        """Return the number in the form in which it is kept."""
        given = self.cleaned_data["contact_phone"].strip()
        try:
            return parse_telephone(given).text if given else ""
        except IdentifierError as error:
            raise forms.ValidationError(sentence_and_remedy(error)) from error


class SiteForm(forms.Form):
    """A place where the applicant tests."""

    code = forms.CharField(
        label=_("Site code"),
        max_length=40,
        help_text=_(
            "A short code of your own for this place, once in the application: A for the first, B for the second. "
            "The schedule lists capability under it."
        ),
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300)
    tenure = forms.CharField(
        label=_("Right to use the premises"),
        max_length=200,
        required=False,
        help_text=_("Owned, or rented until when."),
    )


class PersonForm(forms.Form):
    """Somebody who is named for a post."""

    post = forms.ChoiceField(label=_("Post"), choices=PersonPost.choices, initial=PersonPost.SIGNATORY)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100)
    title = forms.CharField(label=_("Post or professional title"), max_length=100, required=False)
    education = forms.CharField(label=_("Education and years of work"), max_length=100, required=False)
    fields_to_sign = forms.CharField(
        label=_("Authorised signing fields"), max_length=500, required=False,
        help_text=_("For a signatory; divided by ；."), widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    site = forms.ModelChoiceField(
        label=_("Site"), queryset=ApplicationSite.objects.none(), required=False, empty_label=_("Every site")
    )
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)
    leaves = forms.BooleanField(label=_("Leaves this post"), required=False)

    def __init__(
        self, *args: Any, application: Application, person: ApplicationPerson | None = None, **kwargs: Any
    ) -> None:
        if person is not None:
            names = ("post", "name", "title", "education", "site", "remark", "leaves")
            kwargs["initial"] = {name: getattr(person, name) for name in names} | {"fields_to_sign": person.fields}
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        site.queryset = application.sites.order_by("code")
        if application.sites.count() < 2:
            del self.fields["site"]
        if application.kind not in (Kind.PERSONS, Kind.SIGNATORY):
            del self.fields["leaves"]


def searched(what: str) -> forms.TextInput:
    """Return an input that offers the catalogue's words while somebody types (htmx fills its list)."""
    return forms.TextInput(
        attrs={
            "list": f"known-{what}", "autocomplete": "off", "hx-get": f"/library/suggest/{what}/",
            "hx-trigger": "input changed delay:200ms", "hx-target": f"#known-{what}", "hx-swap": "innerHTML",
        }
    )  # fmt: skip


class PickForm(forms.Form):
    """The search of the capability picker."""

    object = forms.CharField(label=_("Test object"), max_length=200, widget=searched("object"))
    q = forms.CharField(
        label=_("Parameter, standard or technique"), max_length=100, required=False, widget=searched("parameter"),
    )  # fmt: skip


class LineForm(forms.Form):
    """One line by its names, for what the picker does not find."""

    object = forms.CharField(label=_("Test object"), max_length=200, widget=searched("object"))
    parameter = forms.CharField(label=_("Parameter"), max_length=200, widget=searched("parameter"))
    method = forms.CharField(
        label=_("Method (standard with year)"), max_length=300, widget=searched("method"),
        help_text=_("For example HJ 700-2014."),
    )  # fmt: skip
    clause = forms.CharField(label=_("Clause"), max_length=60, required=False)
    limitation = forms.CharField(label=_("Limitation"), max_length=500, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)
    site = forms.ModelChoiceField(label=_("Site"), queryset=ApplicationSite.objects.none(), empty_label=None)
    outside = forms.BooleanField(
        label=_("Outside of the catalogue"), required=False,
        help_text=_("The line is taken as written and marked for the reviewers."),
    )  # fmt: skip

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _sited(self, application)


class TableForm(forms.Form):
    """A capability table to read in."""

    file = forms.FileField(
        label=_("Capability table"),
        help_text=_("XLSX or CSV with the columns of the official form; merged cells and page headers may stay."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    site = forms.ModelChoiceField(
        label=_("Where rows are tested that stand under no site"), queryset=ApplicationSite.objects.none(),
        empty_label=None,
    )  # fmt: skip
    keep_unknown = forms.BooleanField(
        label=_("Take texts that the catalogue does not know, and mark them"), required=False
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _sited(self, application)

    def clean_file(self) -> Any:
        """Refuse files over the limit of this installation."""
        given = self.cleaned_data["file"]
        limit = settings.ZHUNSHENG_LIMITS["file_bytes"]
        if (given.size or 0) > limit:
            raise forms.ValidationError(_("The file is larger than %(limit)s bytes.") % {"limit": limit})
        return given


def _sited(form: forms.Form, application: Application) -> None:
    """Ask for the site only where there are several."""
    sites = application.sites.order_by("code")
    site: Any = form.fields["site"]
    site.queryset = sites
    if sites.count() < 2:
        del form.fields["site"]


class MaterialForm(forms.Form):
    """Files for one of the materials."""

    material = forms.ChoiceField(label=_("Material"))
    file = forms.FileField(label=_("File"), help_text=_("PDF, OFD, an image, XLSX, DOCX, CSV or a ZIP archive."))

    def __init__(self, *args: Any, materials: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        material: Any = self.fields["material"]
        material.choices = materials


class SignForm(forms.Form):
    """The legal representative's signature: by the body's key, or by the password again."""

    agree = forms.BooleanField(label=_("I have read the commitment and sign it for the legal representative."))
    password = forms.CharField(
        label=_("Your password"), required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Signs with the assurance of your account."),
    )  # fmt: skip
    key_id = forms.ChoiceField(
        label=_("Or a key of the body"), required=False, help_text=_("Signs with the assurance of signed data.")
    )
    signature = forms.CharField(
        label=_("Signature (base64url)"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, keys: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key: Any = self.fields["key_id"]
        key.choices = [("", _("No key: by password")), *((one, one) for one in keys)]
        if not keys:
            del self.fields["key_id"]
            del self.fields["signature"]


class WithdrawForm(forms.Form):
    """Why an application is taken back."""

    why = forms.CharField(label=_("Reason"), max_length=300)
