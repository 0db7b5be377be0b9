"""Filters of the queue, and what officers enter along the way of an application."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filterset import FilterSet

from zhunsheng.admission.licensing.lifecycle import Delivery, Kind, LineAct, LineOutcome, Route, Stage
from zhunsheng.admission.licensing.models import Application, ApplicationLine
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.selectors import officer as selectors
from zhunsheng.admission.licensing.services.acceptance import ToldGap
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.places import PlaceFilter

LATENESS = [
    ("late", _("Late")),
    ("soon", _("Due soon")),
    ("waiting", _("No clock runs")),
]
OUTCOMES = [
    (str(Stage.GRANTED), _("Grant")),
    (str(Stage.PARTLY_GRANTED), _("Grant in part")),
    (str(Stage.REFUSED), _("Refuse")),
]


def handlers(request: Any) -> QuerySet[User]:
    """Return the people of the reader's own organisations who may handle applications today."""
    today = timezone.localdate()
    own = [one.organisation_id for one in request.user.memberships_on(today)]
    roles = list(policy.grants().get(Can.HANDLE, {}))
    found = User.objects.filter(
        memberships__organisation_id__in=own, memberships__role__in=roles, memberships__valid_from__lte=today
    )
    return found.distinct().order_by("display_name", "username")


class QueueFilter(FilterSet):
    """What the queue can be narrowed to, all in the address."""

    most_named: int | None = None
    q = django_filters.CharFilter(method="by_words", label=_("Application number, applicant or credit code"))
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Applied for"), empty_label=_("All"))
    route = django_filters.ChoiceFilter(choices=Route.choices, label=_("Route"), empty_label=_("All"))
    city = PlaceFilter()
    field = django_filters.ChoiceFilter(choices=(), label=pgettext_lazy("application", "Field"), empty_label=_("All"))
    lateness = django_filters.ChoiceFilter(
        choices=LATENESS, method="by_lateness", label=_("Time limit"), empty_label=_("All")
    )
    handler = django_filters.ModelChoiceFilter(
        queryset=handlers, label=_("Handled by"), empty_label=_("All"), null_label=_("Nobody yet")
    )

    class Meta:
        model = Application
        fields = ("q", "kind", "route", "city", "field", "lateness", "handler")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types
        self.filters["field"].extra["choices"] = selectors.field_choices()

    def by_words(self, found: QuerySet[Application], _name: str, words: str) -> QuerySet[Application]:
        """Keep what the search finds; `most_named` is set where more applicants bear the name than it looks through."""
        named = selectors.named_like(words)
        self.most_named = selectors.MOST_NAMES if len(named) > selectors.MOST_NAMES else None
        return selectors.found_by(found, words, named)

    def by_lateness(self, found: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        """Keep what is late, due soon, or without a running clock."""
        today = timezone.localdate()
        if value == "late":
            return found.filter(due_latest__lt=today)
        if value == "soon":
            return found.filter(due_latest__gte=today, warned_on__lte=today)
        return found.filter(due_earliest=None)


class TakeForm(forms.Form):
    """Taking an application over needs no words."""


class GapsForm(forms.Form):
    """Everything that is missing, in one letter: what the rules found, ticked, and what the officer adds."""

    found = forms.MultipleChoiceField(
        label=_("Found by the rules"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=_("Further gaps"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line. All gaps are told at once: a second letter can't name new ones."),
    )  # fmt: skip

    def __init__(self, *args: Any, gaps: Iterable[ToldGap] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gaps = {str(place): one for place, one in enumerate(gaps)}
        field: Any = self.fields["found"]
        field.choices = [(key, f"{one.words} {one.remedy}".strip()) for key, one in self._gaps.items()]
        if self._gaps:
            field.initial = list(self._gaps)
        else:
            del self.fields["found"]

    def gaps(self) -> list[ToldGap]:
        """Return the ticked gaps and one for each line written."""
        ticked = [self._gaps[key] for key in self.cleaned_data.get("found", ())]
        return ticked + [
            ToldGap("other", line.strip()) for line in self.cleaned_data["more"].splitlines() if line.strip()
        ]


class ReasonsForm(forms.Form):
    """Why an application is not accepted."""

    reasons = forms.CharField(
        label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, each with fact and article. They stand in the letter and in the day's list."),
    )  # fmt: skip


class AcceptForm(forms.Form):
    """Accepting needs no words."""


class ProposeForm(forms.Form):
    """What is proposed, with reasons that the file suggests and the officer edits."""

    outcome = forms.ChoiceField(label=_("Proposed decision"), choices=OUTCOMES, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Generated from clauses and outcomes; edit them. Each line is a paragraph of the decision."),
    )  # fmt: skip


class OpinionForm(forms.Form):
    """The legal opinion on a proposal."""

    agrees = forms.ChoiceField(
        label=_("Opinion"), widget=forms.RadioSelect,
        choices=[("1", _("No legal objection; pass it on")), ("0", _("Return it with the objection"))],
    )  # fmt: skip
    opinion = forms.CharField(label=_("In words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class DecideForm(forms.Form):
    """The decision as proposed; an explanation where it is late."""

    late_why = forms.CharField(
        label=_("Why it is late"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the decision and in the statistics of durations."),
    )  # fmt: skip

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_why"]


class ReturnForm(forms.Form):
    """Why a proposal goes back."""

    why = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class StopForm(forms.Form):
    """Why a clock stands still."""

    cause = forms.ChoiceField(label=_("Cause"))
    words = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, causes: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cause"]
        field.choices = list(causes)


class ResumeForm(forms.Form):
    """Letting a clock run again needs no words."""


class ServeForm(forms.Form):
    """How a document was handed over, to whom, when, with the receipt."""

    how = forms.ChoiceField(
        label=_("How it was served"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Delivery if one != Delivery.ELECTRONIC],
    )  # fmt: skip
    received_by = forms.CharField(label=_("Received by"), max_length=100, required=False)
    served_on = forms.DateField(label=_("Served on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    receipt = forms.FileField(label=_("Receipt"), required=False, help_text=_("A scan or photograph of the receipt."))

    def served_at(self) -> datetime:
        """Return the day of the receipt as a time: its noon, or now where it is today."""
        day: date = self.cleaned_data["served_on"]
        if day == timezone.localdate():
            return timezone.now()
        return timezone.make_aware(datetime.combine(day, time(12)))


class SpanForm(forms.Form):
    """The stretch of time of the statistics."""

    since = forms.DateField(
        label=pgettext_lazy("span", "From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=pgettext_lazy("span", "Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class LineFilter(FilterSet):
    """What the lines of a file can be narrowed to."""

    q = django_filters.CharFilter(method="by_words", label=_("Object, parameter or method"))
    act = django_filters.ChoiceFilter(
        choices=LineAct.choices, label=pgettext_lazy("application", "Asked for"), empty_label=_("All")
    )
    outcome = django_filters.ChoiceFilter(choices=LineOutcome.choices, label=_("Outcome"), empty_label=_("All"))

    class Meta:
        model = ApplicationLine
        fields = ("q", "act", "outcome")

    def by_words(self, found: QuerySet[ApplicationLine], _name: str, words: str) -> QuerySet[ApplicationLine]:
        """Keep lines with these words in object, parameter or method."""
        text = words.strip()
        wanted = Q(object_text__contains=text) | Q(parameter_text__contains=text) | Q(method_text__contains=text)
        return found.filter(wanted)
