"""The filters of the catalogue's lists, and the form that takes a list of standard numbers."""

import tempfile
from pathlib import Path
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.foundation.identifiers import IdentifierError, parse_standard
from zhunsheng.registry.catalogue import selectors
from zhunsheng.registry.catalogue.importing.sheets import rows_of
from zhunsheng.registry.catalogue.models import (
    EditionStatus,
    Limit,
    Method,
    Parameter,
    StandardEdition,
    TestObject,
)

_LONGEST_LIST = 400_000


class EditionFilter(FilterSet):
    """Filters of the list of editions: words and status."""

    q = django_filters.CharFilter(method="by_words", label=_("Number or title"))
    status = django_filters.ChoiceFilter(
        field_name="standing_on", choices=EditionStatus.choices, label=_("Status"), empty_label=_("All")
    )

    class Meta:
        model = StandardEdition
        fields = ("q", "status")

    def by_words(self, found: QuerySet[StandardEdition], _name: str, words: str) -> QuerySet[StandardEdition]:
        """Keep editions with these words in number or title."""
        return found.filter(pk__in=selectors.editions(words=words.strip()).values("pk"))


class ParameterFilter(FilterSet):
    """Filter of the list of parameters: words."""

    q = django_filters.CharFilter(method="by_words", label=_("Name, synonym, code or CAS number"))

    class Meta:
        model = Parameter
        fields = ("q",)

    def by_words(self, found: QuerySet[Parameter], _name: str, words: str) -> QuerySet[Parameter]:
        """Keep parameters with this code, CAS number or any such name."""
        return found.filter(pk__in=selectors.parameters(words=words.strip()).values("pk"))


class MethodFilter(FilterSet):
    """Filter of the list of methods: words."""

    q = django_filters.CharFilter(method="by_words", label=_("Standard, technique or parameter"))

    class Meta:
        model = Method
        fields = ("q",)

    def by_words(self, found: QuerySet[Method], _name: str, words: str) -> QuerySet[Method]:
        """Keep methods with these words in standard or technique, or that determine such a parameter."""
        return found.filter(pk__in=selectors.methods(words=words.strip()).order_by().values("pk"))


class ObjectFilter(FilterSet):
    """Filter of the list of test objects: words."""

    q = django_filters.CharFilter(method="by_words", label=_("Name, synonym or code"))

    class Meta:
        model = TestObject
        fields = ("q",)

    def by_words(self, found: QuerySet[TestObject], _name: str, words: str) -> QuerySet[TestObject]:
        """Keep objects with this code or any such name."""
        return found.filter(pk__in=selectors.objects_to_test(words=words.strip()).values("pk"))


class LimitFilter(FilterSet):
    """Filters of the list of limits: standard, object, parameter, day."""

    standard = django_filters.CharFilter(field_name="edition__code", lookup_expr="icontains", label=_("Standard"))
    object = django_filters.CharFilter(method="by_object", label=_("Test object"))
    parameter = django_filters.CharFilter(method="by_parameter", label=_("Parameter"))
    on = django_filters.DateFilter(
        method="by_day", label=_("Holds on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Limit
        fields = ("standard", "object", "parameter", "on")

    def by_object(self, found: QuerySet[Limit], _name: str, words: str) -> QuerySet[Limit]:
        """Keep limits of objects with such a name, and those for whatever object."""
        return found.filter(object__in=selectors.objects_to_test(words=words.strip()))

    def by_parameter(self, found: QuerySet[Limit], _name: str, words: str) -> QuerySet[Limit]:
        """Keep limits of parameters with such a name."""
        return found.filter(parameter__in=selectors.parameters(words=words.strip()))

    def by_day(self, found: QuerySet[Limit], _name: str, day: Any) -> QuerySet[Limit]:
        """Keep limits that hold on a day."""
        return found.filter(pk__in=selectors.limits(on=day).order_by().values("pk"))


class NumbersForm(forms.Form):
    """A list of standard numbers, pasted or in a table, and the day that the question is about."""

    numbers = forms.CharField(
        label=_("Standard numbers"),
        help_text=_("One per line, or separated by semicolons; titles after the number do no harm."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        required=False,
        max_length=_LONGEST_LIST,
    )
    file = forms.FileField(
        label=_("Or a table"),
        help_text=_("CSV, XLSX, XLS or ODS; in each line the first cell that is a standard number counts."),
        required=False,
    )
    on = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """Demand a list, pasted or uploaded."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("numbers", "").strip() and not given.get("file"):
            raise forms.ValidationError(_("Paste standard numbers or choose a table."))
        return given

    def numbers_given(self) -> list[str]:
        """Return the numbers pasted and those of the table, each once. Raises: UnreadableTable."""
        found = selectors.numbers_in(self.cleaned_data["numbers"])
        upload = self.cleaned_data.get("file")
        if upload is not None:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / ("table" + Path(upload.name).suffix.lower())
                with path.open("wb") as file:
                    file.writelines(upload.chunks())
                found += _numbers_of_table(path)
        return list(dict.fromkeys(found))


def _numbers_of_table(path: Path) -> list[str]:
    found = []
    for _line, cells in rows_of(path):
        number = next((cell for cell in cells if _is_number(cell)), None)
        if number is not None:
            found.append(number)
    return found


def _is_number(cell: str) -> bool:
    try:
        parse_standard(cell)
    except IdentifierError:
        return False
    return True
