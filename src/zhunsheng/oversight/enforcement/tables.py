"""Cases, their records and files, published decisions and recommendations as lists."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.enforcement import wording
from zhunsheng.oversight.enforcement.models import Case, CaseEvent, CaseFile, Decision, QualificationMatter
from zhunsheng.oversight.enforcement.selectors import cases as selectors
from zhunsheng.oversight.leads.tables import SENTENCE, day_cell, in_words
from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge


def to_case(number: str) -> str:
    """Return a case's number as the way to it."""
    return format_html('<a href="{}"><code>{}</code></a>', reverse("enforcement:case", args=[number]), number)


class CaseTable(listing.Table):
    """The list of cases."""

    number = tables.Column(_("Case number"))
    title = tables.Column(pgettext_lazy("column", "Title"), orderable=False, attrs=SENTENCE)
    matter = tables.Column(_("Matter"), orderable=False)
    stage = tables.Column(_("Stage"), orderable=False)
    due = tables.Column(_("What falls due"), accessor="next_clock", empty_values=(), orderable=False)
    due_on = tables.Column(_("Falls due on"), accessor="next_due_on", empty_values=(), attrs=listing.DATE)
    investigator = tables.Column(_("Investigator in charge"), orderable=False)
    city = tables.Column(_("Division"), accessor="division__local_name", orderable=False)
    filed_at = tables.Column(_("Filed on"), attrs=listing.DATE)
    near = True

    class Meta(listing.Table.Meta):
        empty_text = _("No case is here.")

    def __init__(self, rows: Any, today: date) -> None:
        self.today = today
        super().__init__(rows)  # type: ignore[no-untyped-call]  # django-tables2 has no types

    def render_number(self, value: str) -> str:
        """Show the number as the way to the case."""
        return to_case(value)

    def value_number(self, value: str) -> str:
        """Export the plain number."""
        return value

    def render_matter(self, value: str) -> str:
        """Show the matter in words."""
        return in_words(value)

    def render_stage(self, record: Case) -> str:
        """Show the stage as a badge."""
        return badge(selectors.meaning_of(record.stage), record.get_stage_display())

    def value_stage(self, record: Case) -> str:
        """Export the stage in words."""
        return str(record.get_stage_display())

    def render_due_on(self, record: Case) -> str:
        """Show the day while it counts."""
        return day_cell(record.next_due_on, selectors.due_meaning(record, self.today))

    def value_due_on(self, record: Case) -> date | None:
        """Export the day."""
        return record.next_due_on

    def render_due(self, record: Case) -> str:
        """Show what falls due, and that the authority above was told."""
        words = str(wording.CLOCKS.get(record.next_clock, "—"))
        if record.escalated_at is None:
            return words
        return format_html("{} {}", words, badge("attention", pgettext_lazy("referral", "Escalated")))

    def value_due(self, record: Case) -> str:
        """Export it in words."""
        return str(wording.CLOCKS.get(record.next_clock, ""))

    def render_filed_at(self, record: Case) -> str:
        """Show the day."""
        return record.filed_on.isoformat()

    def value_filed_at(self, record: Case) -> date:
        """Export the day."""
        return record.filed_on


class EventTable(listing.Table):
    """Every record of a case."""

    at = tables.Column(_("At"), attrs=listing.DATE)
    kind = tables.Column(_("What happened"), orderable=False)
    words = tables.Column(_("In words"), orderable=False)
    by = tables.Column(_("By whom"), orderable=False)
    digest = tables.Column(_("Digest"), orderable=False)

    class Meta(listing.Table.Meta):
        empty_text = _("Nothing has happened yet.")

    def render_at(self, value: Any) -> str:
        """Show day and time."""
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")

    def value_at(self, value: Any) -> str:
        """Export day and time."""
        return timezone.localtime(value).isoformat()

    def render_kind(self, value: str) -> str:
        """Show the kind in words."""
        return str(wording.EVENTS.get(value, value))

    def render_digest(self, record: CaseEvent) -> str:
        """Show the digest's beginning, and whether it still fits."""
        fits = record.digest == record.computed()
        words = _("unchanged") if fits else _("changed")
        return format_html("<code>{}</code> {}", record.digest[:12], badge("good" if fits else "bad", words))

    def value_digest(self, record: CaseEvent) -> str:
        """Export the whole digest."""
        return record.digest


