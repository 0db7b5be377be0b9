"""The lists of visits."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.visits.models import Visit
from zhunsheng.platform import listing


class VisitTable(listing.Table):
    """Visits, newest first."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'visits:visit' value %}\"><code>{{ value }}</code></a>", verbose_name=_("Number of the visit")
    )
    body = tables.Column(verbose_name=_("Body"), accessor="body__name")
    mode = tables.Column(verbose_name=_("Where"))
    stage = tables.TemplateColumn(template_name="visits/_stage.html", verbose_name=_("Stage"))
    first_day = tables.DateColumn("Y-m-d", verbose_name=_("First day"), attrs={"td": {"class": "date"}})
    leader = tables.Column(verbose_name=_("Leading inspector"))
    second = tables.Column(verbose_name=_("Second inspector"))

    class Meta(listing.Table.Meta):
        model = Visit
        fields = ("number", "body", "mode", "stage", "first_day", "leader", "second")
        empty_text = _("No visit is in sight.")

    def value_number(self, record: Visit) -> str:
        """Return the plain number for an export."""
        return record.number

    def value_stage(self, record: Visit) -> str:
        """Return the stage in words for an export."""
        return str(record.get_stage_display())
