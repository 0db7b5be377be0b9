"""The filter of the queue, and the forms of a decision."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.foundation.identifiers import IdentifierError, parse_uscc
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.matching import lifecycle
from zhunsheng.registry.matching.models import Mention, Producer, State, Target

_SURE = [("likely", _("Very likely")), ("possible", _("Possible")), ("none", _("Nothing alike"))]


class MentionFilter(FilterSet):
    """Filters of the queue: words, state, kind, how sure."""

    q = django_filters.CharFilter(field_name="text", lookup_expr="icontains", label=_("Name as written"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("State"), empty_label=_("All"))
    target = django_filters.ChoiceFilter(choices=Target.choices, label=_("Means"), empty_label=_("All"))
    sure = django_filters.ChoiceFilter(
        choices=_SURE, method="by_sureness", label=_("Best suggestion"), empty_label=_("All")
    )

    class Meta:
        model = Mention
        fields = ("q", "state", "target", "sure")

    def by_sureness(self, found: QuerySet[Mention], _name: str, how: str) -> QuerySet[Mention]:
        """Keep mentions with a suggestion of this kind."""
        if how == "none":
            return found.filter(best__isnull=True)
        return found.filter(best__isnull=False, likely=how == "likely")


class ProducerFilter(FilterSet):
    """Filters of the producers."""

    q = django_filters.CharFilter(method="by_words", label=_("Name or number"))

    class Meta:
        model = Producer
        fields = ("q",)

    def by_words(self, found: QuerySet[Producer], _name: str, words: str) -> QuerySet[Producer]:
        """Keep producers with these words in the name, or this credit code."""
        return found.filter(Q(name__icontains=words.strip()) | Q(uscc=words.strip().upper()))


class DecisionForm(forms.Form):
    """Which of the candidates it is, or none, or a new one; and why."""

    choice = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    other = forms.CharField(
        label=_("Another one"),
        required=False,
        max_length=120,
        help_text=_("Identifier, certificate number or credit code; only for the choice “another one”."),
    )
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))

    def __init__(self, mention: Mention, choices: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mention = mention
        field: Any = self.fields["choice"]
        ends: list[tuple[str, Any]] = [("other", _("Another one, named below"))]
        if mention.target == Target.PRODUCER:
            ends.append((lifecycle.NEW, _("A new producer: enter it")))
        ends.append((lifecycle.REJECT, _("None of the register, and nobody to enter")))
        field.choices = [*choices, *ends]

    def clean(self) -> dict[str, Any]:
        """Turn the choice into an act and a target."""
        given = super().clean() or {}
        choice = given.get("choice", "")
        given["act"], given["target_id"] = (choice, None) if choice in lifecycle.ACTS else (lifecycle.ACCEPT, None)
        if choice == "other":
            given["target_id"] = self._named(given.get("other", "").strip())
        elif choice.isdigit():
            given["target_id"] = int(choice)
        return given

    def _named(self, text: str) -> int | None:
        rows: QuerySet[Any]
        try:
            code = str(parse_uscc(text))
        except IdentifierError:
            code = "-"
        if self.mention.target == Target.BODY:
            rows = Body.objects.filter(Q(slug=text) | Q(uscc=code) | Q(accreditations__number=text)).distinct()
        else:
            rows = Producer.objects.filter(Q(uscc=code) | Q(name=text))
        found = list(rows.values_list("pk", flat=True)[:2]) if text else []
        if len(found) != 1:
            self.add_error("other", _("The register has nobody, or more than one, of this name or number."))
            return None
        return int(found[0])


class UndoForm(forms.Form):
    """Why a decision is taken back."""

    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))
