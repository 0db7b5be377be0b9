"""The lists of visits."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.visits.models import Order, Result, Visit
from zhunsheng.platform import listing

BODY = "{% load kit %}{{ record.body|local_name }}"
VISITED = "{% load kit %}{{ record.visit.body|local_name }}"


class VisitTable(listing.Table):
    """Visits, newest first."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'visits:visit' value %}\"><code>{{ value }}</code></a>", verbose_name=_("Number of the visit")
    )
    body = tables.TemplateColumn(BODY, verbose_name=_("Body"), accessor="body__name")
    mode = tables.Column(verbose_name=_("Where"))
    stage = tables.TemplateColumn(template_name="visits/_stage.html", verbose_name=_("Stage"))
    first_day = listing.DayColumn(verbose_name=_("First day"))
    leader = tables.Column(verbose_name=_("Leading inspector"))
    second = tables.Column(verbose_name=_("Second inspector"))

    class Meta(listing.Table.Meta):
        model = Visit
        fields = ("number", "body", "mode", "stage", "first_day", "leader", "second")
        empty_text = _("No visit is in sight.")

    def value_number(self, record: Visit) -> str:
        """Return the plain number for an export."""
        return record.number

    def value_body(self, record: Visit) -> str:
        """Return the plain name for an export."""
        return record.body.name

    def value_stage(self, record: Visit) -> str:
        """Return the stage in words for an export."""
        return str(record.get_stage_display())


class OrderTable(listing.Table):
    """Orders to correct, newest first."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'visits:order' value %}\"><code>{{ value }}</code></a>", verbose_name=_("Number of the order")
    )
    body = tables.TemplateColumn(VISITED, verbose_name=_("Body"), accessor="visit__body__name")
    stage = tables.TemplateColumn(template_name="visits/_stage.html", verbose_name=_("Stage"))
    due_on = listing.DayColumn(verbose_name=_("To be corrected by"))
    issued_at = listing.TimeColumn(verbose_name=_("Issued at"))

    class Meta(listing.Table.Meta):
        model = Order
        fields = ("number", "body", "stage", "due_on", "issued_at")
        empty_text = _("No order to correct is in sight.")

    def value_number(self, record: Order) -> str:
        """Return the plain number for an export."""
        return record.number

    def value_body(self, record: Order) -> str:
        """Return the plain name for an export."""
        return record.visit.body.name

    def value_stage(self, record: Order) -> str:
        """Return the stage in words for an export."""
        return str(record.get_stage_display())


class ResultTable(listing.Table):
    """Results with the day by which they are to be public."""

    visit = tables.TemplateColumn(
        "<a href=\"{% url 'visits:visit' record.visit.number %}\"><code>{{ record.visit.number }}</code></a>",
        verbose_name=_("Number of the visit"), accessor="visit__number",
    )  # fmt: skip
    body = tables.TemplateColumn(VISITED, verbose_name=_("Body"), accessor="visit__body__name")
    codes = tables.TemplateColumn(
        template_name="visits/_codes.html", verbose_name=_("Result of the inspection"), orderable=False
    )
    stage = tables.TemplateColumn(template_name="visits/_stage.html", verbose_name=_("Stage"))
    due_on = listing.DayColumn(verbose_name=_("To be disclosed by"))
    disclosed_at = listing.TimeColumn(verbose_name=_("Disclosed at"))

    class Meta(listing.Table.Meta):
        model = Result
        fields = ("visit", "body", "codes", "stage", "due_on", "disclosed_at")
        empty_text = _("No result is in sight.")

    def value_visit(self, record: Result) -> str:
        """Return the plain number for an export."""
        return record.visit.number

    def value_body(self, record: Result) -> str:
        """Return the plain name for an export."""
        return record.visit.body.name

    def value_codes(self, record: Result) -> str:
        """Return the codes for an export."""
        return " ".join(record.codes)

    def value_stage(self, record: Result) -> str:
        """Return the stage in words for an export."""
        return str(record.get_stage_display())


class DisclosedTable(listing.Table):
    """What anyone may read: body, day, result."""

    body = tables.TemplateColumn(
        f"<a href=\"{{% url 'bodies:body' record.visit.body.slug %}}\">{VISITED}</a>",
        verbose_name=_("Body"), accessor="visit__body__name",
    )  # fmt: skip
    task = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Task"), accessor="visit__task__number")
    first_day = listing.DayColumn(verbose_name=_("Day of the inspection"), accessor="visit__first_day")
    codes = tables.TemplateColumn(
        template_name="visits/_codes.html", verbose_name=_("Result of the inspection"), orderable=False
    )
    disclosed_at = listing.TimeColumn(verbose_name=_("Disclosed at"))

    class Meta(listing.Table.Meta):
        model = Result
        fields = ("body", "task", "first_day", "codes", "disclosed_at")
        empty_text = _("No result has been disclosed yet.")

    def value_body(self, record: Result) -> str:
        """Return the plain name for an export."""
        return record.visit.body.name

    def value_task(self, record: Result) -> str:
        """Return the plain number for an export."""
        return record.visit.task.number

    def value_codes(self, record: Result) -> str:
        """Return the codes for an export."""
        return " ".join(record.codes)
