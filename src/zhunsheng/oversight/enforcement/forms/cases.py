"""Filters of the list, filing a case, and the steps of one."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filterset import FilterSet

from zhunsheng.oversight.enforcement import law_book, wording
from zhunsheng.oversight.enforcement.forms.lines import ChoosesLines, like_field, lines_field
from zhunsheng.oversight.enforcement.lifecycle import EvidenceKind, PauseCause, Result, Stage
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.selectors import cases as selectors
from zhunsheng.oversight.enforcement.services import FindingFacts
from zhunsheng.oversight.leads.forms.fields import ManyFilesField
from zhunsheng.oversight.leads.forms.officer import body_of, matter_choices
from zhunsheng.oversight.leads.selectors.referrals import receivers
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Organisation, Sector, User

ROWS = forms.Textarea(attrs={"rows": 3})
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def words(label: Any, *, rows: int = 3, required: bool = True, most: int = 4000) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows}))


class CaseFilter(FilterSet):
    """What the list of cases can be narrowed to, all in the address."""

    q = django_filters.CharFilter(method="by_words", label=_("Number, title or name"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))
    matter = django_filters.ChoiceFilter(choices=(), label=_("Matter"), empty_label=_("All"))

    class Meta:
        model = Case
        fields = ("q", "stage", "matter")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types
        self.filters["matter"].extra["choices"] = matter_choices()

    def by_words(self, found: QuerySet[Case], _name: str, text: str) -> QuerySet[Case]:
        """Keep what the search finds."""
        return selectors.found_by(found, text)


def colleagues(user: User, action: str = Can.INVESTIGATE) -> QuerySet[User]:
    """Return the people of the reader's own organisations who may do this today."""
    today = timezone.localdate()
    own = [one.organisation_id for one in user.memberships_on(today)]
    roles = list(policy.grants().get(action, {}))
    rows = User.objects.filter(
        memberships__organisation_id__in=own, memberships__role__in=roles, memberships__valid_from__lte=today
    )
    return rows.exclude(pk=user.pk).distinct().order_by("display_name", "username")


MONEY: dict[str, Any] = {"required": False, "min_value": 0, "max_digits": 14, "decimal_places": 2}
"""A sum that need not be known, as the records hold it."""


