"""Filters of the credit lists, and what officers enter into a credit file."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.foundation.identifiers.accreditations import cma_codes
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.places import PlaceFilter
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.selectors import named
from zhunsheng.registry.credit import law_book
from zhunsheng.registry.credit.lifecycle import Sort, Stage
from zhunsheng.registry.credit.models import CreditEvent, Grade, GradeLetter, Obligation, Origin, PersonEvent, Petition


def kinds(what: str) -> list[tuple[str, str]]:
    """Return the kinds of events, obligations or events of persons in the reader's language."""
    books = {"events": law_book.events, "obligations": law_book.obligations, "persons": law_book.person_events}
    book = books[what]()
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return [(code, words[language]) for code, words in law_book.words(book).items()]


def fields() -> list[tuple[str, str]]:
    """Return the fields of CMA numbers in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return [(code, names[language]) for code, names in cma_codes(timezone.localdate()).values["fields"].items()]


class EventFilter(FilterSet):
    """Filters of the events: body, kind, days."""

    q = django_filters.CharFilter(method="by_body", label=_("Name or number of the body"))
    kind = django_filters.ChoiceFilter(choices=lambda: kinds("events"), label=_("Kind of event"), empty_label=_("All"))
    on = listing.DaysFilter(label=_("Day"))

    class Meta:
        model = CreditEvent
        fields = ("q", "kind", "on")

    def by_body(self, found: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Keep the events of bodies with these words in a name or this number."""
        return found.filter(body_id__in=Body.objects.filter(named(words)).values("pk"))


class ObligationFilter(FilterSet):
    """Filters of the open obligations: kind, day."""

    kind = django_filters.ChoiceFilter(
        choices=lambda: kinds("obligations"), label=_("Kind of obligation"), empty_label=_("All")
    )
    due_on = listing.DaysFilter(label=_("To be done by"))

    class Meta:
        model = Obligation
        fields = ("kind", "due_on")


