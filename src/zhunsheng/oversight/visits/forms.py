"""What people enter about visits."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.oversight.visits.lifecycle import Mode, Stage
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.platform.accounts.forms import ReasonForm


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


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
