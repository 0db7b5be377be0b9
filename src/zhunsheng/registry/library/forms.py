"""Filters of the library's lists, and what people enter into proposals, reviews and declarations."""

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filterset import FilterSet

from zhunsheng.platform.accounts.models import Membership, Organisation
from zhunsheng.platform.accounts.places import PlaceFilter
from zhunsheng.registry.library import selectors
from zhunsheng.registry.library.lifecycle import EntryStage, Kind, Sort, Stage, Verdict
from zhunsheng.registry.library.models import AffectedLine, Declaration, Proposal, Supersession, Version

if TYPE_CHECKING:
    _ManyMembers = forms.ModelMultipleChoiceField[Membership]
else:
    _ManyMembers = forms.ModelMultipleChoiceField


class EntryFilter(FilterSet):
    """Filters of the entries: words, stage, steward, sort."""

    q = django_filters.CharFilter(method="by_words", label=_("Parameter, object, method, synonym or code"))
    stage = django_filters.ChoiceFilter(
        field_name="entry__stage", choices=EntryStage.choices, label=_("Stage"), empty_label=_("All")
    )
    steward = django_filters.ModelChoiceFilter(
        field_name="entry__steward",
        queryset=lambda _request: selectors.stewards(),
        label=_("Steward"),
        empty_label=_("All"),
    )
    sort = django_filters.ChoiceFilter(choices=Sort.choices, label=_("Sort of method"), empty_label=_("All"))

    class Meta:
        model = Version
        fields = ("q", "stage", "steward", "sort")

    def by_words(self, found: QuerySet[Version], _name: str, words: str) -> QuerySet[Version]:
        """Keep entries with all these words."""
        return found.filter(pk__in=selectors.versions_shown(words=words).values("pk"))


