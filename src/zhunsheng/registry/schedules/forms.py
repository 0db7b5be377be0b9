"""Handing a schedule in, checking one, answering a doubt, undoing, entering."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filterset import FilterSet

from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.selectors import named
from zhunsheng.registry.schedules.models import Kind, Schedule, Stage


class FileForm(forms.Form):
    """A schedule's file."""

    file = forms.FileField(
        label=_("Schedule"),
        help_text=_("XLSX or CSV with the columns of the official form; merged cells and page headers may stay."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse files over the limit of this installation."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = settings.ZHUNSHENG_LIMITS["file_bytes"]
        if (given.size or 0) > limit:
            raise forms.ValidationError(_("The file is larger than %(limit)s bytes.") % {"limit": limit})
        return given


class HandInForm(FileForm):
    """A schedule for a body."""

    body = forms.CharField(
        label=_("Body"), max_length=120, help_text=_("Identifier, credit code or certificate number.")
    )
    field_order = ("body", "file")


class EnterForm(forms.Form):
    """How a read schedule is entered."""

    whole = forms.ChoiceField(
        label=_("What to enter"),
        choices=[("1", _("The whole file, or nothing")), ("", _("The good lines only"))],
        required=False,
        widget=forms.RadioSelect,
        initial="1",
    )
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))


class AnswerForm(forms.Form):
    """The answer to a doubt: an offered entry, another one by code or name, or "stays as printed"."""

    answer = forms.ChoiceField(label=_("It means"), widget=forms.RadioSelect)
    other = forms.CharField(
        label=_("Code or name in the catalogue"),
        max_length=200,
        required=False,
        help_text=_("Only for “another entry”."),
    )
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))

    def __init__(
        self, *args: Any, options: list[tuple[int, str, str, float]], person: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        printed, another = _("None: it stays as printed"), _("Another entry")
        if person:
            printed, another = _("None: somebody whom the register lacks"), _("Another person of the body")
            self.fields["other"].label = _("Staff code or name")
            self.fields["other"].help_text = _("Only for “another person”.")
        choices = [(f"={pk}", f"{name} ({code}) · {likely:.0%}") for pk, code, name, likely in options]
        choices += [("printed", str(printed)), ("other", str(another))]
        answer = self.fields["answer"]
        if isinstance(answer, forms.ChoiceField):
            answer.choices = choices
            answer.initial = choices[0][0]
            answer.widget.attrs["autofocus"] = True

    def wanted(self) -> str:
        """Return the answer as the service takes it."""
        chosen = str(self.cleaned_data["answer"])
        return {"printed": "", "other": str(self.cleaned_data["other"]) or " ?"}.get(chosen, chosen)


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))


class ScheduleFilter(FilterSet):
    """Filters of the list of schedules."""

    q = django_filters.CharFilter(method="by_words", label=_("Body or file"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))

    class Meta:
        model = Schedule
        fields = ("q", "stage")

    def by_words(self, found: QuerySet[Schedule], _name: str, words: str) -> QuerySet[Schedule]:
        """Keep schedules of a body with these words in a name or number, or with them in the file's name."""
        bodies = Body.objects.filter(named(words))
        return found.filter(body__in=bodies) | found.filter(name__icontains=words)


class QuestionFilter(FilterSet):
    """Filters of the open questions."""

    q = django_filters.CharFilter(field_name="text", lookup_expr="icontains", label=_("Printed text"))
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("About"), empty_label=_("All"))


class DecisionFilter(FilterSet):
    """Filters of the decisions."""

    q = django_filters.CharFilter(field_name="question__text", lookup_expr="icontains", label=_("Printed text"))
    kind = django_filters.ChoiceFilter(
        field_name="question__kind", choices=Kind.choices, label=_("About"), empty_label=_("All")
    )


YES_NO = forms.Select(
    choices=[("", _("All")), ("true", pgettext_lazy("filter", "Yes")), ("false", pgettext_lazy("filter", "No"))]
)


class HealthFilter(FilterSet):
    """Filters of the bodies' health."""

    q = django_filters.CharFilter(method="by_words", label=_("Name or number"))
    outdated = django_filters.BooleanFilter(
        field_name="has_outdated", label=_("With outdated standards"), widget=YES_NO
    )

    class Meta:
        model = Body
        fields = ("q", "outdated")

    def by_words(self, found: QuerySet[Body], _name: str, words: str) -> QuerySet[Body]:
        """Keep bodies with these words in a name, or with this number."""
        return found.filter(named(words))
