"""Open a review, let its panel be drawn, declare interests, prepare, evaluate."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.admission.reviews import selectors
from zhunsheng.admission.reviews.lifecycle import Interest, Mode, Stage
from zhunsheng.admission.reviews.models import PanelMember, Review
from zhunsheng.platform.accounts.forms import ReasonForm
from zhunsheng.platform.draws.forms import offer_parties

SOURCES = (
    ("public_numbers", _("Lottery numbers announced later")),
    ("two_party", _("Two parties, each with a secret")),
    ("drand", _("Round of drand, not known yet")),
)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class ReviewFilter(FilterSet):
    """Filters of the reviews: words, stage, mode."""

    q = django_filters.CharFilter(method="by_words", label=_("Review, application or applicant"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))
    mode = django_filters.ChoiceFilter(choices=Mode.choices, label=_("Mode of review"), empty_label=_("All"))

    class Meta:
        model = Review
        fields = ("q", "stage", "mode")

    def by_words(self, found: QuerySet[Review], _name: str, words: str) -> QuerySet[Review]:
        """Keep reviews with this number, of this application, or whose applicant's name begins so."""
        text = words.strip()
        return found.filter(
            Q(number__iexact=text)
            | Q(application__number__iexact=text)
            | Q(application__applicant_name__startswith=text)
        )


class OpenForm(ReasonForm):
    """How an application is reviewed."""

    mode = forms.ChoiceField(label=_("Mode of review"), choices=Mode.choices)
    size = forms.IntegerField(label=_("Members of the panel"), min_value=1, max_value=30)
    fields_to_cover = forms.MultipleChoiceField(
        label=_("Fields to cover"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every field needs somebody on the panel who knows it."),
    )
    field_order = ("mode", "size", "fields_to_cover", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["fields_to_cover"]
        chosen.choices = selectors.field_choices()


class SealForm(forms.Form):
    """From where the chance comes; known only after the frame is sealed."""

    source = forms.ChoiceField(label=_("Source of chance"), choices=SOURCES)
    reference = forms.CharField(
        label=_("Which one exactly"),
        max_length=400,
        help_text=_(
            "A lottery and its issue that isn't drawn yet; for two parties name=SHA-256;name=SHA-256; for drand"
            " quicknet/round."
        ),
    )
    known_at = forms.DateTimeField(
        label=_("Known from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("When the lottery's numbers are announced; it must lie ahead."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_parties(self.fields["reference"])


class PrepareForm(ReasonForm):
    """When and where the panel visits."""

    first_day = _day(_("First day of the visit"), required=False)
    last_day = _day(_("Last day of the visit"), required=False)
    plan = forms.CharField(
        label=_("Place and plan of the visit"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("first_day", "last_day", "plan", "why")


class CancelForm(ReasonForm):
    """That a review is called off, said twice: by a tick and by a reason."""

    sure = forms.BooleanField(label=_("Yes, call this review off. What was entered stays on record."))
    field_order = ("why", "sure")


class FreeForm(forms.Form):
    """The declaration to have no interest."""

    free = forms.BooleanField(
        label=_(
            "I am not employed by the applicant and was not within the years the rules name, do not advise it, have no"
            " family there and no other interest in the outcome."
        )
    )


class InterestForm(forms.Form):
    """An interest, or that somebody can't take part."""

    kind = forms.ChoiceField(label=_("Interest"), choices=Interest.choices)
    words = forms.CharField(
        label=_("In words"),
        max_length=300,
        help_text=_("For the officers alone: the public record of the draw names the kind and nobody's relatives."),
    )
    until = _day(_("Ended on"), required=False, help_text=_("Empty while it still holds."))


class MemberForm(ReasonForm):
    """A choice among the panel."""

    expert_code = forms.ChoiceField(label=_("Member"))

    def __init__(self, *args: Any, members: list[PanelMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["expert_code"]
        chosen.choices = [(one.expert.code, f"{one.expert.code} {one.expert.name}") for one in members]


class ExcuseForm(MemberForm):
    """Whose place is freed."""

    field_order = ("expert_code", "why")


class EvaluateForm(MemberForm):
    """How a member did the work."""

    score = forms.IntegerField(label=_("Score out of 100"), min_value=0, max_value=100)
    comment = forms.CharField(label=_("Comment"), max_length=300, required=False)
    field_order = ("expert_code", "score", "comment", "why")
