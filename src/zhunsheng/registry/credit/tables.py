"""The lists of events and of open obligations."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing
from zhunsheng.registry.credit import law_book
from zhunsheng.registry.credit.models import CreditEvent, Grade, Obligation
from zhunsheng.registry.credit.rules.telling import points
from zhunsheng.registry.credit.showing import MEANINGS, field_said

BODY = "{% load kit registry %}<a href=\"{% url 'credit:body' record.body.slug %}\">{{ record.body|local_name }}</a>"


def kind_words(book: Any, kind: str) -> str:
    """Return what a kind is called in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    found = law_book.words(book).get(kind)
    return found[language] if found else kind


class EventTable(listing.Table):
    """Events, newest first."""

    on = tables.DateColumn("Y-m-d", verbose_name=_("Day"), attrs={"td": {"class": "date"}})
    body = tables.TemplateColumn(BODY, verbose_name=_("Body"), accessor="body__name")
    kind = tables.Column(_("Kind of event"))
    words = tables.Column(_("What was established"), orderable=False)
    source = tables.Column(_("Source"))
    reference = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Decision or file number"))
    law = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Rule and version"), orderable=False)

    class Meta(listing.Table.Meta):
        model = CreditEvent
        fields = ("on", "body", "kind", "words", "source", "reference", "law")
        empty_text = _("No event is to be seen here.")

    def render_kind(self, record: CreditEvent) -> str:
        """Show the kind as a badge of its meaning; withdrawn events say so."""
        meaning = "neutral" if record.withdrawn_at else law_book.event(record.kind, record.on).values["meaning"]
        text = kind_words(law_book.events(), record.kind)
        words = _("Withdrawn: %(why)s") % {"why": record.withdrawn_why} if record.withdrawn_at else ""
        return render_to_string("credit/_kind.html", {"meaning": meaning, "text": text, "words": words})

    def value_kind(self, record: CreditEvent) -> str:
        """Return the kind in words for an export."""
        return kind_words(law_book.events(), record.kind)

    def value_body(self, record: CreditEvent) -> str:
        """Return the body's name for an export."""
        return record.body.name

    def value_reference(self, record: CreditEvent) -> str:
        """Return the number for an export."""
        return record.reference

    def value_law(self, record: CreditEvent) -> str:
        """Return rule and version for an export."""
        return record.law


class ObligationTable(listing.Table):
    """Open obligations, the first due first."""

    due_on = tables.DateColumn("Y-m-d", verbose_name=_("To be done by"), attrs={"td": {"class": "date"}})
    body = tables.TemplateColumn(BODY, verbose_name=_("Body"), accessor="body__name")
    kind = tables.Column(_("Kind of obligation"))
    words = tables.Column(_("What is to be done"), orderable=False)
    reference = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Decision or file number"))

    class Meta(listing.Table.Meta):
        model = Obligation
        fields = ("due_on", "body", "kind", "words", "reference")
        empty_text = _("Nothing is open.")

    def render_kind(self, value: str) -> str:
        """Show the kind in words."""
        return kind_words(law_book.obligations(), value)

    def value_body(self, record: Obligation) -> str:
        """Return the body's name for an export."""
        return record.body.name

    def value_reference(self, record: Obligation) -> str:
        """Return the number for an export."""
        return record.reference


GRADED_BODY = (
    "{% load kit registry %}<a href=\"{% url 'credit:grade' record.body.slug %}\">{{ record.body|local_name }}</a>"
)


class GradeTable(listing.Table):
    """The present grades, the lowest score first."""

    body = tables.TemplateColumn(GRADED_BODY, verbose_name=_("Body"), accessor="body__name")
    grade = tables.Column(_("Grade"))
    score = listing.NumberColumn(_("Score"))
    field = tables.Column(_("Field of testing"))
    city = tables.Column(_("Place"), accessor="body__division__name")
    since = tables.DateColumn("Y-m-d", verbose_name=_("In force from"), attrs={"td": {"class": "date"}})
    before = tables.Column(_("Grade before"))
    origin = tables.Column(_("Origin"))
    reason = tables.Column(_("Reason"), orderable=False)

    class Meta(listing.Table.Meta):
        model = Grade
        fields = ("body", "grade", "score", "field", "city", "since", "before", "origin", "reason")
        empty_text = _("No body in sight has a grade yet: compute the grades first.")

    def render_grade(self, record: Grade) -> str:
        """Show the grade as a badge."""
        meaning = MEANINGS[record.grade]
        return render_to_string("credit/_kind.html", {"meaning": meaning, "text": record.get_grade_display()})

    def value_grade(self, record: Grade) -> str:
        """Return the letter for an export."""
        return record.grade

    def render_score(self, value: int) -> str:
        """Show tenths as points."""
        return points(value)

    def value_score(self, value: int) -> float:
        """Return the points for an export."""
        return value / 10

    def render_field(self, value: str) -> str:
        """Show the field in words."""
        return field_said(value, timezone.localdate())

    def value_body(self, record: Grade) -> str:
        """Return the body's name for an export."""
        return record.body.name


class MovementTable(listing.Table):
    """Grades that moved, newest first."""

    since = tables.DateColumn("Y-m-d", verbose_name=_("In force from"), attrs={"td": {"class": "date"}})
    body = tables.TemplateColumn(GRADED_BODY, verbose_name=_("Body"), accessor="body__name")
    before = tables.Column(_("Grade before"))
    grade = tables.Column(_("Grade"))
    reason = tables.Column(_("Reason"), orderable=False)

    class Meta(listing.Table.Meta):
        model = Grade
        fields = ("since", "body", "before", "grade", "reason")
        empty_text = _("No grade moved.")

    def render_grade(self, record: Grade) -> str:
        """Show the grade as a badge."""
        meaning = MEANINGS[record.grade]
        return render_to_string("credit/_kind.html", {"meaning": meaning, "text": record.get_grade_display()})

    def value_grade(self, record: Grade) -> str:
        """Return the letter for an export."""
        return record.grade

    def value_body(self, record: Grade) -> str:
        """Return the body's name for an export."""
        return record.body.name
