"""The verification tasks as a list."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.lifecycle import Finding
from zhunsheng.admission.licensing.models import Verification
from zhunsheng.admission.licensing.selectors.verifications import STAGES
from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge

MEANINGS = {
    Finding.PENDING: "waiting",
    Finding.NOT_SAMPLED: "neutral",
    Finding.TRUE: "good",
    Finding.BASICALLY_TRUE: "attention",
    Finding.UNTRUE: "bad",
}


def late(task: Verification, on: date) -> bool:
    """Tell whether a task is still to be verified after its day."""
    return task.stage == "open" and task.due_on is not None and task.due_on < on


class VerificationTable(listing.Table):
    """Tasks, the first due first."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'licensing:verification' record.pk %}\"><code>{{ record.application.number }}</code></a>",
        verbose_name=_("Application number"), accessor="application__number",
    )  # fmt: skip
    applicant = tables.Column(_("Applicant"), accessor="application__applicant_name")
    route = tables.Column(_("Route"), accessor="application__get_route_display", order_by=("application__route",))
    stage = tables.Column(_("Stage"))
    finding = tables.Column(_("Outcome of the verification"), accessor="told")
    due_on = listing.DayColumn(verbose_name=_("To be verified by"))

    class Meta(listing.Table.Meta):
        model = Verification
        fields = ("due_on", "number", "applicant", "route", "stage", "finding")
        sequence = fields
        empty_text = _("No decision waits to be verified.")

    def render_stage(self, record: Verification) -> str:
        """Show the stage; what is late says so."""
        is_late = late(record, timezone.localdate())
        words: Any = _("Overdue") if is_late else STAGES[record.stage]
        meaning = "bad" if is_late else "neutral" if record.stage == "closed" else "waiting"
        return badge(meaning, words)

    def value_stage(self, record: Verification) -> str:
        """Return the stage in words for an export."""
        return str(STAGES[record.stage])

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
