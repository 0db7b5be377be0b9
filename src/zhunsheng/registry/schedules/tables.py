"""The lists of schedules, their lines, open questions, decisions and the health of bodies."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform import listing
from zhunsheng.registry.schedules import wording
from zhunsheng.registry.schedules.models import Decision, Question, Schedule, ScheduleLine


class ScheduleTable(listing.Table):
    """Schedules that were handed in."""

    name = tables.TemplateColumn('<a href="{% url "schedules:schedule" record.pk %}">{{ value }}</a>',
                                 verbose_name=_("File"))  # fmt: skip
    body = tables.Column(verbose_name=_("Body"), accessor="body__name")
    stage = tables.TemplateColumn(
        "{% load kit %}{% badge record.meaning record.get_stage_display %}", verbose_name=_("Stage")
    )
    lines_total = listing.NumberColumn(verbose_name=_("Schedule lines"))
    doubtful = listing.NumberColumn(verbose_name=_("In doubt"))
    problem_count = listing.NumberColumn(verbose_name=_("Rows refused"))
    received_at = listing.TimeColumn(verbose_name=_("Received"))

    class Meta(listing.Table.Meta):
        model = Schedule
        fields = ("name", "body", "stage", "lines_total", "doubtful", "problem_count", "received_at")
        empty_text = _("No schedule has been handed in yet.")

    def value_name(self, record: Schedule) -> str:
        """Return the plain name for an export."""
        return record.name

    def value_stage(self, record: Schedule) -> str:
        """Return the stage in words for an export."""
        return str(record.get_stage_display())


class LineTable(listing.Table):
    """The lines of a schedule with how sure each is, and why."""

    row = listing.NumberColumn(verbose_name=_("Row"))
    object_text = tables.Column(verbose_name=_("Test object"))
    parameter_text = tables.Column(verbose_name=_("Parameter"))
    method_text = tables.Column(verbose_name=_("Method"))
    clause = tables.Column(verbose_name=_("Clause"))
    confidence = listing.NumberColumn(verbose_name=_("Confidence"))
    reasons = tables.Column(verbose_name=_("Why so"), orderable=False)
    doubts = tables.TemplateColumn(
        "{% load kit i18n %}{% if value %}{% translate 'In doubt' as words %}{% badge 'attention' words %}"
        "{% elif record.object_decision_id or record.parameter_decision_id or record.method_decision_id %}"
        "{% translate 'Decided by a person' as words %}{% badge 'good' words %}"
        "{% else %}{% translate 'Line clear' as words %}{% badge 'good' words %}{% endif %}",
        verbose_name=_("State"),
    )

    class Meta(listing.Table.Meta):
        model = ScheduleLine
        fields = (
            "row", "object_text", "parameter_text", "method_text", "clause", "confidence", "doubts", "reasons",
        )  # fmt: skip
        empty_text = _("No line yet.")

    def render_reasons(self, value: Any) -> str:
        """Return why, in words."""
        return wording.reason_words(value)

    def value_reasons(self, value: Any) -> str:
        """Return why, in words, for an export."""
        return wording.reason_words(value)

    def value_doubts(self, value: int) -> int:
        """Return the number of open questions for an export."""
        return value


class QuestionTable(listing.Table):
    """Open questions."""

    text = tables.TemplateColumn(
        '<a href="{% url "schedules:question" record.pk %}">{{ value }}</a>', verbose_name=_("Printed text")
    )
    kind = tables.Column(verbose_name=_("About"))
    context_text = tables.Column(verbose_name=_("In context"))
    reasons = tables.Column(verbose_name=_("Why in doubt"), orderable=False)
    asked = listing.NumberColumn(verbose_name=_("Lines that one answer settles"))

    class Meta(listing.Table.Meta):
        model = Question
        fields = ("text", "kind", "context_text", "asked", "reasons")
        empty_text = _("Nothing is in doubt.")

    def render_reasons(self, value: Any) -> str:
        """Return why, in words."""
        return wording.reason_words(value)

    def value_reasons(self, value: Any) -> str:
        """Return why, in words, for an export."""
        return wording.reason_words(value)

    def value_text(self, value: str) -> str:
        """Return the plain text for an export."""
        return value


class DecisionTable(listing.Table):
    """Decisions, those undone too."""

    question = tables.TemplateColumn(
        '<a href="{% url "schedules:decision" record.pk %}">{{ record.question.text }}</a>',
        verbose_name=_("Printed text"), order_by=("question__text",),
    )  # fmt: skip
    target_text = tables.Column(verbose_name=_("Decided as"), empty_values=(), orderable=False)
    body = tables.Column(verbose_name=_("Holds for"), accessor="body__name", default=_("all bodies"))
    by = tables.Column(verbose_name=_("Decided by"), orderable=False, default="—")
    at = listing.TimeColumn(verbose_name=_("Decided"))
    why = tables.Column(verbose_name=_("Reason"))
    undone_at = listing.TimeColumn(verbose_name=_("Undone"))

    class Meta(listing.Table.Meta):
        model = Decision
        fields = ("question", "target_text", "body", "by", "at", "why", "undone_at")
        empty_text = _("No decision yet.")

    def render_target_text(self, record: Decision) -> Any:
        """Return the entry's name, or that the text stays."""
        return record.target_text or _("stays as printed")

    def value_question(self, record: Decision) -> str:
        """Return the plain text for an export."""
        return record.question.text


