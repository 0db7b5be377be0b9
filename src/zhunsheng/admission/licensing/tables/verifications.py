"""The verification tasks as a list."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.lifecycle import Finding
from zhunsheng.admission.licensing.models import Verification
from zhunsheng.admission.licensing.selectors.verifications import STAGES, reading_of
from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge

MEANINGS = {
    Finding.PENDING: "waiting",
    Finding.NOT_SAMPLED: "neutral",
    Finding.TRUE: "good",
    Finding.BASICALLY_TRUE: "attention",
    Finding.UNTRUE: "bad",
}


def late(stage: str, due_on: date | None, on: date) -> bool:
    """Tell whether a task is still to be verified after its day."""
    return stage == "open" and due_on is not None and due_on < on


def _open_day(task: Verification) -> tuple[str, str] | None:
    """Return between which days a task is to be verified, and why the day can't be told yet."""
    reading = reading_of(task, timezone.localdate()) if task.told_stage == "open" else None  # type: ignore[attr-defined]
    if reading is None or reading.between is None or reading.due_on is not None:
        return None
    first, last = reading.between.earliest.isoformat(), reading.between.latest.isoformat()
    return f"{first} – {last}", gettext("holidays of %(year)s not announced") % {"year": reading.year}


class VerificationTable(listing.Table):
    """Tasks, the first due first."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'licensing:verification' record.pk %}\"><code>{{ record.application.number }}</code></a>",
        verbose_name=_("Application number"), accessor="application__number",
    )  # fmt: skip
    applicant = tables.Column(
        _("Applicant"), accessor="application__local_applicant", order_by=("application__applicant_name",)
    )
    route = tables.Column(_("Route"), accessor="application__get_route_display", order_by=("application__route",))
    stage = tables.Column(_("Stage"), accessor="told_stage")
    finding = tables.Column(_("Outcome of the verification"), accessor="told")
    due_on = tables.Column(_("To be verified by"), empty_values=(), attrs=listing.DATE)

    class Meta(listing.Table.Meta):
        model = Verification
        fields = ("due_on", "number", "applicant", "route", "stage", "finding")
        sequence = fields
        empty_text = _("No decision waits to be verified.")

    def render_stage(self, value: str, record: Verification) -> str:
        """Show the stage as the reader is told it; what is late says so."""
        is_late = late(value, record.due_on, timezone.localdate())
        words: Any = _("Overdue") if is_late else STAGES[value]
        meaning = "bad" if is_late else "neutral" if value == "closed" else "waiting"
        return badge(meaning, words)

    def value_stage(self, value: str) -> str:
        """Return the stage in words for an export."""
        return str(STAGES[value])

    def render_due_on(self, record: Verification) -> str:
        """Show the day, or between which days it lies and why nobody can tell it."""
        if record.due_on is not None:
            return record.due_on.isoformat()
        open_day = _open_day(record)
        return format_html('{}<br><span class="zs-quiet">{}</span>', *open_day) if open_day else "—"

    def value_due_on(self, record: Verification) -> date | str | None:
        """Export the day, or between which days it lies."""
        open_day = _open_day(record)
        return record.due_on or (open_day[0] if open_day else None)

    def render_finding(self, value: str) -> str:
        """Show the finding, as the reader is told it, as a badge."""
        told = Finding(value)
        return badge(MEANINGS[told], told.label)

    def value_finding(self, value: str) -> str:
        """Return the finding in words for an export."""
        return str(Finding(value).label)

    def value_number(self, record: Verification) -> str:
        """Return the number for an export."""
        return record.application.number
