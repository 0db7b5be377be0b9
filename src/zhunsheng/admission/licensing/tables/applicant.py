"""One's own applications, and the lines of one."""

from collections.abc import Collection
from datetime import date
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.admission.licensing.models import Application, ApplicationLine
from zhunsheng.admission.licensing.selectors.progress import meaning_of, to_do
from zhunsheng.admission.licensing.tables.officer import span_of, why_open
from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge
from zhunsheng.registry.bodies.models import ScopeLine


def _chooser(name: str) -> Any:
    """Return a column of boxes to tick, each named for the ear by its line; files leave it out."""
    return tables.TemplateColumn(
        f'<input class="form-check-input" type="checkbox" name="{name}" value="{{{{ record.pk }}}}"'
        ' aria-label="{{ record.object_text }} {{ record.parameter_text }} {{ record.method_text }}">',
        verbose_name=_("Tick"), accessor="pk", orderable=False, exclude_from_export=True,
    )  # fmt: skip


class ApplicationTable(listing.Table):
    """Applications of one's own organisations: how they stand, until when, what to do."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'licensing:application' value %}\"><code>{{ value }}</code></a>",
        verbose_name=_("Application number"),
    )
    kind = tables.Column(verbose_name=_("Applied for"))
    route = tables.Column(verbose_name=pgettext_lazy("application", "Route"))
    stage = tables.Column(verbose_name=_("Stage"))
    due_on = tables.Column(
        verbose_name=pgettext_lazy("application", "Due on"), empty_values=(), order_by=("due_earliest",),
        attrs=listing.DATE,
    )  # fmt: skip
    to_do_now = tables.Column(
        verbose_name=pgettext_lazy("application", "What to do"), accessor="stage", orderable=False
    )
    started_at = listing.TimeColumn(verbose_name=_("Started at"))

    class Meta(listing.Table.Meta):
        model = Application
        fields = ("number", "kind", "route", "stage", "due_on", "to_do_now", "started_at")
        empty_text = _("Nothing has been applied for yet.")

    def value_number(self, record: Application) -> str:
        """Return the plain number for an export."""
        return record.number

    def render_due_on(self, record: Application) -> str:
        """Show the day, or between which days it lies and why nobody can tell it yet."""
        if record.due_on is not None or record.due_earliest is None:
            return record.due_on.isoformat() if record.due_on else "—"
        return format_html('{}<br><span class="zs-quiet">{}</span>', span_of(record), why_open(record))

    def value_due_on(self, record: Application) -> date | str | None:
        """Export the day, or between which days it lies."""
        return record.due_on or (span_of(record) if record.due_earliest else None)

    def render_stage(self, record: Application) -> str:
        """Show the stage as a badge."""
        return badge(meaning_of(record.stage), record.get_stage_display())

    def value_stage(self, record: Application) -> str:
        """Return the stage in words."""
        return record.get_stage_display()

    def render_to_do_now(self, record: Application) -> str:
        """Say what the applicant has to do."""
        return to_do(record)

    def value_to_do_now(self, record: Application) -> str:
        """Say what the applicant has to do."""
        return to_do(record)


class LineTable(listing.Table):
    """Lines of an application; what the catalogue lacks is marked."""

    chosen = _chooser("lines")
    number = listing.NumberColumn(verbose_name=_("Line"))
    act = tables.Column(verbose_name=pgettext_lazy("line", "Asked for"))
    object_text = tables.Column(verbose_name=_("Test object"))
    parameter_text = tables.Column(verbose_name=_("Parameter"))
    method_text = tables.TemplateColumn(
        '<code>{{ value }}</code> {{ record.clause }}{% if record.outside %}{% load kit i18n %} '
        '{% translate "Outside of the catalogue" as words %}{% badge "attention" words %}{% endif %}',
        verbose_name=_("Method"),
    )  # fmt: skip
    site = tables.Column(verbose_name=_("Site"), accessor="site__code", orderable=False)
    limitation = tables.Column(verbose_name=_("Limitation"), orderable=False)

    class Meta(listing.Table.Meta):
        model = ApplicationLine
        fields = ("chosen", "number", "act", "object_text", "parameter_text", "method_text", "site", "limitation")
        empty_text = _("No line has been chosen yet.")

    def value_method_text(self, record: ApplicationLine) -> str:
        """Return number and clause for an export."""
        return f"{record.method_text} {record.clause}".strip()


class ScopeTable(listing.Table):
    """Lines of the register that can be asked for."""

    chosen = tables.Column(accessor="pk", verbose_name=_("Tick"), orderable=False, exclude_from_export=True)
    object_text = tables.Column(verbose_name=_("Test object"), orderable=False)
    parameter_text = tables.Column(verbose_name=_("Parameter"), orderable=False)
    method_text = tables.Column(verbose_name=_("Method"), orderable=False)
    site = tables.Column(verbose_name=_("Site"), accessor="site__code", orderable=False)

    class Meta(listing.Table.Meta):
        model = ScopeLine
        fields = ("chosen", "object_text", "parameter_text", "method_text", "site")
        empty_text = _("The register has no further line that this can be asked for.")
        prefix = "s"

    def __init__(self, rows: Any, ticked: Collection[int]) -> None:
        self.ticked = ticked
        super().__init__(rows)  # type: ignore[no-untyped-call]  # django-tables2 has no types

    def render_chosen(self, record: ScopeLine) -> str:
        """Draw the box to tick, named for the ear by its line; one that was ticked before stays so."""
        return format_html(
            '<input class="form-check-input" type="checkbox" name="scope" value="{}" aria-label="{}"{}>',
            record.pk,
            f"{record.object_text} {record.parameter_text} {record.method_text}",
            SafeString(" checked") if record.pk in self.ticked else "",
        )
