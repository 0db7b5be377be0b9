"""The lists of editions and parameters."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing
from zhunsheng.registry.catalogue.models import Parameter, StandardEdition


class EditionTable(listing.Table):
    """Editions of standards."""

    code = tables.TemplateColumn(
        "<a href=\"{% url 'catalogue:edition' record.pk %}\"><code>{{ value }}</code></a>", verbose_name=_("Standard")
    )
    title = tables.Column(verbose_name=_("Title"), accessor="standard__title", order_by=("standard__title",))
    status = tables.TemplateColumn(template_name="catalogue/_status.html", verbose_name=_("Status"))
    effective_from = tables.DateColumn("Y-m-d", verbose_name=_("In force from"))
    effective_to = tables.DateColumn("Y-m-d", verbose_name=_("In force until"))
    replaced_by = tables.TemplateColumn(
        "{% if record.replaced_by %}<a href=\"{% url 'catalogue:edition' record.replaced_by.pk %}\">"
        "<code>{{ record.replaced_by.code }}</code></a>{% else %}—{% endif %}",
        verbose_name=_("Replaced by"),
    )

    class Meta(listing.Table.Meta):
        model = StandardEdition
        fields = ("code", "title", "status", "effective_from", "effective_to", "replaced_by")
        empty_text = _("The catalogue has no standard yet.")

    def value_code(self, record: StandardEdition) -> str:
        """Return the plain number for an export."""
        return record.code

    def value_status(self, record: StandardEdition) -> str:
        """Return the status in words for an export."""
        return record.get_status_display()

    def value_replaced_by(self, record: StandardEdition) -> str:
        """Return the successor's number for an export."""
        return record.replaced_by.code if record.replaced_by else ""


class ParameterTable(listing.Table):
    """Parameters."""

    code = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Code"))
    name = tables.TemplateColumn(
        "{% load kit %}<a href=\"{% url 'catalogue:parameter' record.code %}\">{{ record|local_name }}</a>",
        verbose_name=_("Name"),
    )
    name_en = tables.Column(verbose_name=_("English name"))
    synonyms = tables.Column(verbose_name=_("Synonyms"), empty_values=(), orderable=False)
    cas = tables.Column(verbose_name=_("CAS number"))
    unit = tables.Column(verbose_name=_("Unit"))

    class Meta(listing.Table.Meta):
        model = Parameter
        fields = ("code", "name", "name_en", "synonyms", "cas", "unit")
        empty_text = _("The catalogue has no parameter yet.")

    def render_synonyms(self, record: Parameter) -> str:
        """Return the synonyms, joined."""
        return "；".join(sorted(one.text for one in record.synonyms.all())) or "—"

    def value_code(self, record: Parameter) -> str:
        """Return the plain code for an export."""
        return record.code

    def value_name(self, record: Parameter) -> str:
        """Return the plain name for an export."""
        return record.name
