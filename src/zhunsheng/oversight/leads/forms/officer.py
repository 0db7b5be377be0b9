"""Filters of the inbox, and what officers enter about leads and referrals."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.oversight.leads import law_book, parts
from zhunsheng.oversight.leads.forms.fields import ManyFilesField
from zhunsheng.oversight.leads.lifecycle import ReferralKind, ReferralStage, Stage
from zhunsheng.oversight.leads.models import Lead, Referral, Subscription
from zhunsheng.oversight.leads.selectors import leads as selectors
from zhunsheng.oversight.leads.selectors import referrals
from zhunsheng.platform.accounts.models import Organisation
from zhunsheng.registry.bodies.models import Body

ROWS = forms.Textarea(attrs={"rows": 3})


def matter_choices(*, public: bool = False) -> list[tuple[str, str]]:
    """Return the matters in the reader's language; those for the public alone where asked."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    rows = [one for one in law_book.book() if one.id.startswith("MATTER-")]
    return [(str(one.values["matter"]), one.title[language]) for one in rows if one.values["public"] or not public]


class LeadFilter(FilterSet):
    """What the inbox can be narrowed to, all in the address."""

    q = django_filters.CharFilter(method="by_words", label=_("Number, title or name"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))
    matter = django_filters.ChoiceFilter(choices=(), label=_("Matter"), empty_label=_("All"))
    source = django_filters.ChoiceFilter(choices=(), label=_("Source"), empty_label=_("All"))

    class Meta:
        model = Lead
        fields = ("q", "stage", "matter", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types
        self.filters["matter"].extra["choices"] = matter_choices()
        self.filters["source"].extra["choices"] = [(key, one.title) for key, one in parts.sources().items()]

    def by_words(self, found: QuerySet[Lead], _name: str, words: str) -> QuerySet[Lead]:
        """Keep what the search finds."""
        return selectors.found_by(found, words)


class ReferralFilter(FilterSet):
    """What the list of referrals can be narrowed to."""

    kind = django_filters.ChoiceFilter(choices=ReferralKind.choices, label=_("Kind"), empty_label=_("All"))
    stage = django_filters.ChoiceFilter(choices=ReferralStage.choices, label=_("Stage"), empty_label=_("All"))

    class Meta:
        model = Referral
        fields = ("kind", "stage")


class SubscriptionFilter(FilterSet):
    """Subscriptions by the body's name."""

    q = django_filters.CharFilter(field_name="body__name", lookup_expr="icontains", label=_("Number, title or name"))

    class Meta:
        model = Subscription
        fields = ("q",)


class PlainForm(forms.Form):
    """A step that needs no words."""


class WhyForm(forms.Form):
    """A step that needs its reason."""

    why = forms.CharField(label=_("Reason"), max_length=1000, widget=ROWS)


class MergeForm(forms.Form):
    """Which lead stays."""

    into = forms.CharField(label=_("Number of the lead that stays"), max_length=20)
    why = forms.CharField(label=_("Reason"), max_length=500, widget=ROWS)


class OrganisationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """A choice among authorities and departments."""

    def label_from_instance(self, obj: Any) -> str:
        """Return name and place."""
        return f"{obj.local_name}（{obj.division.local_name}）"


class ReferForm(forms.Form):
    """To whom a matter is sent, as what, and what is asked."""

    receiver = OrganisationChoice(label=_("Authority or department"), queryset=Organisation.objects.none())
    kind = forms.ChoiceField(
        label=_("As what"),
        choices=[
            (one.value, one.label) for one in (ReferralKind.TRANSFER, ReferralKind.NOTICE, ReferralKind.ASSISTANCE)
        ],
    )
    words = forms.CharField(label=_("What is asked"), max_length=4000, widget=ROWS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["receiver"]
        field.queryset = referrals.receivers()


class WordsForm(forms.Form):
    """An answer in words."""

    words = forms.CharField(label=_("Answer"), max_length=4000, widget=ROWS)


class FilesForm(forms.Form):
    """Files put to a lead."""

    uploads = ManyFilesField(label=_("Files"), help_text=_("PDF, pictures, tables; several at once."))


class LeadForm(forms.Form):
    """A lead that an officer noticed."""

    matter = forms.ChoiceField(label=_("Matter"), choices=())
    body = forms.CharField(
        label=_("Body of the register"), max_length=120, required=False,
        help_text=_("CMA number or credit code; empty if it is no body of the register."),
    )  # fmt: skip
    subject = forms.CharField(label=_("Another subject"), max_length=200, required=False)
    title = forms.CharField(label=pgettext_lazy("leads", "Title"), max_length=200)
    words = forms.CharField(label=_("What was noticed"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    uploads = ManyFilesField(label=_("Files"), required=False, help_text=_("PDF, pictures, tables; several at once."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["matter"]
        field.choices = [("", pgettext("leads", "Please choose")), *matter_choices()]

    def clean_body(self) -> int | None:
        """Return the body of a number or code."""
        return body_of(self.cleaned_data["body"])


def body_of(text: str) -> int | None:
    """Return the key of the body with this number, code or identifier. Raises: ValidationError for an unknown one."""
    wanted = text.strip()
    if not wanted:
        return None
    for field in ("cma", "uscc", "slug"):
        found = Body.objects.filter(**{field: wanted}).values_list("pk", flat=True).first()
        if found is not None:
            return found
    raise forms.ValidationError(_("No body of the register has this number or code."))


class SubscribeForm(forms.Form):
    """A body on whose results an authority relies."""

    body = forms.CharField(label=_("Body of the register"), max_length=120, help_text=_("CMA number or credit code."))
    purpose = forms.CharField(label=_("What its results are used for"), max_length=300)

    def clean_body(self) -> int | None:
        """Return the body of a number or code."""
        return body_of(self.cleaned_data["body"])


class DoubtForm(forms.Form):
    """A doubt about a report that an authority received."""

    reference = forms.CharField(label=pgettext_lazy("doubt", "Number of the report or certificate"), max_length=80)
    words = forms.CharField(label=_("Why it is doubted"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    uploads = ManyFilesField(label=_("Files"), required=False, help_text=_("PDF, pictures, tables; several at once."))
