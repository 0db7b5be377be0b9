"""The facts with which anyone may try the router."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.forms.need import offered
from zhunsheng.admission.licensing.rules.routing import RoutingFacts
from zhunsheng.platform.reading import language

YES_NO = [("", _("Not told")), ("yes", _("Yes")), ("no", _("No"))]
NO_GROUND = "none"
SWITCHES = (
    "certificate_in_force",
    "special_food",
    "cnas_covers_all",
    "sector_licence",
    "within_capability",
    "substantive_change",
    "same_capability",
    "affects_conditions",
    "needs_site_check",
)
"""The facts that are answered by yes or no."""


def _words(reader: str) -> Any:
    names, values = law_book.facts()
    return (
        {name: words[reader] for name, words in names.values.items()},
        {name: [(code, words[reader]) for code, words in rows.items()] for name, rows in values.values.items()},
    )


class RoutesForm(forms.Form):
    """What is known of an application; what is left out is treated as not told."""

    kind = forms.ChoiceField()
    on = forms.DateField(
        label=_("By the law of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    domains = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    grade = forms.ChoiceField(required=False, choices=[("", YES_NO[0][1]), *((one, one) for one in "ABCD")])
    breaches_in_term = forms.IntegerField(required=False, min_value=0, max_value=999)
    remote_ground = forms.ChoiceField(required=False)
    bars = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, values = _words(language())
        choices = {"kind": offered("occasion"), "domains": offered("domain"), **values}
        for name in SWITCHES:
            self.fields[name] = forms.ChoiceField(required=False, choices=YES_NO)
        for name, field in self.fields.items():
            some: Any = field
            some.label = names.get(name, field.label)
            if name in choices:
                some.choices = choices[name]
        ground: Any = self.fields["remote_ground"]
        ground.choices = [("", YES_NO[0][1]), *((code or NO_GROUND, words) for code, words in values["remote_ground"])]
        self.order_fields(["kind", "on", "domains", *SWITCHES, "grade", "breaches_in_term", "remote_ground", "bars"])

    def facts(self, today: date) -> RoutingFacts:
        """Return what was told, for the day told or for today."""
        told = self.cleaned_data
        switches: dict[str, Any] = {name: {"yes": True, "no": False}.get(told[name]) for name in SWITCHES}
        return RoutingFacts(
            kind=told["kind"],
            on=told["on"] or today,
            domains=frozenset(told["domains"]),
            grade=told["grade"] or None,
            breaches_in_term=told["breaches_in_term"],
            bars=frozenset(told["bars"]),
            remote_ground="" if told["remote_ground"] == NO_GROUND else told["remote_ground"] or None,
            **switches,
        )
