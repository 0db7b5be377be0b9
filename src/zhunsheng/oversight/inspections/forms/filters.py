"""Filters of the lists."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.oversight.inspections.lifecycle import OPEN_TASKS, Arm, PlanKind, PlanStage, TaskStage
from zhunsheng.oversight.inspections.models import Inspector, Plan, Task


class PlanFilter(FilterSet):
    """Filters of the plans: words, kind, stage."""

    q = django_filters.CharFilter(method="by_words", label=_("Number or title"))
    kind = django_filters.ChoiceFilter(choices=PlanKind.choices, label=_("Kind of plan"), empty_label=_("All"))
    stage = django_filters.ChoiceFilter(choices=PlanStage.choices, label=_("Stage"), empty_label=_("All"))

    class Meta:
        model = Plan
        fields = ("q", "kind", "stage")

    def by_words(self, found: QuerySet[Plan], _name: str, words: str) -> QuerySet[Plan]:
        """Keep plans with this number or these words in the title."""
        return found.filter(Q(number__iexact=words.strip()) | Q(title__icontains=words.strip()))


class TaskFilter(FilterSet):
    """Filters of the tasks: words, stage, arm, overdue, plan."""

    q = django_filters.CharFilter(method="by_words", label=_("Number or body"))
    stage = django_filters.ChoiceFilter(choices=TaskStage.choices, label=_("Stage"), empty_label=_("All"))
    arm = django_filters.ChoiceFilter(choices=Arm.choices, label=_("Arm"), empty_label=_("All"))
    due = django_filters.ChoiceFilter(
        method="by_due", choices=[("overdue", _("Overdue"))], label=_("Time"), empty_label=_("All")
    )
    plan = django_filters.CharFilter(field_name="plan__number", label=_("Number of the plan"))

    class Meta:
        model = Task
        fields = ("q", "stage", "arm", "due", "plan")

    def by_words(self, found: QuerySet[Task], _name: str, words: str) -> QuerySet[Task]:
        """Keep tasks with this number, or of bodies whose name begins so or who have this identifier."""
        text = words.strip()
        return found.filter(Q(number__iexact=text) | Q(body__name__startswith=text) | Q(body__slug=text))

    def by_due(self, found: QuerySet[Task], _name: str, _value: Any) -> QuerySet[Task]:
        """Keep tasks whose last day has passed."""
        return found.filter(stage__in=OPEN_TASKS, last_day__lt=timezone.localdate())


class InspectorFilter(FilterSet):
    """Filters of the pool: words, whether somebody may lead, is in the pool."""

    q = django_filters.CharFilter(method="by_words", label=_("Number or name"))
    leads = django_filters.BooleanFilter(label=_("May lead"))
    active = django_filters.BooleanFilter(label=_("In the pool"))

    class Meta:
        model = Inspector
        fields = ("q", "leads", "active")

    def by_words(self, found: QuerySet[Inspector], _name: str, words: str) -> QuerySet[Inspector]:
        """Keep inspectors with this number or a name that begins so."""
        return found.filter(Q(code__iexact=words.strip()) | Q(name__startswith=words.strip()))


class ResultFilter(FilterSet):
    """Filters of the disclosed outcomes."""

    q = django_filters.CharFilter(method="by_words", label=_("Body"))

    class Meta:
        model = Task
        fields = ("q",)

    def by_words(self, found: QuerySet[Task], _name: str, words: str) -> QuerySet[Task]:
        """Keep outcomes of bodies whose name begins so or who have this identifier."""
        return found.filter(Q(body__name__startswith=words.strip()) | Q(body__slug=words.strip()))
