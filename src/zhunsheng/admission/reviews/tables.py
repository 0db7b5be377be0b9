"""The list of reviews."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.reviews.models import Review
from zhunsheng.platform import listing


class ReviewTable(listing.Table):
    """Reviews, newest first."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'reviews:review' value %}\"><code>{{ value }}</code></a>", verbose_name=_("Review number")
    )
    applicant = tables.Column(
        verbose_name=_("Applicant"), accessor="application__local_applicant", order_by=("application__applicant_name",)
    )  # fmt: skip
    application = tables.TemplateColumn(
        "<code>{{ record.application.number }}</code>",
        verbose_name=_("Application number"),
        accessor="application__number",
    )
    mode = tables.Column(verbose_name=_("Mode of review"))
    stage = tables.TemplateColumn(template_name="reviews/_stage.html", verbose_name=_("Stage"))
    first_day = listing.DayColumn(verbose_name=_("First day of the visit"))
    opened_at = listing.TimeColumn(verbose_name=_("Opened at"))

    class Meta(listing.Table.Meta):
        model = Review
        fields = ("number", "applicant", "application", "mode", "stage", "first_day", "opened_at")
        empty_text = _("No review is in sight.")

    def value_number(self, record: Review) -> str:
        """Return the plain number for an export."""
        return record.number

    def value_application(self, record: Review) -> str:
        """Return the plain number for an export."""
        return record.application.number

    def value_stage(self, record: Review) -> str:
        """Return the stage in words for an export."""
        return str(record.get_stage_display())
