"""The lists of events and of open obligations."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge
from zhunsheng.registry.credit import law_book
from zhunsheng.registry.credit.lifecycle import Stage
from zhunsheng.registry.credit.models import CreditEvent, Grade, Obligation, PersonEvent, Petition
from zhunsheng.registry.credit.rules.telling import points
from zhunsheng.registry.credit.showing import MEANINGS, field_said, grade_reason, reason, source_words

STAGES = {"filed": "waiting", "granted": "good", "refused": "bad", "taken_back": "neutral"}
BODY = "{% load kit registry %}<a href=\"{% url 'credit:body' record.body.slug %}\">{{ record.body|local_name }}</a>"


def kind_words(book: Any, kind: str) -> str:
    """Return what a kind is called in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    found = law_book.words(book).get(kind)
    return found[language] if found else kind


class EventTable(listing.Table):
    """Events, newest first."""

    on = listing.DayColumn(verbose_name=_("Day"))
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
        over = record.withdrawn_at or record.repaired_at
        meaning = "neutral" if over else law_book.event(record.kind, record.on).values["meaning"]
        text = kind_words(law_book.events(), record.kind)
        words = _("Withdrawn: %(why)s") % {"why": record.withdrawn_why} if record.withdrawn_at else ""
        if record.repaired_at:
            words = _("Repaired: %(why)s") % {"why": record.repaired_why}
        return render_to_string("credit/_kind.html", {"meaning": meaning, "text": text, "words": words})

    def value_kind(self, record: CreditEvent) -> str:
        """Return the kind in words for an export."""
        return kind_words(law_book.events(), record.kind)

    def render_source(self, value: str) -> str:
        """Show rooms of this system in words, offices by their name; files have the same."""
        return source_words(value)

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

    due_on = listing.DayColumn(verbose_name=_("To be done by"))
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
    city = tables.Column(_("Place"), accessor="body__division__local_name", order_by=("body__division__name",))
    since = listing.DayColumn(verbose_name=_("In force from"))
    before = tables.Column(_("Grade before"))
    origin = tables.Column(_("Origin"))
    words = tables.Column(_("Reason"), orderable=False)

    class Meta(listing.Table.Meta):
        model = Grade
        fields = ("body", "grade", "score", "field", "city", "since", "before", "origin", "words")
        empty_text = _("No body in sight has a grade yet: compute the grades first.")

    def render_grade(self, record: Grade) -> str:
        """Show the grade as a badge."""
        meaning = MEANINGS[record.grade]
        return badge(meaning, record.get_grade_display())

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

    def render_words(self, record: Grade, value: str) -> str:
        """Show the reason of the newest computing in the reader's language; files keep the sealed words."""
        newest = record.body.newest_scorings  # type: ignore[attr-defined]  # the selector fetches it
        return reason(newest[0]) if newest else value

    def value_words(self, value: str) -> str:
        """Return the sealed words for an export."""
        return value

    def value_body(self, record: Grade) -> str:
        """Return the body's name for an export."""
        return record.body.name


class PetitionTable(listing.Table):
    """Objections and repairs, those that wait first."""

    request: Any  # the list page puts it there

    number = tables.TemplateColumn(
        "<a href=\"{% url 'credit:request' record.number %}\"><code>{{ record.number }}</code></a>",
        verbose_name=pgettext_lazy("column", "Number"),
    )
    sort = tables.Column(_("Kind of request"))
    body = tables.TemplateColumn(GRADED_BODY, verbose_name=_("Body"), accessor="body__name")
    event = tables.Column(_("Credit event"), accessor="event__kind", orderable=False)
    stage = tables.Column(_("Stage"))
    filed_at = listing.TimeColumn(verbose_name=_("Filed at"))
    due_on = listing.DayColumn(verbose_name=_("To be decided by"))

    class Meta(listing.Table.Meta):
        model = Petition
        fields = ("number", "sort", "body", "event", "stage", "filed_at", "due_on")
        empty_text = _("Nobody has objected or asked for a repair.")

    def render_event(self, value: str) -> str:
        """Show the kind of the event in words."""
        return kind_words(law_book.events(), value)

    def render_stage(self, record: Petition) -> str:
        """Show the stage as a badge; one past its day says so, and one about an event that the reader recorded."""
        filed = record.stage == Stage.FILED
        late = filed and record.due_on is not None and record.due_on < timezone.localdate()
        words = [_("Overdue")] if late else []
        if filed and self.request.user.pk in (record.event.recorded_by_id, record.event.decided_by_id):
            words.append(_("You recorded this event, or took the decision behind it: another officer decides."))
        given = {
            "meaning": STAGES[record.stage],
            "text": record.get_stage_display(),
            "words": " · ".join(str(one) for one in words),
        }
        return render_to_string("credit/_kind.html", given)

    def value_number(self, record: Petition) -> str:
        """Return the number for an export."""
        return record.number

    def value_body(self, record: Petition) -> str:
        """Return the body's name for an export."""
        return record.body.name

    def value_stage(self, record: Petition) -> str:
        """Return the stage in words for an export."""
        return str(record.get_stage_display())


