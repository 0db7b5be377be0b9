"""The filter of the list, the day of a body's page, and the form for a signing key."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.foundation.identifiers.accreditations import cma_codes
from zhunsheng.foundation.signing import public_text_of_pem
from zhunsheng.platform.accounts.places import PlaceFilter
from zhunsheng.registry.bodies import selectors
from zhunsheng.registry.bodies.models import (
    Body,
    BodyKind,
    Expert,
    ExpertMeasureKind,
    ExpertRank,
    ExpertSpeciality,
    ReductionKind,
    ScopeLine,
)
from zhunsheng.registry.bodies.selectors.versions import held_on
from zhunsheng.registry.bodies.standing import WORDS
from zhunsheng.registry.bodies.wording import CATALOGUE_KINDS, EXPERT_WORDS, KINDS, line_words


def _field_choices() -> list[tuple[str, str]]:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    fields = cma_codes(timezone.localdate()).values["fields"]
    return [(code, names[language]) for code, names in fields.items()]


MOST_CERTIFICATE_BYTES = 65_536


class BodyFilter(FilterSet):
    """Filters of the list of bodies: words, place, field of the certificate, kind, standing."""

    q = django_filters.CharFilter(method="by_words", label=_("Name or number"))
    division = PlaceFilter()
    field = django_filters.ChoiceFilter(
        choices=_field_choices, method="by_field", label=_("Field of testing"), empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(choices=BodyKind.choices, label=_("Kind"), empty_label=_("All"))
    standing = django_filters.ChoiceFilter(choices=list(WORDS.items()), label=_("Standing today"), empty_label=_("All"))

    class Meta:
        model = Body
        fields = ("q", "division", "field", "kind", "standing")

    def by_words(self, found: QuerySet[Body], _name: str, words: str) -> QuerySet[Body]:
        """Keep bodies with these words in a name, present or former, or with this number."""
        return found.filter(selectors.named(words))

    def by_field(self, found: QuerySet[Body], _name: str, code: str) -> QuerySet[Body]:
        """Keep bodies whose certificate number names this field (digits 5 and 6; law.md §1.5)."""
        return found.filter(cma__regex=rf"^.{{4}}{code}")


class DayForm(forms.Form):
    """The day for which a body is shown, the day whose knowledge answers, and words to find in its scope."""

    on = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    known = forms.DateField(
        label=_("As known on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    q = forms.CharField(label=_("Object, parameter or method"), required=False, max_length=100)

    def day(self, today: date) -> date:
        """Return the day asked for, or today."""
        return self.cleaned_data.get("on") or today if self.is_valid() else today

    def known_day(self, today: date) -> date | None:
        """Return the earlier day whose knowledge is asked for, or None for today's; a later day knows no more."""
        asked = self.cleaned_data.get("known") if self.is_valid() else None
        return asked if asked is not None and date(1900, 1, 1) <= asked < today else None

    def words(self) -> str:
        """Return the words asked for."""
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class KeyForm(forms.Form):
    """A new signing key."""

    key_id = forms.RegexField(
        r"^[A-Za-z0-9._:-]{3,80}$",
        label=_("Key name"),
        help_text=_("3 to 80 letters, digits, dots or dashes; reports name the key by it."),
        error_messages={"invalid": _("Use letters, digits, dots and dashes only.")},
    )
    public_key = forms.CharField(
        label=_("Public key (base64url)"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the public half, as base64url or as PEM; the private half never leaves your house."),
    )
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))

    def clean_public_key(self) -> str:
        """Return the key as base64url, also where a PEM block of a public key was pasted."""
        given = str(self.cleaned_data["public_key"]).strip()
        return public_text_of_pem(given) if given.startswith("-----BEGIN PUBLIC KEY-----") else given


class SealForm(forms.Form):
    """The certificate of an electronic seal."""

    certificate = forms.FileField(
        label=_("Certificate of the seal"),
        max_length=200,
        help_text=_("PEM or DER (.pem, .cer, .crt), without the private key."),
    )
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))

    def clean_certificate(self) -> Any:
        """Refuse what is far larger than any certificate."""
        given = self.cleaned_data["certificate"]
        if given.size > MOST_CERTIFICATE_BYTES:
            raise forms.ValidationError(_("A certificate is no larger than 64 KB. Choose the certificate alone."))
        return given


class OrganisationForm(forms.Form):
    """The organisation whose members may act for a body."""

    organisation = forms.CharField(
        label=_("Organisation"), max_length=200, help_text=_("Its credit code, or its exact name.")
    )
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))


_DATE = {"type": "date"}


class ActForm(forms.Form):
    """What every event in the life of a body needs."""

    on = forms.DateField(label=_("Takes effect on"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    document_no = forms.CharField(label=_("Document number"), max_length=80)
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))


