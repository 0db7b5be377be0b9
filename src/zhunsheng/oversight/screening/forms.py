"""Filters of the alerts, and what officers say about one."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filterset import FilterSet

from zhunsheng.oversight.leads import law_book as matters
from zhunsheng.oversight.screening import wording
from zhunsheng.oversight.screening.lifecycle import Stage
from zhunsheng.oversight.screening.models import Alert, Judgement, Run
from zhunsheng.oversight.screening.services.leading import MATTERS
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.models import Level, prefix_of
from zhunsheng.platform.accounts.selectors import divisions_of
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.selectors import named


def division_choices() -> list[tuple[str, str]]:
    """Return the cities and the province that bodies stand in."""
    held = divisions_of(Body.objects.all())
    return [(one.code, str(one.local_name)) for one in held if one.level in (Level.PROVINCE, Level.CITY)]


class _SignFilter(FilterSet):
    """Filters that every list of alerts has: field, sign, days."""

    field = django_filters.ChoiceFilter(
        choices=wording.field_choices, label=pgettext_lazy("alert", "Field"), empty_label=_("All")
    )
    detector = django_filters.ChoiceFilter(
        choices=wording.sign_choices, label=_("What stands out"), empty_label=_("All")
    )
    raised_on = listing.DaysFilter(label=_("Raised on"))

    class Meta:
        model = Alert
        fields: tuple[str, ...] = ("field", "detector", "raised_on")


class OwnAlertFilter(_SignFilter):
    """Filters of what was disclosed to a body: field, sign, stage, days."""

    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))

    class Meta(_SignFilter.Meta):
        fields = ("field", "detector", "stage", "raised_on")


class InboxFilter(_SignFilter):
    """Filters of what waits or is watched: body, city, field, sign, days; the tab tells the stage."""

    q = django_filters.CharFilter(method="by_body", label=_("Name or number of the body"))
    division = django_filters.ChoiceFilter(
        choices=division_choices, method="within", label=pgettext_lazy("alert", "City"), empty_label=_("All")
    )

    class Meta(_SignFilter.Meta):
        fields: tuple[str, ...] = ("q", "division", "field", "detector", "raised_on")

    def by_body(self, found: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Keep the alerts about bodies with these words in a name or this number."""
        return found.filter(body_id__in=Body.objects.filter(named(words)).values("pk"))

    def within(self, found: QuerySet[Any], _name: str, code: str) -> QuerySet[Any]:
        """Keep the alerts about bodies in a division and those below it."""
        prefix = prefix_of(code)
        return found.filter(division_id__gte=prefix.ljust(6, "0"), division_id__lte=prefix.ljust(6, "9"))


class AlertFilter(InboxFilter):
    """Filters of all alerts: those of the inbox, and the stage."""

    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))

    class Meta(InboxFilter.Meta):
        fields = ("q", "division", "field", "detector", "stage", "raised_on")


class RunFilter(FilterSet):
    """Filters of the runs: days."""

    at = listing.DaysFilter(label=_("Run at"))

    class Meta:
        model = Run
        fields = ("at",)


class JudgementFilter(FilterSet):
    """Filters of the judgements: outcome, explanation."""

    outcome = django_filters.ChoiceFilter(choices=Judgement.Outcome.choices, label=_("Outcome"), empty_label=_("All"))
    explanation = django_filters.ChoiceFilter(
        choices=wording.explanation_choices, label=_("Ordinary explanation"), empty_label=_("All")
    )

    class Meta:
        model = Judgement
        fields = ("outcome", "explanation")


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text)


class WatchForm(forms.Form):
    """Until when an alert is watched, and why."""

    until = forms.DateField(
        label=_("Watch until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("On this day the alert comes back by itself."),
    )  # fmt: skip
    words = _words(_("What you wait for"))


class DismissForm(forms.Form):
    """Which ordinary explanation holds, and what was looked at."""

    explanation = forms.ChoiceField(label=_("Ordinary explanation"))
    words = _words(
        _("What was looked at"),
        _("Which records you saw. This is kept as a judgement; it changes no threshold by itself."),
    )

    def __init__(self, *args: Any, kinds: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["explanation"]
        field.choices = wording.explanation_choices(kinds)


class ReopenForm(forms.Form):
    """Why the explanation doesn't hold."""

    words = _words(_("Why the explanation does not hold"), _("It is counted no more; the alert is open again."))


class LeadForm(forms.Form):
    """What the lead is about."""

    matter = forms.ChoiceField(label=_("Matter"))
    words = _words(_("What you ask to be looked into"), _("The evidence goes along with its digests."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["matter"]
        field.choices = [(code, wording.in_words(matters.matters()[code])) for code in MATTERS]


class DiscloseForm(forms.Form):
    """Why the body is shown the alert."""

    words = _words(_("Why the body is to see this now"), _("Say by when it may answer, too."))


class SubscriptionForm(forms.Form):
    """Whether new alerts come by mail."""

    by_mail = forms.BooleanField(label=_("Send me a mail on days with new alerts in my place"), required=False)