class GradeFilter(FilterSet):
    """Filters of the present grades: body, grade, city, field, origin, score."""

    q = django_filters.CharFilter(method="by_body", label=_("Name or number of the body"))
    grade = django_filters.ChoiceFilter(choices=GradeLetter.choices, label=_("Grade"), empty_label=_("All"))
    division = PlaceFilter(column="body__division_id")
    field = django_filters.ChoiceFilter(
        choices=fields, method="by_field", label=_("Field of testing"), empty_label=_("All")
    )
    origin = django_filters.ChoiceFilter(choices=Origin.choices, label=_("Origin"), empty_label=_("All"))

    class Meta:
        model = Grade
        fields = ("q", "grade", "division", "field", "origin")

    def by_body(self, found: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Keep the grades of bodies with these words in a name or this number."""
        return found.filter(body_id__in=Body.objects.filter(named(words)).values("pk"))

    def by_field(self, found: QuerySet[Any], _name: str, code: str) -> QuerySet[Any]:
        """Keep the grades of bodies whose CMA number names this field."""
        return found.filter(body__cma__regex=rf"^.{{4}}{code}")


class MovementFilter(FilterSet):
    """Filters of the grades that moved: body, new grade, days."""

    q = django_filters.CharFilter(method="by_body", label=_("Name or number of the body"))
    grade = django_filters.ChoiceFilter(choices=GradeLetter.choices, label=_("Grade"), empty_label=_("All"))
    since = listing.DaysFilter(label=_("In force from"))

    class Meta:
        model = Grade
        fields = ("q", "grade", "since")

    def by_body(self, found: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Keep the grades of bodies with these words in a name or this number."""
        return found.filter(body_id__in=Body.objects.filter(named(words)).values("pk"))


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class EventForm(forms.Form):
    """An event that an officer enters."""

    kind = forms.ChoiceField(label=_("Kind of event"))
    on = _day(_("Day"))
    source = forms.CharField(label=_("Source"), max_length=60, help_text=_("The office that decided."))
    reference = forms.CharField(label=_("Decision or file number"), max_length=120)
    words = forms.CharField(label=_("What was established"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = kinds("events")


class ObligationForm(forms.Form):
    """An obligation that an officer enters."""

    kind = forms.ChoiceField(label=_("Kind of obligation"))
    due_on = _day(_("To be done by"))
    reference = forms.CharField(label=_("Decision or file number"), max_length=120)
    words = forms.CharField(label=_("What is to be done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = kinds("obligations")


class GradeForm(forms.Form):
    """A grade that the platform of classification gave."""

    grade = forms.ChoiceField(label=_("Grade"), choices=GradeLetter.choices)
    since = _day(_("In force from"))
    origin = forms.ChoiceField(
        label=_("Origin"),
        choices=[(Origin.ENTERED.value, Origin.ENTERED.label), (Origin.IMPORTED.value, Origin.IMPORTED.label)],
    )
    basis = forms.CharField(label=_("Decided by document"), max_length=200)
    rule_version = forms.CharField(label=_("Version of the grading rule"), max_length=60, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ReleaseForm(forms.Form):
    """Why the entered grade ends."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "From today on the body has the grade that its scorecard gives; the history keeps what was entered."
        ),
    )  # fmt: skip


class PetitionFilter(FilterSet):
    """Filters of objections and repairs: body, kind of request, stage, day."""

    q = django_filters.CharFilter(method="by_body", label=_("Name or number of the body"))
    sort = django_filters.ChoiceFilter(choices=Sort.choices, label=_("Kind of request"), empty_label=_("All"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))
    due_on = listing.DaysFilter(label=_("To be decided by"))

    class Meta:
        model = Petition
        fields = ("q", "sort", "stage", "due_on")

    def by_body(self, found: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Keep the requests of bodies with these words in a name or this number."""
        return found.filter(body_id__in=Body.objects.filter(named(words)).values("pk"))


class PersonEventFilter(FilterSet):
    """Filters of integrity events: name, kind, day."""

    q = django_filters.CharFilter(method="by_name", label=_("Name"))
    kind = django_filters.ChoiceFilter(choices=lambda: kinds("persons"), label=_("Kind of event"), empty_label=_("All"))
    on = listing.DaysFilter(label=_("Day"))

    class Meta:
        model = PersonEvent
        fields = ("q", "kind", "on")

    def by_name(self, found: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Keep the events of practitioners with these characters in their name."""
        return found.filter(Q(person__name__contains=words) | Q(expert__name__contains=words))


class ManyFiles(forms.FileField):
    """One or more files; each is checked when it is stored."""

    widget = type("ManyFilesInput", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files as a list."""
        rows = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFiles, self).clean(one, initial) for one in rows]


class PetitionForm(forms.Form):
    """Grounds and evidence of an objection or repair."""

    grounds = forms.CharField(label=_("Grounds"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    evidence = ManyFiles(label=_("Evidence"), help_text=_("PDF, OFD or images, at most ten files."))


class DecisionForm(forms.Form):
    """The decision about an objection or repair."""

    grant = forms.ChoiceField(
        label=pgettext_lazy("credit", "Decision"), choices=[("yes", Stage.GRANTED.label), ("no", Stage.REFUSED.label)],
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(label=_("Reasons"), max_length=400, widget=forms.Textarea(attrs={"rows": 4}))


class PersonEventForm(forms.Form):
    """An event of a practitioner that an officer enters."""

    kind = forms.ChoiceField(label=_("Kind of event"))
    on = _day(_("Day"))
    source = forms.CharField(label=_("Source"), max_length=60, help_text=_("The office that decided."))
    reference = forms.CharField(label=_("Decision or file number"), max_length=120)
    words = forms.CharField(label=_("What was established"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = kinds("persons")


class AccountForm(forms.Form):
    """The account with which a person of a body signs in; empty for none."""

    username = forms.CharField(
        label=_("Sign-in name"), max_length=150, required=False,
        help_text=_("Of a signatory of the body whose identity you checked; leave it empty to end the link."),
    )  # fmt: skip
    why = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("How you know that the account is this person's.")
    )


class OutcomeForm(forms.Form):
    """What became of an obligation."""

    outcome = forms.CharField(label=_("Outcome"), max_length=300)


class WhyForm(forms.Form):
    """Why an event is withdrawn."""

    why = forms.CharField(label=_("Reason of withdrawal"), max_length=500)
