"""What bars are narrowed to, and what is entered to set or lift one."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.admission.licensing.models import RouteBar
from zhunsheng.admission.licensing.selectors.bars import STATES, applicant_of, conditions, labelled
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.models import Organisation, User


class BarFilter(FilterSet):
    """Filters of the list: words, kind, state, day."""

    q = django_filters.CharFilter(method="by_words", label=_("Applicant or decision number"))
    condition = django_filters.ChoiceFilter(choices=(), label=_("Kind of bar"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(choices=list(STATES.items()), label=_("State"), empty_label=_("All"))
    since = listing.DaysFilter(label=_("From"))

    class Meta:
        model = RouteBar
        fields = ("q", "condition", "state", "since")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types
        self.filters["condition"].extra["choices"] = conditions()

    def by_words(self, found: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Keep bars of applicants whose name begins so, or of this decision."""
        return found.filter(organisation__name__startswith=words) | found.filter(reference=words)


class BarForm(forms.Form):
    """A bar by a decision: against whom, which, from when, why."""

    applicant = forms.CharField(
        label=_("Applicant"), max_length=240, help_text=_("Begin to type the name or the credit code, then choose."),
        widget=forms.TextInput(
            attrs={
                "list": "known-applicant", "autocomplete": "off", "hx-trigger": "input changed delay:200ms",
                "hx-target": "#known-applicant", "hx-swap": "innerHTML",
            }
        ),
    )  # fmt: skip
    condition = forms.ChoiceField(label=_("Kind of bar"), widget=forms.RadioSelect)
    reference = forms.CharField(label=_("Decision number"), max_length=80)
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    months = forms.IntegerField(
        label=_("Months"), min_value=1, max_value=600, required=False,
        help_text=_("Only where the law sets no term for this kind; empty: until it is lifted."),
    )  # fmt: skip
    words = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.fields["applicant"].widget.attrs["hx-get"] = reverse("licensing:bar-applicants")
        kinds: Any = self.fields["condition"]
        kinds.choices = conditions()
        self.fields["since"].initial = timezone.localdate().isoformat()

    def clean_applicant(self) -> Organisation:
        """Return the one applicant whom the words mean."""
        found = applicant_of(self._user, str(self.cleaned_data["applicant"]), timezone.localdate())
        if not found:
            raise forms.ValidationError(_now("No applicant here has this name or code."))
        if len(found) > 1:
            names = "；".join(labelled(one) for one in found)
            raise forms.ValidationError(_now("Several applicants fit: %(names)s") % {"names": names})
        return found[0]

    def given(self) -> dict[str, Any]:
        """Return what the service asks for."""
        told = dict(self.cleaned_data)
        house: Organisation = told.pop("applicant")
        return {**told, "organisation_id": house.pk}


class LiftForm(forms.Form):
    """Why a bar is lifted before its end."""

    why = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Document and fact, for example a review decision that repealed the first one."),
    )  # fmt: skip
