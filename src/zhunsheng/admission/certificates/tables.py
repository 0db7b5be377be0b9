"""The day list, and the lines of a certificate with what came and ended when."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.admission.certificates.models import ListedDecision, ListedKind
from zhunsheng.platform import listing
from zhunsheng.registry.bodies.models import ScopeLine

KIND_MEANINGS = {
    ListedKind.GRANTED: "good",
    ListedKind.PARTLY_GRANTED: "attention",
    ListedKind.REFUSED: "bad",
    ListedKind.NOT_ACCEPTED: "neutral",
    ListedKind.CHANGED: "neutral",
    ListedKind.SUSPENDED: "attention",
    ListedKind.LIFTED: "good",
    ListedKind.REDUCED: "attention",
    ListedKind.CANCELLED: "bad",
    ListedKind.REVOKED: "bad",
}


class DecisionTable(listing.Table):
    """The day list."""

    on = listing.DayColumn(verbose_name=_("Day"))
    kind = tables.TemplateColumn(
        template_name="certificates/_kind.html", verbose_name=_("Outcome"), extra_context={"meanings": KIND_MEANINGS}
    )
    body_name = tables.TemplateColumn(
        '{% if record.body %}<a href="{% url "bodies:body" record.body.slug %}">{{ record.local_body }}</a>'
        "{% else %}{{ value }}{% endif %}",
        verbose_name=_("Body"),
    )
    number = tables.TemplateColumn(
        '{% if value %}<a href="{% url "certificates:certificate" value %}"><code>{{ value }}</code></a>'
        "{% else %}—{% endif %}",
        verbose_name=_("Certificate number"),
    )  # fmt: skip
    words = tables.Column(verbose_name=_("What was decided"), orderable=False)
    division = tables.TemplateColumn(
        "{% if record.division %}{{ record.division.place }}{% else %}—{% endif %}",
        verbose_name=pgettext_lazy("division", "Place"), order_by=("division_id",), attrs={"td": {"class": "zs-whole"}},
    )  # fmt: skip
    decision_no = tables.Column(verbose_name=_("Decision number"), default="—", orderable=False, attrs=listing.DATE)

    class Meta(listing.Table.Meta):
        model = ListedDecision
        fields = ("on", "kind", "body_name", "number", "words", "division", "decision_no")
        empty_text = _("Nothing has been announced for this choice.")

    def value_kind(self, record: ListedDecision) -> str:
        """Return the outcome in words for an export."""
        return record.get_kind_display()

    def value_body_name(self, record: ListedDecision) -> str:
        """Return the plain name for an export."""
        return record.local_body

    def value_number(self, record: ListedDecision) -> str:
        """Return the plain number for an export."""
        return record.number

    def render_words(self, record: ListedDecision) -> str:
        """Show what was decided in the reader's language; words that exist in Chinese alone say that they do."""
        if record.local_words == record.words:
            return format_html('<span lang="zh-Hans">{}</span>', record.words)
        return record.local_words

    def value_words(self, record: ListedDecision) -> str:
        """Return the plain words for an export."""
        return record.local_words

    def value_division(self, record: ListedDecision) -> str:
        """Return the division's name for an export."""
        return record.division.place if record.division else ""


class LineTable(listing.Table):
    """Lines of a certificate; a line that is over says so."""

    site = tables.Column(verbose_name=_("Site"), accessor="site__code", default=_("all"), orderable=False)
    domain = tables.Column(verbose_name=_("Domain"))
    category = tables.Column(verbose_name=_("Category"))
    object_text = tables.Column(verbose_name=_("Test object"))
    parameter_text = tables.Column(verbose_name=_("Parameter"))
    method_text = tables.Column(verbose_name=_("Method"))
    clause = tables.Column(verbose_name=_("Clause"))
    limitation = tables.Column(verbose_name=_("Limitation"))
    valid_from = listing.DayColumn(verbose_name=_("From"))
    valid_to = listing.DayColumn(verbose_name=_("Until (last day)"))

    class Meta(listing.Table.Meta):
        model = ScopeLine
        fields = (
            "site", "domain", "category", "object_text", "parameter_text", "method_text", "clause", "limitation",
            "valid_from", "valid_to",
        )  # fmt: skip
        attrs = {"class": "zs-table zs-cards", "id": "lines"}
        empty_text = _("The certificate has no such line.")