class RenameForm(ActForm):
    """A new name."""

    name = forms.CharField(label=_("New name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    field_order = ("name", "name_en", "on", "document_no", "why")


class MoveForm(ActForm):
    """A new address."""

    address = forms.CharField(label=_("New address"), max_length=300)
    division = forms.RegexField(
        r"^[0-9]{6}$",
        label=_("Division code (if it changes)"),
        required=False,
        error_messages={"invalid": _("Use a six-digit code such as 440106.")},
    )
    field_order = ("address", "division", "on", "document_no", "why")


class OtherBodiesForm(ActForm):
    """The other bodies of a merger or a split, by their identifiers."""

    others = forms.CharField(
        label=_("Identifiers of the other bodies"),
        max_length=1000,
        help_text=_("CMA number or credit code, several with spaces between them."),
    )
    field_order = ("others", "on", "document_no", "why")

    def clean_others(self) -> list[int]:
        """Return the ids of the bodies named."""
        found = []
        for slug in self.cleaned_data["others"].replace("，", " ").replace(",", " ").split():
            try:
                found.append(selectors.body_by_slug(slug).pk)
            except (Body.DoesNotExist, Body.MultipleObjectsReturned) as error:
                message = _("The register doesn't know “%(slug)s”.")
                raise forms.ValidationError(message, params={"slug": slug}) from error
        return found


class LoadingForm(forms.Form):
    """A table to check and load."""

    kind = forms.ChoiceField(label=_("Table"))
    file = forms.FileField(
        label=_("File"), help_text=_("CSV, XLSX, XLS or ODS with the titles of the official form; checked first.")
    )
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[Any, list[tuple[str, Any]]] = {}
        for one in kinds:
            group = _("Basic catalogue") if one in CATALOGUE_KINDS else _("Register of bodies")
            groups.setdefault(group, []).append((one, KINDS[one]))
        field: Any = self.fields["kind"]
        field.choices = list(groups.items())


class ExpertFilter(FilterSet):
    """Filters of the list of experts: name or number, rank, field, standing."""

    q = django_filters.CharFilter(method="by_words", label=_("Name or number"))
    rank = django_filters.ChoiceFilter(choices=ExpertRank.choices, label=_("Rank"), empty_label=_("All"))
    field = django_filters.ChoiceFilter(
        choices=_field_choices, method="by_field", label=_("Field of testing"), empty_label=_("All")
    )
    standing = django_filters.ChoiceFilter(
        choices=list(EXPERT_WORDS.items()), label=_("Standing today"), empty_label=_("All")
    )

    class Meta:
        model = Expert
        fields = ("q", "rank", "field", "standing")

    def by_words(self, found: QuerySet[Expert], _name: str, words: str) -> QuerySet[Expert]:
        """Keep experts of this name or register number."""
        return found.filter(Q(name__icontains=words.strip()) | Q(code=words.strip()))

    def by_field(self, found: QuerySet[Expert], _name: str, code: str) -> QuerySet[Expert]:
        """Keep experts who may be called in a field today."""
        today = timezone.localdate()
        fields = ExpertSpeciality.objects.filter(held_on(today), expert_id=OuterRef("pk"), field=code)
        return found.filter(Exists(fields))


class MeasureForm(forms.Form):
    """A measure against an expert."""

    kind = forms.ChoiceField(label=_("Measure"), choices=ExpertMeasureKind.choices)
    on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
        help_text=_("A suspension needs it."),
    )
    decision_no = forms.CharField(label=_("Decision number"), max_length=80)
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))


class AccountForm(forms.Form):
    """The account with which an expert signs in."""

    username = forms.CharField(
        label=_("Sign-in name"), max_length=150, help_text=_("Of a person who has the role of expert.")
    )
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))


class EvaluationForm(forms.Form):
    """How an expert's work on one of the tasks on record is judged."""

    reference = forms.ChoiceField(label=_("Task"))
    score = forms.IntegerField(label=_("Score out of 100"), min_value=0, max_value=100)
    comment = forms.CharField(
        label=_("Comment"), max_length=300, required=False, help_text=_("By which criteria, and what stood out.")
    )
    on = forms.DateField(label=_("Evaluated on"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))

    def __init__(self, *args: Any, tasks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reference"]
        field.choices = tasks


MOST_SHOWN = 200


class StopForm(forms.Form):
    """Lines that a body itself stops using."""

    lines = forms.TypedMultipleChoiceField(
        label=_("Scope lines"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    every = forms.BooleanField(
        label=_("All lines that match the words"), required=False, help_text=_("Also those that aren't shown.")
    )
    on = forms.DateField(label=_("First day without the lines"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    document_no = forms.CharField(label=_("Document number"), max_length=80, required=False)
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))

    def __init__(self, *args: Any, found: QuerySet[ScopeLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        field: Any = self.fields["lines"]
        field.choices = [(one.pk, _dated_words(one)) for one in found[:MOST_SHOWN]]

    def chosen(self) -> list[int]:
        """Return the keys of the lines chosen, or of all that match the words. Only of a valid form."""
        if self.cleaned_data["every"]:
            return list(self.found.values_list("pk", flat=True))
        return list(self.cleaned_data["lines"])

    def clean(self) -> dict[str, Any]:
        """Refuse a form that chooses no line."""
        given = super().clean() or {}
        if not given.get("every") and not given.get("lines") and "lines" not in self.errors:
            self.add_error("lines", _("Choose at least one line."))
        return given


class ReductionForm(StopForm):
    """Lines that an officer ends by a decision, or strikes out."""

    kind = forms.ChoiceField(
        label=_("Kind of reduction"),
        choices=ReductionKind.choices,
        help_text=_("A scope is never reduced as a mere penalty: choose what the law knows."),
    )
    ground = forms.CharField(
        label=_("Legal ground"), max_length=200, required=False, help_text=_("Regulation and article of the decision.")
    )
    field_order = ("lines", "every", "kind", "on", "ground", "document_no", "why")


def _dated_words(line: ScopeLine) -> str:
    return f"{line_words(line)} · {line.valid_from or '…'} – {line.valid_to or '…'}"
