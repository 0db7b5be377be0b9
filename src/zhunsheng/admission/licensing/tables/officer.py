"""The queue and the lines of one file as lists."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.admission.licensing.lifecycle import LineOutcome, Stage, outcome_words
from zhunsheng.admission.licensing.models import Application, ApplicationLine
from zhunsheng.admission.licensing.selectors import officer as selectors
from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge

STAGE_MEANINGS = {
    Stage.GRANTED: "good",
    Stage.PARTLY_GRANTED: "attention",
    Stage.REFUSED: "bad",
    Stage.NOT_ACCEPTED: "bad",
    Stage.WITHDRAWN: "neutral",
    Stage.GAPS: "attention",
    Stage.RECTIFYING: "attention",
}
OUTCOME_MEANINGS = {LineOutcome.GRANTED: "good", LineOutcome.REFUSED: "bad", LineOutcome.PENDING: "waiting"}


def stage_meaning(stage: str) -> str:
    """Return the colour of a stage: open work waits."""
    return STAGE_MEANINGS.get(Stage(stage), "waiting")


def due_meaning(application: Application, today: date) -> str:
    """Return the colour of the time limit: late, soon, or nothing to worry about."""
    if application.due_latest is None:
        return "neutral"
    if application.due_latest < today:
        return "bad"
    return "attention" if application.warned_on is not None and application.warned_on <= today else "neutral"


def span_of(application: Application) -> str:
    """Return between which days an application is due."""
    first, last = application.due_earliest, application.due_latest
    return f"{first.isoformat()} – {last.isoformat()}" if first and last else ""


def why_open(application: Application) -> str:
    """Say why the last day can't be told yet: the holidays of its year are not announced."""
    last = application.due_latest
    return _("holidays of %(year)s not announced") % {"year": last.year} if last else ""


class QueueTable(listing.Table):
    """Applications in the order in which they are due."""

    number = tables.Column(_("Application number"))
    applicant = tables.Column(_("Applicant"), accessor="local_applicant", orderable=False)
    city = tables.Column(pgettext_lazy("division", "Place"), accessor="division__place", orderable=False)
    kind = tables.Column(_("Applied for"), orderable=False)
    route = tables.Column(_("Route"), orderable=False)
    stage = tables.Column(_("Stage"), orderable=False)
    due_on = tables.Column(
        pgettext_lazy("application", "Due on"), empty_values=(), order_by=("due_earliest",), attrs=listing.DATE
    )
    clock = tables.Column(_("Time limit"), orderable=False)
    handler = tables.Column(_("Handled by"), orderable=False)
    filed_at = tables.Column(_("Filed"), attrs=listing.DATE)
    near = True

    class Meta(listing.Table.Meta):
        empty_text = _("No application is here.")

    def __init__(self, rows: Any, today: date) -> None:
        self.today = today
        self.clocks = selectors.clock_names()
        super().__init__(rows)  # type: ignore[no-untyped-call]  # django-tables2 has no types

    def render_number(self, record: Application) -> str:
        """Show the number as the way into the file."""
        address = reverse("licensing:file", args=[record.number])
        made_up = badge("neutral", _("generated")) if record.generated else ""
        return format_html('<a href="{}"><code>{}</code></a> {}', address, record.number, made_up)

    def value_number(self, record: Application) -> str:
        """Export the plain number."""
        return record.number

    def render_stage(self, value: str, record: Application) -> str:
        """Show the stage as a badge."""
        return badge(stage_meaning(record.stage), value)

    def value_stage(self, record: Application) -> str:
        """Export the stage in words."""
        return str(record.get_stage_display())

    def render_due_on(self, record: Application) -> str:
        """Show the day, or between which days it lies and why nobody can tell it; a badge where it is late or near."""
        if record.due_earliest is None:
            return "—"
        meaning = due_meaning(record, self.today)
        words = _("Late") if meaning == "bad" else _("Due soon")
        shown = badge(meaning, words) if meaning != "neutral" else ""
        if record.due_on is not None:
            return format_html("{} {}", record.due_on.isoformat(), shown)
        return format_html('{} {}<br><span class="zs-quiet">{}</span>', span_of(record), shown, why_open(record))

    def value_due_on(self, record: Application) -> date | str | None:
        """Export the day, or between which days it lies."""
        return record.due_on or (span_of(record) if record.due_earliest else None)

    def render_clock(self, value: str) -> str:
        """Show the clock by its name."""
        return self.clocks.get(value, value)

    def render_filed_at(self, value: Any) -> str:
        """Show the day."""
        return str(timezone.localtime(value).strftime("%Y-%m-%d"))

    def value_filed_at(self, value: Any) -> Any:
        """Export the day."""
        return timezone.localdate(value)


class EndedTable(QueueTable):
    """Applications that have ended, newest first."""

    ended_at = tables.Column(pgettext_lazy("application", "Ended"), attrs=listing.DATE)

    class Meta(listing.Table.Meta):
        exclude = ("due_on", "clock")
        sequence = ("...", "handler", "filed_at", "ended_at")
        empty_text = _("No application has ended yet.")

    def render_ended_at(self, value: Any) -> str:
        """Show the day."""
        return str(timezone.localtime(value).strftime("%Y-%m-%d"))

    def value_ended_at(self, value: Any) -> Any:
        """Export the day."""
        return timezone.localdate(value)


class LineTable(listing.Table):
    """The lines of capability of one application with what became of them."""

    number = listing.NumberColumn(_("No."))
    act = tables.Column(pgettext_lazy("application", "Asked for"))
    site = tables.Column(_("Site"), accessor="site__code", orderable=False)
    object_text = tables.Column(_("Test object"))
    parameter_text = tables.Column(_("Parameter"))
    method_text = tables.Column(_("Method"))
    limitation = tables.Column(_("Limitation"), orderable=False)
    linked = tables.Column(_("In the catalogue"), empty_values=(), orderable=False)
    outcome = tables.Column(_("Outcome"))
    reason = tables.Column(_("Reason of the outcome"), orderable=False)

    class Meta(listing.Table.Meta):
        empty_text = _("This application asks for no line of capability.")

    def render_method_text(self, record: ApplicationLine) -> str:
        """Show number and clause."""
        return f"{record.method_text} {record.clause}".strip()

    def render_linked(self, record: ApplicationLine) -> str:
        """Tell whether object, parameter and method are the catalogue's own."""
        whole = record.object_id and record.parameter_id and record.edition_id
        return badge("good" if whole else "attention", _("Yes") if whole else _("In part"))

    def value_linked(self, record: ApplicationLine) -> str:
        """Export it in words."""
        return str(_("Yes") if record.object_id and record.parameter_id and record.edition_id else _("In part"))

    def render_outcome(self, record: ApplicationLine) -> str:
        """Show the outcome as a badge."""
        words = outcome_words(record.outcome, record.application.stage)
        return badge(OUTCOME_MEANINGS[LineOutcome(record.outcome)], words)

    def value_outcome(self, record: ApplicationLine) -> str:
        """Export the outcome in words."""
        return outcome_words(record.outcome, record.application.stage)
