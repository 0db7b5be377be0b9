"""Filters of a case's records and files, of published decisions and of recommendations."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.oversight.enforcement import wording
from zhunsheng.oversight.enforcement.lifecycle import EvidenceKind, QualificationState
from zhunsheng.oversight.enforcement.models import CaseEvent, CaseFile, Decision, QualificationMatter, SevereEntry


class EventFilter(FilterSet):
    """Records by kind."""

    kind = django_filters.ChoiceFilter(choices=list(wording.EVENTS.items()), label=_("Kind"), empty_label=_("All"))

    class Meta:
        model = CaseEvent
        fields = ("kind",)


class FileFilter(FilterSet):
    """Files by kind."""

    kind = django_filters.ChoiceFilter(choices=EvidenceKind.choices, label=_("Kind"), empty_label=_("All"))

    class Meta:
        model = CaseFile
        fields = ("kind",)


class PublishedFilter(FilterSet):
    """Published decisions by party or number."""

    q = django_filters.CharFilter(method="by_words", label=_("Number, title or name"))

    class Meta:
        model = Decision
        fields = ("q",)

    def by_words(self, found: QuerySet[Decision], _name: str, text: str) -> QuerySet[Decision]:
        """Keep what the search finds."""
        wanted: Any = text.strip()
        return found.filter(Q(number__icontains=wanted) | Q(case__subject__icontains=wanted))


class QualificationFilter(FilterSet):
    """Recommendations by how they stand."""

    state = django_filters.ChoiceFilter(choices=QualificationState.choices, label=_("State"), empty_label=_("All"))

    class Meta:
        model = QualificationMatter
        fields = ("state",)


class SevereFilter(FilterSet):
    """Entries of the severe list by party."""

    q = django_filters.CharFilter(field_name="subject", lookup_expr="icontains", label=_("Party"))

    class Meta:
        model = SevereEntry
        fields = ("q",)
