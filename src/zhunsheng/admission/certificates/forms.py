"""Filters of the day list and of a certificate's lines, and the form of a measure."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.admission.certificates import law_book
from zhunsheng.admission.certificates.models import ListedDecision, ListedKind, MeasureKind
from zhunsheng.platform.accounts.places import PlaceFilter
from zhunsheng.platform.listing import DaysFilter
from zhunsheng.platform.reading import in_language
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.wording import line_words

_DATE = {"type": "date"}
MOST_SHOWN = 200


class DecisionFilter(FilterSet):
    """Filters of the day list: words or number, outcome, place, days."""

    q = django_filters.CharFilter(method="by_words", label=_("Name or number"))
    kind = django_filters.ChoiceFilter(choices=ListedKind.choices, label=_("Outcome"), empty_label=_("All"))
    division = PlaceFilter()
    on = DaysFilter(label=_("Days"))

    class Meta:
        model = ListedDecision
        fields = ("q", "kind", "division", "on")

    def by_words(self, found: QuerySet[ListedDecision], _name: str, words: str) -> QuerySet[ListedDecision]:
        """Keep items of this name, certificate, application or decision."""
        text = words.strip()
        numbers = Q(number=text) | Q(application_number=text) | Q(decision_no__icontains=text)
        return found.filter(Q(body_name__icontains=text) | numbers)


class LinesForm(forms.Form):
    """Which lines of a certificate are shown: those of a day, or all it ever had, with some words."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    on = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    every = forms.BooleanField(label=_("Lines that are over, too"), required=False)
    version = forms.IntegerField(required=False, min_value=1, max_value=99_999, widget=forms.HiddenInput)


class MeasureForm(forms.Form):
    """A decision about a certificate."""

    ground = forms.ChoiceField(
        label=_("Ground in law"),
        widget=forms.RadioSelect,
        help_text=_("A qualification is never taken as a mere penalty."),
    )
    on = forms.DateField(label=_("Takes effect on"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("Until (last day)"), required=False, widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
        help_text=_("Empty: until it is lifted."),
    )  # fmt: skip
    decision_no = forms.CharField(label=_("Decision number"), max_length=80)
    why = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For the file and the history; the public sees ground and article."),
    )
    lines = forms.TypedMultipleChoiceField(
        label=_("Scope lines"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("lines", "ground", "on", "until", "decision_no", "why")

    def __init__(
        self, *args: Any, kind: str, found: QuerySet[ScopeLine] | None = None, named: Iterable[ScopeLine] = (),
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if kind == MeasureKind.LIFT:
            del fields["ground"]
        else:
            fields["ground"].choices = _grounds(kind)
        if kind != MeasureKind.SUSPEND:
            del fields["until"]
        if found is None:
            del fields["lines"]
        else:
            shown = {one.pk: line_words(one) for one in (*found[:MOST_SHOWN], *named)}
            fields["lines"].choices = list(shown.items())
            fields["lines"].required = True


def _grounds(kind: str) -> list[tuple[str, str]]:
    return [
        (
            one.id,
            f"{in_language(one.title)} ({'; '.join(f'{basis.law} {basis.article}'.strip() for basis in one.basis)})",
        )
        for one in law_book.grounds(kind, timezone.localdate())
    ]
