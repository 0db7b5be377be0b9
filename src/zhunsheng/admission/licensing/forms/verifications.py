"""Filters of the verification tasks, and what is entered into one."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ChoiceField
from django_filters.filterset import FilterSet

from zhunsheng.admission.licensing.lifecycle import Finding, Route
from zhunsheng.admission.licensing.models import Verification
from zhunsheng.admission.licensing.selectors.verifications import STAGES, stages_told
from zhunsheng.platform import listing
from zhunsheng.registry.credit.forms import ManyFiles


class _StageField(ChoiceField):
    """Offers the stages that the reader can be told; any other in an address finds nothing rather than everything."""

    def valid_value(self, value: Any) -> bool:
        """Let every stage pass."""
        return value in STAGES


class _StageFilter(django_filters.ChoiceFilter):
    field_class = _StageField


class VerificationFilter(FilterSet):
    """Filters of the tasks: words, stage, route, finding, day."""

    q = django_filters.CharFilter(method="by_words", label=_("Application number or name of the applicant"))
    stage = _StageFilter(  # type: ignore[no-untyped-call]  # the library has no types
        method="by_stage", choices=list(STAGES.items()), label=_("Stage"), empty_label=_("All")
    )
    route = django_filters.ChoiceFilter(
        field_name="application__route",
        choices=[(one.value, one.label) for one in (Route.COMMITMENT, Route.SELF_DECLARATION, Route.CHANGE_FILING)],
        label=_("Route"),
        empty_label=_("All"),
    )
    finding = django_filters.ChoiceFilter(
        field_name="told", choices=Finding.choices, label=_("Outcome of the verification"), empty_label=_("All")
    )
    due_on = listing.DaysFilter(label=_("To be verified by"))

    class Meta:
        model = Verification
        fields = ("q", "stage", "route", "finding", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types
        if self.request is not None:
            told = stages_told(self.request.user, timezone.localdate())
            self.filters["stage"].extra["choices"] = list(told.items())

    def by_stage(self, found: QuerySet[Any], _name: str, stage: str) -> QuerySet[Any]:
        """Keep tasks of this stage as the reader is told it; the first condition is one that an index serves."""
        stored = ["open", "revoking"] if stage == "open" else [stage]
        return found.filter(stage__in=stored, told_stage=stage)

    def by_words(self, found: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Keep tasks of this application number, or of applicants whose name begins so."""
        return found.filter(application__number=words) | found.filter(application__applicant_name__startswith=words)


class FindingForm(forms.Form):
    """What verifying found."""

    finding = forms.ChoiceField(
        label=_("Outcome of the verification"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Finding.TRUE, Finding.BASICALLY_TRUE, Finding.UNTRUE)],
    )
    words = forms.CharField(
        label=_("What the verification found"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Facts, place and day of the visit, evidence."),
    )


class ConfirmForm(forms.Form):
    """The decision that something was untrue."""

    decision_no = forms.CharField(label=_("Decision number"), max_length=80)
    on = forms.DateField(
        label=_("First day without it"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    words = forms.CharField(label=_("Reasons"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class NoticeForm(forms.Form):
    """What the body is told before it is decided against it."""

    reasons = forms.CharField(
        label=_("Facts and reasons told"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They stand in the notice below what the verification found."),
    )


class StatementForm(forms.Form):
    """What the body states in its defence."""

    words = forms.CharField(
        label=_("Statement and defence"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    evidence = ManyFiles(label=_("Evidence"), required=False, help_text=_("PDF, OFD or images, at most ten files."))
    final = forms.BooleanField(
        label=_("We have nothing to add; the term need not be waited for."), required=False,
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What the authority says to the statement."""

    words = forms.CharField(
        label=_("Answer of the authority"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is accepted of the statement, and why the rest is not."),
    )


class OpinionForm(forms.Form):
    """What the legal check says to the decision against the body."""

    lawful = forms.TypedChoiceField(
        label=_("Legal check"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Passed")), ("no", _("Not passed"))],
        coerce=lambda one: one == "yes",
    )
    words = forms.CharField(
        label=_("Opinion of the legal check"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Competence, facts and evidence, law applied, procedure, measure."),
    )


class WordsForm(forms.Form):
    """Why a step is taken."""

    words = forms.CharField(label=_("Reasons"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