class SinceFilter(FilterSet):
    """The day since which entries changed."""

    since = django_filters.DateFilter(
        field_name="entry__changed_on",
        lookup_expr="gte",
        label=_("Changed since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Version
        fields = ("since",)


class ProposalFilter(FilterSet):
    """Filters of the proposals."""

    q = django_filters.CharFilter(field_name="parameter_name", lookup_expr="icontains", label=_("Parameter"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Kind"), empty_label=_("All"))

    class Meta:
        model = Proposal
        fields = ("q", "stage", "kind")


class AffectedFilter(FilterSet):
    """Filters of affected lines: city, body, declared or not."""

    city = PlaceFilter(column="city", counties=False, label=_("City"))
    body = django_filters.CharFilter(field_name="body__name", lookup_expr="icontains", label=_("Body"))
    declared = django_filters.ChoiceFilter(
        choices=[("1", _("Declared unchanged")), ("0", pgettext_lazy("declaration", "Open"))],
        method="by_declared",
        label=_("Declaration"),
        empty_label=_("All"),
    )

    class Meta:
        model = AffectedLine
        fields = ("city", "body", "declared")

    def by_declared(self, found: QuerySet[AffectedLine], _name: str, value: str) -> QuerySet[AffectedLine]:
        """Keep lines that are declared unchanged, or those that are not."""
        return found.filter(declaration__isnull=value == "0")


class SupersessionFilter(FilterSet):
    """Filter of the replaced editions: number."""

    q = django_filters.CharFilter(field_name="old__code", lookup_expr="icontains", label=_("Standard number"))

    class Meta:
        model = Supersession
        fields = ("q",)


class DeclarationFilter(FilterSet):
    """Filter of the declarations: body."""

    body = django_filters.CharFilter(field_name="body__name", lookup_expr="icontains", label=_("Body"))

    class Meta:
        model = Declaration
        fields = ("body",)


class ManyFiles(forms.FileInput):
    """An input for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files or none; each is checked as one."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(one, initial) for one in given]


def _searched(what: str) -> forms.TextInput:
    """Return an input that offers the catalogue's words while somebody types (htmx fills its list)."""
    return forms.TextInput(
        attrs={
            "list": f"known-{what}",
            "autocomplete": "off",
            "hx-get": f"/library/suggest/{what}/",
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#known-{what}",
            "hx-swap": "innerHTML",
        }
    )


class ProposalForm(forms.Form):
    """A proposal. Names that the catalogue offers are linked to it; others are proposed with the entry."""

    parameter_name = forms.CharField(
        label=_("Parameter"), max_length=200, widget=_searched("parameter"),
        help_text=_("Choose from the catalogue as you type, or enter a new name."),
    )  # fmt: skip
    parameter_name_en = forms.CharField(label=_("Parameter in English"), max_length=200, required=False)
    synonyms = forms.CharField(
        label=_("Other names"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line."),
    )  # fmt: skip
    cas = forms.CharField(label=_("CAS number"), max_length=12, required=False)
    object_name = forms.CharField(label=_("Test object"), max_length=200, widget=_searched("object"))
    object_name_en = forms.CharField(label=_("Test object in English"), max_length=200, required=False)
    method_code = forms.CharField(
        label=_("Method (standard with year)"), max_length=70, widget=_searched("method"),
        help_text=_("For example HJ 700-2014."),
    )  # fmt: skip
    method_title = forms.CharField(label=_("Title of the method"), max_length=300, required=False)
    clause = forms.CharField(label=_("Clause"), max_length=60, required=False)
    technique = forms.CharField(label=_("Technique"), max_length=200, required=False)
    technique_en = forms.CharField(label=_("Technique in English"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    quantity_kind = forms.CharField(label=_("Kind of quantity"), max_length=60, required=False)
    domain = forms.CharField(label=_("Domain"), max_length=60)
    national_code = forms.CharField(
        label=_("Number in the national library"), max_length=70, required=False,
        help_text=_("Leave it empty if it is the method's own number."),
    )  # fmt: skip
    sort = forms.ChoiceField(label=_("Sort of method"), choices=Sort.choices, initial=Sort.STANDARD)
    industry = forms.CharField(
        label=_("Strategic industry"),
        max_length=100,
        required=False,
        help_text=_("For an advanced or innovative method."),
    )
    steward = forms.ModelChoiceField(label=_("Steward"), queryset=Organisation.objects.none(), empty_label=None)
    reasons = forms.CharField(label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    evidence = ManyFilesField(
        label=_("Evidence"), required=False, widget=ManyFiles(attrs={"multiple": True}),
        help_text=_("Verification report, comparison, draft of the method; several files may be chosen."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Kind.RETIREMENT:
            self.fields = {name: self.fields[name] for name in ("reasons", "evidence")}
        elif kind == Kind.REVISION:
            del self.fields["steward"]
        else:
            field = self.fields["steward"]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = selectors.stewards()


class OpenForm(forms.Form):
    """How long the public is consulted."""

    consult_days = forms.IntegerField(label=_("Days of public consultation"), min_value=0, max_value=365, initial=15)
    why = forms.CharField(label=_("Reason"), max_length=300)


class ExpertChoice(_ManyMembers):
    """Experts, with where they work."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the person and the organisation."""
        return f"{obj.user} · {obj.organisation}"


class InviteForm(forms.Form):
    """Whom to ask."""

    experts = ExpertChoice(label=_("Experts"), queryset=Membership.objects.none(), widget=forms.CheckboxSelectMultiple)
    why = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, experts: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["experts"].queryset = experts  # type: ignore[attr-defined]  # it is the field above


class OpinionForm(forms.Form):
    """An opinion with the interests of who gives it."""

    verdict = forms.ChoiceField(label=_("Opinion"), choices=Verdict.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    employed = forms.BooleanField(label=_("I work, or worked within three years, for the proposer"), required=False)
    author = forms.BooleanField(label=_("I am an author of the method or of its standard"), required=False)
    consultant = forms.BooleanField(label=_("I advise the proposer for pay"), required=False)
    interests = forms.CharField(label=_("Other interests, in words"), max_length=500, required=False)


class PublishForm(forms.Form):
    """From when, and why."""

    effective_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(label=_("Reason"), max_length=500)


class WhyForm(forms.Form):
    """The reason of a refusal or a withdrawal."""

    why = forms.CharField(label=_("Reason"), max_length=500)


class ReplaceForm(forms.Form):
    """Which edition is replaced by which."""

    old = forms.CharField(label=_("Old edition"), max_length=70, widget=_searched("method"))
    new = forms.CharField(label=_("New edition"), max_length=70, help_text=_("For example HJ 700-2014."))
    title = forms.CharField(
        label=_("Title of the new edition"),
        max_length=300,
        required=False,
        help_text=_("Only where the catalogue lacks it."),
    )
    effective_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(label=_("Reason"), max_length=500, help_text=_("The announcement and its number."))


class DeclareForm(forms.Form):
    """What was done to confirm the method; the lines are chosen in the table beside it."""

    remark = forms.CharField(
        label=_("What was done to confirm the method"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