class HealthTable(listing.Table):
    """Bodies with the health of their scope; the numbers of a page are read in two queries."""

    name = tables.TemplateColumn(
        '{% load kit %}<a href="{% url "schedules:body-health" record.slug %}">{{ record|local_name }}</a>',
        verbose_name=_("Body"),
    )
    lines = listing.NumberColumn(
        verbose_name=pgettext_lazy("how many", "Scope lines"), empty_values=(), orderable=False
    )
    outdated = listing.NumberColumn(
        verbose_name=_("Outdated standards"), empty_values=(), order_by=("-has_outdated", "name")
    )
    undated = listing.NumberColumn(verbose_name=_("Years missing"), empty_values=(), orderable=False)
    unknown = listing.NumberColumn(verbose_name=_("Not in the catalogue"), empty_values=(), orderable=False)
    valid_to = tables.Column(verbose_name=_("Certificate until"), empty_values=(), orderable=False)

    class Meta(listing.Table.Meta):
        fields = ("name", "lines", "outdated", "undated", "unknown", "valid_to")
        empty_text = _("No body holds a scope.")

    def __init__(self, *args: Any, numbers: Any, **kwargs: Any) -> None:
        """Take a function that gives the numbers of some bodies."""
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # django-tables2 has no types
        self._numbers_of = numbers
        self._held: dict[int, dict[str, Any]] = {}

    def value_name(self, record: Any) -> str:
        """Return the plain name for an export."""
        return str(record.name)

    def _number(self, record: Any, key: str) -> Any:
        if record.pk not in self._held:
            page = getattr(self, "page", None)
            shown = [row.pk for row in page.object_list.data] if page is not None else []
            wanted = shown if record.pk in shown else [record.pk]
            self._held |= {pk: {} for pk in wanted} | self._numbers_of(wanted)
        return self._held[record.pk].get(key, 0 if key != "valid_to" else "—") or ("—" if key == "valid_to" else 0)

    def render_lines(self, record: Any) -> Any:
        """Return how many lines hold."""
        return self._number(record, "lines")

    def render_outdated(self, record: Any) -> Any:
        """Return how many of them are by an outdated standard."""
        return self._number(record, "outdated")

    def render_undated(self, record: Any) -> Any:
        """Return how many have no year."""
        return self._number(record, "undated")

    def render_unknown(self, record: Any) -> Any:
        """Return how many name what the catalogue doesn't know."""
        return self._number(record, "unknown")

    def render_valid_to(self, record: Any) -> Any:
        """Return the certificate's last day."""
        return str(self._number(record, "valid_to"))
