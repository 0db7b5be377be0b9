"""The lists of the catalogue, and the answers about standard numbers."""

from collections.abc import Sequence
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing
from zhunsheng.registry.catalogue.models import Limit, Method, Parameter, StandardEdition, TestObject
from zhunsheng.registry.catalogue.rows import Row, state_words


class EditionTable(listing.Table):
    """Editions of standards."""

    code = tables.TemplateColumn(
        "<a href=\"{% url 'catalogue:edition' record.pk %}\"><code>{{ value }}</code></a>", verbose_name=_("Standard")
    )
    title = tables.Column(verbose_name=_("Title"), accessor="standard__title", order_by=("standard__title",))
    status = tables.TemplateColumn(
        template_name="catalogue/_status.html",
        verbose_name=_("Status"),
        accessor="standing_on",
        order_by=("standing_on",),
    )
    effective_from = listing.DayColumn(verbose_name=_("In force from"))
    effective_to = listing.DayColumn(verbose_name=_("In force until"))
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
        return state_words(record.standing_on)  # type: ignore[attr-defined]  # with_standing adds it

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


class MethodTable(listing.Table):
    """Methods with what they determine."""

    edition = tables.TemplateColumn(
        "<a href=\"{% url 'catalogue:edition' record.edition_id %}\"><code>{{ record.edition.code }}</code></a>",
        verbose_name=_("Standard"),
        order_by=("edition__code",),
    )
    title = tables.Column(verbose_name=_("Title"), accessor="edition__standard__title")
    clause = tables.Column(verbose_name=_("Clause"))
    technique = tables.Column(verbose_name=_("Technique"))
    parameters = tables.Column(verbose_name=_("Parameters"), empty_values=(), orderable=False)

    class Meta(listing.Table.Meta):
        model = Method
        fields = ("edition", "title", "clause", "technique", "parameters")
        empty_text = _("The catalogue has no method yet.")

    def render_parameters(self, record: Method) -> str:
        """Return the names of what the method determines, joined."""
        return "、".join(sorted(one.parameter.name for one in record.determinations.all())) or "—"

    def value_edition(self, record: Method) -> str:
        """Return the plain number for an export."""
        return record.edition.code


class ObjectTable(listing.Table):
    """Test objects."""

    code = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Code"))
    name = tables.TemplateColumn(
        "{% load kit %}<a href=\"{% url 'catalogue:object' record.code %}\">{{ record|local_name }}</a>",
        verbose_name=_("Name"),
    )
    name_en = tables.Column(verbose_name=_("English name"))
    synonyms = tables.Column(verbose_name=_("Synonyms"), empty_values=(), orderable=False)
    parent = tables.Column(verbose_name=_("Belongs to"), accessor="parent__name", order_by=("parent__code",))

    class Meta(listing.Table.Meta):
        model = TestObject
        fields = ("code", "name", "name_en", "synonyms", "parent")
        empty_text = _("The catalogue has no test object yet.")

    def render_synonyms(self, record: TestObject) -> str:
        """Return the synonyms, joined."""
        return "；".join(sorted(one.text for one in record.synonyms.all())) or "—"

    def value_code(self, record: TestObject) -> str:
        """Return the plain code for an export."""
        return record.code

    def value_name(self, record: TestObject) -> str:
        """Return the plain name for an export."""
        return record.name


class LimitTable(listing.Table):
    """Limits of product standards."""

    edition = tables.TemplateColumn(
        "<a href=\"{% url 'catalogue:edition' record.edition_id %}\"><code>{{ record.edition.code }}</code></a>",
        verbose_name=_("Standard"),
        order_by=("edition__code",),
    )
    object = tables.Column(verbose_name=_("Test object"), empty_values=(), order_by=("object__code",))
    parameter = tables.TemplateColumn(
        "{% load kit %}<a href=\"{% url 'catalogue:parameter' record.parameter.code %}\">"
        "{{ record.parameter|local_name }}</a>",
        verbose_name=_("Parameter"),
        order_by=("parameter__code",),
    )
    minimum = listing.NumberColumn(verbose_name=_("Minimum"), orderable=False)
    maximum = listing.NumberColumn(verbose_name=_("Maximum"), orderable=False)
    unit = tables.Column(verbose_name=_("Unit"))
    effective_from = listing.DayColumn(verbose_name=_("From"))
    effective_to = listing.DayColumn(verbose_name=_("Until"))

    class Meta(listing.Table.Meta):
        model = Limit
        fields = ("edition", "object", "parameter", "minimum", "maximum", "unit", "effective_from", "effective_to")
        empty_text = _("The catalogue has no such limit.")

    def render_object(self, record: Limit) -> str:
        """Return the object's name, or that the limit holds for all."""
        return record.object.name if record.object is not None else str(_("all"))

    def value_edition(self, record: Limit) -> str:
        """Return the plain number for an export."""
        return record.edition.code

    def value_parameter(self, record: Limit) -> str:
        """Return the plain name for an export."""
        return record.parameter.name


class CurrencyTable(listing.Table):
    """The answers about standard numbers, as a file."""

    posted = True
    given = tables.Column(verbose_name=_("As given"))
    code = tables.Column(verbose_name=_("Standard number"))
    title = tables.Column(verbose_name=_("Title"))
    words = tables.Column(verbose_name=_("Status"))
    current = tables.Column(verbose_name=_("In force now"))
    since = listing.DayColumn(verbose_name=_("No longer since"))
    sentence = tables.Column(verbose_name=_("Explanation"))


def currency_table(rows: Sequence[Row]) -> CurrencyTable:
    """Return the answers with one column more for each room that remarks on standard numbers."""
    titles = [title for title, _remark in rows[0].remarks] if rows else []
    extra = [(f"remark{place}", tables.Column(verbose_name=title)) for place, title in enumerate(titles)]
    data: list[dict[str, Any]] = [
        {
            "given": one.given,
            "code": one.code,
            "title": one.title,
            "words": one.words,
            "current": "、".join(edition.code for edition in one.current),
            "since": one.since,
            "sentence": one.sentence,
            **{f"remark{place}": remark.words if remark else "" for place, (_title, remark) in enumerate(one.remarks)},
        }
        for one in rows
    ]
    make: Any = CurrencyTable  # django-tables2 has no types
    made: CurrencyTable = make(data, extra_columns=extra)
    return made
