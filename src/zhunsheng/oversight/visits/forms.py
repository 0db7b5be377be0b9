"""What people enter about visits."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filterset import FilterSet

from zhunsheng.oversight.visits.lifecycle import Handling, Mode, OrderStage, ResultStage, Stage
from zhunsheng.oversight.visits.models import Order, Result, Visit
from zhunsheng.platform.accounts.forms import ReasonForm


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


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


class OpenForm(forms.Form):
    """Opening the visit of a task."""

    mode = forms.ChoiceField(label=_("Where"), choices=Mode.choices, widget=forms.RadioSelect)
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))
    place = forms.CharField(
        label=_("Place of the visit"), max_length=300, required=False,
        help_text=_("Empty for the body's registered address."),
    )  # fmt: skip


class StartForm(forms.Form):
    """Nothing but the button."""


class SeenForm(forms.Form):
    """Who of the body has seen the inspectors' identification."""

    who = forms.CharField(label=_("Name and post"), max_length=60)


class WhyForm(ReasonForm):
    """The reason alone."""


class SupplementForm(forms.Form):
    """What is added to a signed record."""

    words = forms.CharField(label=_("What is added"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label=_("File"), required=False)


class VisitFilter(FilterSet):
    """Visits by body, stage and place."""

    q = django_filters.CharFilter(field_name="body__name", lookup_expr="startswith", label=_("Body"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))
    mode = django_filters.ChoiceFilter(choices=Mode.choices, label=_("Where"), empty_label=_("All"))

    class Meta:
        model = Visit
        fields = ("q", "stage", "mode")


class HandlingForm(forms.Form):
    """What becomes of one finding, proposed or decided."""

    handling = forms.ChoiceField(label=_("Handling"), choices=Handling.choices)
    violation = forms.ChoiceField(label=_("Violation"), required=False)
    departure = forms.CharField(
        label=_("Reason of a departure"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where the handling is another than the yardstick's."),
    )  # fmt: skip

    def __init__(self, *args: Any, violations: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if violations is None:
            del self.fields["violation"]
        else:
            chosen: Any = self.fields["violation"]
            chosen.choices = [("", "—"), *violations]


class OrderForm(forms.Form):
    """The order to correct for the findings that were decided so."""

    words = forms.CharField(
        label=_("What is to be corrected"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = day_field(
        _("To be corrected by"), required=False, help_text=_("Empty for the usual time of the law data.")
    )


class ConcludeForm(forms.Form):
    """The standard result codes of a visit."""

    codes = forms.MultipleChoiceField(label=_("Result codes"), widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(label=_("Result in words"), max_length=500, required=False)

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["codes"]
        chosen.choices = codes


class AnswerForm(forms.Form):
    """What the body corrected, with files that show it."""

    words = forms.CharField(
        label=_("What was corrected"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Cause, correction, and how it stays mended."),
    )  # fmt: skip
    evidence = ManyFilesField(
        label=_("Evidence"), required=False, help_text=_("PDF, pictures, tables; several at once.")
    )


class CheckForm(forms.Form):
    """What a re-check came to."""

    accepted = forms.TypedChoiceField(
        label=pgettext_lazy("visits", "Correction"),
        choices=(("yes", pgettext_lazy("visits", "Accepted")), ("no", _("Still wanting"))),
        coerce=lambda word: word == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Remark of the re-check"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class RestoreForm(ReasonForm):
    """Why a result is public again, and with which codes."""

    codes = forms.MultipleChoiceField(
        label=_("Result codes"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Empty to keep them as they are."),
    )  # fmt: skip

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["codes"]
        chosen.choices = codes


class AskForm(forms.Form):
    """Files that a body is asked for."""

    words = forms.CharField(label=_("What is asked for"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = day_field(_("By"), required=False, help_text=_("Empty for the usual time of the law data."))


class PullForm(forms.Form):
    """The span of reports to pull."""

    first_day = day_field(_("From"))
    last_day = day_field(_("Until"))


class SendForm(forms.Form):
    """A file that a body sends in answer to a request."""

    request = forms.ChoiceField(label=_("What is asked for"))
    file = forms.FileField(label=_("File"))

    def __init__(self, *args: Any, requests: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["request"]
        chosen.choices = requests


class ImportForm(ReasonForm):
    """An edition of a checklist as XLSForm."""

    file = forms.FileField(label=_("XLSForm (XLSX)"))
    effective_from = day_field(_("In force from"))


class OrderFilter(FilterSet):
    """Orders by body and stage."""

    q = django_filters.CharFilter(field_name="visit__body__name", lookup_expr="startswith", label=_("Body"))
    stage = django_filters.ChoiceFilter(choices=OrderStage.choices, label=_("Stage"), empty_label=_("All"))

    class Meta:
        model = Order
        fields = ("q", "stage")


class ResultFilter(FilterSet):
    """Results by body and stage."""

    q = django_filters.CharFilter(field_name="visit__body__name", lookup_expr="startswith", label=_("Body"))
    stage = django_filters.ChoiceFilter(choices=ResultStage.choices, label=_("Stage"), empty_label=_("All"))

    class Meta:
        model = Result
        fields = ("q", "stage")


class DisclosedFilter(FilterSet):
    """Disclosed results by body."""

    q = django_filters.CharFilter(field_name="visit__body__name", lookup_expr="startswith", label=_("Body"))

    class Meta:
        model = Result
        fields = ("q",)
