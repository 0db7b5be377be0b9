"""The list of draws."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing
from zhunsheng.platform.draws.models import Draw
from zhunsheng.platform.draws.words import kind_words


class DrawTable(listing.Table):
    """Draws, newest first."""

    number = tables.TemplateColumn(
        '<a href="{% url \'draws:draw\' value %}"><code class="zs-code">{{ value }}</code></a>',
        verbose_name=_("Number of the draw"),
    )
    title = tables.Column(verbose_name=_("What is drawn"), orderable=False)
    kind = tables.Column(verbose_name=_("Kind of draw"))
    stage = tables.TemplateColumn(template_name="draws/_stage.html", verbose_name=_("Stage"))
    source = tables.Column(verbose_name=_("Source of chance"))
    committed_at = listing.TimeColumn(verbose_name=_("Committed at"))
    drawn_at = listing.TimeColumn(verbose_name=_("Drawn at"))

    class Meta(listing.Table.Meta):
        model = Draw
        fields = ("number", "title", "kind", "stage", "source", "committed_at", "drawn_at")
        empty_text = _("No draw has been committed yet.")

    def value_number(self, record: Draw) -> str:
        """Return the plain number for an export."""
        return record.number

    def value_stage(self, record: Draw) -> str:
        """Return the stage in words for an export."""
        return record.get_stage_display()

    def render_kind(self, value: str) -> str:
        """Return the kind in words."""
        return kind_words(value)