class FindingForm(forms.Form):
    """A violation and the facts that the yardstick reads."""

    violation = forms.ChoiceField(label=_("Violation"), choices=())
    found = words(pgettext_lazy("enforcement", "What was found"), rows=4)
    on = forms.DateField(label=_("Day of the conduct"), widget=DAY)
    field = forms.ChoiceField(label=_("Field of law"), choices=(), required=False)
    fee = forms.DecimalField(label=_("Fees taken (yuan)"), **MONEY)
    gain = forms.DecimalField(
        label=_("Unlawful gains (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    goods = forms.DecimalField(
        label=_("Value of goods (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    circumstances = forms.MultipleChoiceField(
        label=_("Circumstances"), choices=(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self._choose("violation", [(one.id, wording.said(one.title)) for one in law_book.violations(today)])
        self._choose("field", [("", _("None that a statute names")), *wording.FIELDS.items()])
        rows = law_book.circumstances(today).items()
        self._choose("circumstances", [(code, wording.said(one.title)) for code, one in rows])

    def _choose(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)

    def facts(self) -> FindingFacts:
        """Return what was entered as a finding."""
        given = self.cleaned_data
        facts = Facts(
            field=given["field"], fee=given["fee"], gain=given["gain"], goods=given["goods"],
            circumstances=frozenset(given["circumstances"]),
        )  # fmt: skip
        return FindingFacts(given["violation"], given["found"], given["on"], facts)


class FileForm(FindingForm):
    """A new case: whom it is about, what was found, who investigates with whom."""

    body = forms.CharField(
        label=_("Body of the register"), max_length=120, required=False,
        help_text=_("CMA number or credit code; empty if it is no body of the register."),
    )  # fmt: skip
    subject = forms.CharField(label=_("Another party"), max_length=200, required=False)
    second = forms.ModelChoiceField(
        label=_("Second investigator"), queryset=User.objects.none(), required=False, empty_label=_("Named later")
    )
    field_order = ("body", "subject", "second", "violation", "found", "on", "field")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["second"]
        field.queryset = colleagues(user)

    def clean_body(self) -> int | None:
        """Return the body of a number or code."""
        return body_of(self.cleaned_data["body"])


class StepForm(forms.Form):
    """A step that needs no words; every other step's form begins here and may ask who is signed in."""

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.case = user, case
        self.prepare()

    def prepare(self) -> None:
        """Fill choices that depend on reader and case."""

    def choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Give a field its choices."""
        field: Any = self.fields[name]
        field.choices = list(choices)


class WordsForm(StepForm):
    """A step in words."""

    words = words(_("In words"))


class SecondForm(StepForm):
    """The second investigator."""

    second = forms.ModelChoiceField(label=_("Second investigator"), queryset=User.objects.none())
    why = forms.CharField(label=_("Reason"), max_length=300)

    def prepare(self) -> None:
        """Offer colleagues who may investigate."""
        field: Any = self.fields["second"]
        field.queryset = colleagues(self.user).exclude(pk=self.case.investigator_id)


class FilesForm(StepForm):
    """Files of a case."""

    uploads = ManyFilesField(label=_("Files"), help_text=_("PDF, pictures, tables; several at once."))
    kind = forms.ChoiceField(label=_("Kind"), choices=EvidenceKind.choices)
    taken_on = forms.DateField(label=_("Taken on"), required=False, widget=DAY)
    place = forms.CharField(label=pgettext_lazy("enforcement", "Place"), max_length=200, required=False)
    source = forms.CharField(label=_("Given by"), max_length=200, required=False)


class HoldForm(StepForm):
    """What is held as evidence."""

    items = words(_("What is held"))
    place = forms.CharField(label=pgettext_lazy("enforcement", "Place"), max_length=200)


class EndHoldForm(StepForm):
    """What became of what was held."""

    hold = forms.TypedChoiceField(label=_("What is held"), choices=(), coerce=int)
    outcome = forms.CharField(label=_("What became of it"), max_length=500)

    def prepare(self) -> None:
        """Offer what is held."""
        self.choose("hold", [(one.pk, one.items[:60]) for one in self.case.holds.filter(ended_at=None)])


class PauseForm(StepForm):
    """Why days do not count."""

    cause = forms.ChoiceField(
        label=_("Cause"), choices=[one for one in PauseCause.choices if one[0] != PauseCause.POLICE]
    )
    words = forms.CharField(label=_("In words"), max_length=300)


class ExtendForm(StepForm):
    """More days."""

    words = forms.CharField(label=_("Why"), max_length=500)
    collective = forms.BooleanField(label=_("Approved collectively"), required=False)
    days = forms.IntegerField(label=_("Days (collective only)"), min_value=0, max_value=365, required=False)


class ExamineForm(StepForm):
    """The legal opinion."""

    passes = forms.ChoiceField(
        label=pgettext_lazy("examination", "Opinion"),
        choices=[("1", _("Passes: facts, evidence, law, procedure and penalty are right")), ("0", _("Back to them"))],
        widget=forms.RadioSelect,
    )
    words = words(_("Opinion in words"))


class StateForm(StepForm):
    """The party's statement."""

    words = words(_("Statement and defence"), rows=5, most=8000)
    hearing = forms.BooleanField(label=_("A hearing is asked for"), required=False)
    final = forms.BooleanField(label=_("Nothing more follows"), required=False)


class HearForm(StepForm):
    """The hearing."""

    held_on = forms.DateField(label=_("Held on"), widget=DAY)
    chair = forms.CharField(label=pgettext_lazy("hearing", "Chair"), max_length=80)
    words = words(_("Record of the hearing"), rows=5, most=8000)


class DiscussForm(StepForm):
    """The collective discussion."""

    present = forms.CharField(
        label=_("Who took part"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One a line, at least three.")
    )
    words = words(_("What it concluded"))
    departures_approved = forms.BooleanField(label=_("What lies outside the benchmark is approved"), required=False)


class DecideForm(StepForm):
    """The decision."""

    number = forms.CharField(
        label=_("Number of the decision"), max_length=60, required=False,
        help_text=_("Empty takes the authority’s next number."),
    )  # fmt: skip
    result = forms.ChoiceField(label=_("Result"), choices=Result.choices)
    words = words(_("Facts and reasons"), rows=6, most=20000)


class ServeForm(StepForm):
    """The service of the decision."""

    method = forms.ChoiceField(label=pgettext_lazy("enforcement", "How"), choices=list(wording.METHODS.items()))
    on = forms.DateField(label=_("Served on"), widget=DAY)
    received_by = forms.CharField(label=_("Received by"), max_length=100, required=False)
    words = forms.CharField(label=_("In words"), max_length=500, required=False)
    proof = forms.FileField(label=_("Proof of service"), required=False)


class ExecuteForm(StepForm):
    """A step of execution."""

    what = forms.ChoiceField(label=_("What"), choices=list(wording.EXECUTIONS.items()))
    amount = forms.DecimalField(label=_("Amount in yuan"), **MONEY)
    words = forms.CharField(label=_("In words"), max_length=500)


class ObjectForm(StepForm):
    """An objection or its outcome."""

    way = forms.ChoiceField(label=_("Way"), choices=list(wording.OBJECTIONS.items()))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=list(wording.OUTCOMES.items()))
    on = forms.DateField(label=_("Day"), widget=DAY)
    words = words(_("In words"))


class PoliceSendForm(StepForm):
    """To which police, with which documents."""

    receiver = forms.ModelChoiceField(label=_("Police"), queryset=Organisation.objects.none())
    documents = forms.MultipleChoiceField(
        label=_("Documents of the file"), choices=(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        """Offer police departments and the documents that the rules ask for."""
        field: Any = self.fields["receiver"]
        field.queryset = receivers().filter(sector=Sector.POLICE)
        asked = law_book.rule("POLICE-FILE", timezone.localdate()).values["documents"]
        self.choose("documents", [(one["key"], one[wording.language()]) for one in asked])


class YesForm(StepForm):
    """A decision by yes or no with its reasons."""

    yes = forms.ChoiceField(
        label=pgettext_lazy("decision", "Decision"), choices=[("1", _("Yes")), ("0", _("No"))], widget=forms.RadioSelect
    )
    words = words(_("Reasons"))


class GrantorForm(ChoosesLines, StepForm):
    """What the grantor decides about a qualification."""

    matter = forms.TypedChoiceField(label=_("Recommendation"), choices=(), coerce=int)
    act = forms.ChoiceField(
        label=pgettext_lazy("decision", "Decision"),
        choices=[
            ("take", _("Take the measure")),
            ("decline", _("Decline it")),
            ("report", _("Report it to the national administration")),
        ],
    )
    decision_no = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    lines = lines_field(_("Of a reduced scope. Where nothing is chosen, those recommended end."))
    like = like_field()
    words = words(_("Reasons"))

    def prepare(self) -> None:
        """Offer what waits for the grantor."""
        rows = self.case.qualifications.filter(state="recommended").select_related("penalty")
        self.choose("matter", [(one.pk, f"{one.penalty.words}（{one.penalty.measure}）") for one in rows])
        self.offer_lines("lines", "like", self.case.body)

    def clean(self) -> dict[str, Any]:
        """Put the keys of the chosen lines into `lines`; None takes those recommended."""
        given = super().clean() or {}
        given["lines"] = self.chosen_lines("lines", "like", self.case.body) or None
        return given


class ConfirmForm(forms.Form):
    """What text of the law an administrator compared."""

    entry = forms.CharField(widget=forms.HiddenInput)
    text_seen = forms.CharField(
        label=_("Text of the law that was compared"), max_length=300, help_text=_("Title, article, where it stands.")
    )


class TakeBackForm(forms.Form):
    """Why a confirmation is taken back."""

    why = forms.CharField(label=_("Why"), max_length=300)