HOUSE = (
    "{% load i18n kit %}{% if record.person %}{{ record.person.body|local_name }}"
    '{% else %}{% translate "Assessors and experts" %}{% endif %}'
)


class PersonEventTable(listing.Table):
    """Integrity events of practitioners, newest first."""

    on = listing.DayColumn(verbose_name=_("Day"))
    who = tables.TemplateColumn(
        "{% if record.person_id %}<a href=\"{% url 'credit:person' record.person_id %}\">{{ record.person.name }}</a>"
        "{% else %}<a href=\"{% url 'credit:expert' record.expert_id %}\">{{ record.expert.name }}</a>{% endif %}",
        verbose_name=_("Practitioner"), orderable=False, empty_values=(),
    )  # fmt: skip
    house = tables.TemplateColumn(HOUSE, verbose_name=_("Body"), empty_values=(), orderable=False)
    kind = tables.Column(_("Kind of event"))
    words = tables.Column(_("What was established"), orderable=False)
    source = tables.Column(_("Source"))
    reference = tables.Column(_("Decision or file number"))

    class Meta(listing.Table.Meta):
        model = PersonEvent
        fields = ("on", "who", "house", "kind", "words", "source", "reference")
        empty_text = _("Nothing is recorded about practitioners of your place.")

    def render_kind(self, record: PersonEvent) -> str:
        """Show the kind as a badge of its meaning; withdrawn events say so."""
        text = kind_words(law_book.person_events(), record.kind)
        meaning = "neutral" if record.withdrawn_at else law_book.person_event(record.kind, record.on).values["meaning"]
        words = _("Withdrawn: %(why)s") % {"why": record.withdrawn_why} if record.withdrawn_at else ""
        return render_to_string("credit/_kind.html", {"meaning": meaning, "text": text, "words": words})

    def value_kind(self, record: PersonEvent) -> str:
        """Return the kind in words for an export."""
        return kind_words(law_book.person_events(), record.kind)

    def render_source(self, value: str) -> str:
        """Show rooms of this system in words, offices by their name; files have the same."""
        return source_words(value)

    def value_house(self, record: PersonEvent) -> str:
        """Export the registered name of the body that a person works for; experts are of their register."""
        return record.person.body.name if record.person else str(_("Assessors and experts"))

    def value_who(self, record: PersonEvent) -> str:
        """Return the name for an export."""
        who = record.person or record.expert
        return who.name if who else ""


class MovementTable(listing.Table):
    """Grades that moved, newest first."""

    since = listing.DayColumn(verbose_name=_("In force from"))
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
        return badge(meaning, record.get_grade_display())

    def value_grade(self, record: Grade) -> str:
        """Return the letter for an export."""
        return record.grade

    def render_reason(self, record: Grade) -> str:
        """Show the reason: a computing's in the reader's language, else the words of who entered it."""
        return grade_reason(record)

    def value_reason(self, value: str) -> str:
        """Return the stored words for an export."""
        return value

    def value_body(self, record: Grade) -> str:
        """Return the body's name for an export."""
        return record.body.name
