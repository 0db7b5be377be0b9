"""The lists of plans, tasks and inspectors."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.inspections.models import Inspector, Plan, Task
from zhunsheng.oversight.inspections.templatetags.inspecting import field_words, matter_words, result_words
from zhunsheng.platform import listing


class PlanTable(listing.Table):
    """Plans, newest first, with how far each has come."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'inspections:plan' value %}\"><code>{{ value }}</code></a>",
        verbose_name=_("Number of the plan"),
    )
    title = tables.Column(verbose_name=pgettext_lazy("column", "Title"), orderable=False)
    kind = tables.Column(verbose_name=_("Kind of plan"))
    stage = tables.TemplateColumn(
        "{% load kit inspecting %}{% badge record|plan_meaning record.get_stage_display %}", verbose_name=_("Stage")
    )
    first_day = listing.DayColumn(verbose_name=_("First day"))
    last_day = listing.DayColumn(verbose_name=_("Last day"))
    total = listing.NumberColumn(verbose_name=pgettext_lazy("inspections", "Visits"), orderable=False)
    done = listing.NumberColumn(verbose_name=_("Done"), orderable=False)
    overdue = listing.NumberColumn(verbose_name=_("Overdue"), orderable=False)

    class Meta(listing.Table.Meta):
        model = Plan
        fields = ("number", "title", "kind", "stage", "first_day", "last_day", "total", "done", "overdue")
        empty_text = _("No plan is in sight.")

    def value_number(self, record: Plan) -> str:
        """Return the plain number for an export."""
        return record.number

    def value_stage(self, record: Plan) -> str:
        """Return the stage in words for an export."""
        return str(record.get_stage_display())


class TaskTable(listing.Table):
    """Tasks, the first due first."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'inspections:task' value %}\"><code>{{ value }}</code></a>",
        verbose_name=_("Number of the task"),
    )
    body = tables.TemplateColumn(
        "{% load kit %}{{ record.body|local_name }}", verbose_name=_("Body"), accessor="body__name", orderable=False
    )
    arm = tables.Column(verbose_name=_("Arm"))
    stage = tables.TemplateColumn(
        "{% load kit inspecting %}{% badge record|task_meaning record.get_stage_display %}", verbose_name=_("Stage")
    )
    leader = tables.Column(verbose_name=_("Leader"), accessor="leader__name", orderable=False)
    second = tables.Column(verbose_name=_("Second inspector"), accessor="second__name", orderable=False)
    matters = tables.Column(verbose_name=_("Matters to be checked"), orderable=False)
    last_day = listing.DayColumn(verbose_name=_("To be done by"))
    result_codes = tables.Column(verbose_name=_("Outcome"), orderable=False)

    class Meta(listing.Table.Meta):
        model = Task
        fields = ("number", "body", "arm", "stage", "leader", "second", "matters", "last_day", "result_codes")
        empty_text = _("No task is in sight.")

    def render_matters(self, value: list[str]) -> str:
        """Return the matters in words."""
        return matter_words(value)

    def render_result_codes(self, value: list[str]) -> str:
        """Return the outcome in words."""
        return result_words(value)

    def value_number(self, record: Task) -> str:
        """Return the plain number for an export."""
        return record.number

    def value_body(self, record: Task) -> str:
        """Return the plain name for an export."""
        return record.body.name

    def value_stage(self, record: Task) -> str:
        """Return the stage in words for an export."""
        return str(record.get_stage_display())


class InspectorTable(listing.Table):
    """Inspectors by number."""

    code = tables.TemplateColumn(
        "<a href=\"{% url 'inspections:inspector' value %}\"><code>{{ value }}</code></a>",
        verbose_name=_("Number in the pool"),
    )
    name = tables.Column(verbose_name=_("Name"))
    organisation = tables.Column(verbose_name=_("Employer"), accessor="organisation__name", orderable=False)
    fields = tables.Column(verbose_name=_("Qualified for"), orderable=False)
    leads = tables.TemplateColumn(
        "{% load i18n kit %}{% if value %}{% translate 'may lead' as words %}"
        "{% badge 'good' words %}{% else %}—{% endif %}",
        verbose_name=_("May lead"),
    )
    active = tables.TemplateColumn(
        "{% load i18n kit %}{% if value %}{% translate 'in the pool' as words %}{% badge 'good' words %}{% else %}"
        "{% translate 'taken out' as words %}{% badge 'neutral' words %}{% endif %}",
        verbose_name=_("In the pool"),
    )
    open_leads = listing.NumberColumn(verbose_name=_("Open, as leader"))
    open_seconds = listing.NumberColumn(verbose_name=_("Open, as second"))

    class Meta(listing.Table.Meta):
        model = Inspector
        fields = ("code", "name", "organisation", "fields", "leads", "active", "open_leads", "open_seconds")
        empty_text = _("Nobody is in the pool yet.")

    def render_fields(self, value: list[str]) -> str:
        """Return the fields in words."""
        return field_words(value)

    def value_code(self, record: Inspector) -> str:
        """Return the plain number for an export."""
        return record.code

    def value_leads(self, record: Inspector) -> str:
        """Return a mark for an export."""
        return "1" if record.leads else "0"

    def value_active(self, record: Inspector) -> str:
        """Return a mark for an export."""
        return "1" if record.active else "0"


class ResultTable(listing.Table):
    """Disclosed outcomes, newest first."""

    disclosed_on = listing.DayColumn(verbose_name=_("Disclosed on"))
    body = tables.TemplateColumn(
        "{% load kit %}<a href=\"{% url 'bodies:body' record.body.slug %}\">{{ record.body|local_name }}</a>",
        verbose_name=_("Body"), accessor="body__name", orderable=False,
    )  # fmt: skip
    plan = tables.Column(verbose_name=_("Plan"), accessor="plan__title", orderable=False)
    arm = tables.Column(verbose_name=_("Arm"), orderable=False)
    matters = tables.Column(verbose_name=_("Matters to be checked"), orderable=False)
    result_codes = tables.Column(verbose_name=_("Outcome"), orderable=False)

    class Meta(listing.Table.Meta):
        model = Task
        fields = ("disclosed_on", "body", "plan", "arm", "matters", "result_codes")
        empty_text = _("No outcome has been disclosed yet.")

    def render_matters(self, value: list[str]) -> str:
        """Return the matters in words."""
        return matter_words(value)

    def render_result_codes(self, value: list[str]) -> str:
        """Return the outcome in words."""
        return result_words(value)

    def value_body(self, record: Task) -> str:
        """Return the plain name for an export."""
        return record.body.name