class FileTable(listing.Table):
    """Every file of a case."""

    number = listing.NumberColumn(_("No."))
    name = tables.Column(_("File name"), orderable=False)
    kind = tables.Column(_("Kind"), orderable=False)
    taken_on = tables.Column(_("Taken on"), attrs=listing.DATE)
    place = tables.Column(pgettext_lazy("enforcement", "Place"), orderable=False)
    source = tables.Column(_("Given by"), orderable=False)
    file_id = tables.Column(_("SHA-256"), orderable=False)

    class Meta(listing.Table.Meta):
        empty_text = _("This case has no file yet.")

    def render_name(self, record: CaseFile) -> str:
        """Show the name as the way to the file."""
        address = reverse("enforcement:file", args=[record.case.number, record.pk])
        return format_html('<a href="{}">{}</a>', address, record.name)

    def value_name(self, record: CaseFile) -> str:
        """Export the name."""
        return record.name

    def render_file_id(self, value: str) -> str:
        """Show the digest's beginning."""
        return format_html("<code>{}</code>", value[:12])

    def value_file_id(self, value: str) -> str:
        """Export the whole digest."""
        return value


class PublishedTable(listing.Table):
    """Decisions that everybody may read."""

    number = tables.Column(_("Number of the decision"), orderable=False)
    party = tables.Column(_("Party"), accessor="case__subject", orderable=False)
    title = tables.Column(_("Violation"), accessor="case__matter", orderable=False)
    authority = tables.Column(_("Authority"), accessor="case__authority__local_name", orderable=False)
    on = tables.Column(_("Decided on"), orderable=False, attrs=listing.DATE)
    published_until = tables.Column(_("Shown until"), orderable=False, attrs=listing.DATE)
    near = True

    class Meta(listing.Table.Meta):
        empty_text = _("No decision is published now.")

    def render_title(self, value: str) -> str:
        """Show the matter without the word of suspicion: it has been decided."""
        return in_words(value).removeprefix("涉嫌")

    def render_number(self, record: Decision) -> str:
        """Show the number as the way to the decision."""
        address = reverse("enforcement:published-one", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, record.number)

    def value_number(self, record: Decision) -> str:
        """Export the number."""
        return record.number


class SevereTable(listing.Table):
    """The list of severe offenders."""

    party = tables.Column(_("Party"), accessor="subject", orderable=False)
    decision = tables.Column(_("Number of the decision"), accessor="case__decision__number", orderable=False)
    words = tables.Column(_("Reasons"), orderable=False)
    authority = tables.Column(_("Authority"), accessor="case__authority__local_name", orderable=False)
    since = tables.Column(pgettext_lazy("list", "Listed since"), orderable=False, attrs=listing.DATE)
    until = tables.Column(pgettext_lazy("list", "Listed until"), orderable=False, attrs=listing.DATE)
    near = True

    class Meta(listing.Table.Meta):
        empty_text = _("Nobody stands on the severe list now.")

    def render_since(self, value: date) -> str:
        """Show the day."""
        return value.isoformat()

    def render_until(self, value: date) -> str:
        """Show the day."""
        return value.isoformat()


class QualificationTable(listing.Table):
    """Recommendations on qualifications."""

    case = tables.Column(_("Case number"), accessor="case__number", orderable=False)
    party = tables.Column(_("Party"), accessor="case__subject", orderable=False)
    words = tables.Column(_("Recommended"), accessor="penalty__words", orderable=False)
    basis = tables.Column(_("Basis"), accessor="penalty__basis", orderable=False)
    state = tables.Column(_("State"), orderable=False)
    recommended_at = tables.Column(_("Recommended at"), attrs=listing.DATE)
    near = True

    class Meta(listing.Table.Meta):
        empty_text = _("No recommendation is here.")

    def render_case(self, value: str) -> str:
        """Show the number as the way to the case."""
        return to_case(value)

    def value_case(self, value: str) -> str:
        """Export the number."""
        return value

    def render_state(self, record: QualificationMatter) -> str:
        """Show the state as a badge."""
        meaning = {"recommended": "attention", "taken": "good"}.get(record.state, "neutral")
        return badge(meaning, record.get_state_display())

    def value_state(self, record: QualificationMatter) -> str:
        """Export the state in words."""
        return str(record.get_state_display())

    def render_recommended_at(self, value: Any) -> str:
        """Show the day."""
        return timezone.localdate(value).isoformat()

    def value_recommended_at(self, value: Any) -> date:
        """Export the day."""
        return timezone.localdate(value)
