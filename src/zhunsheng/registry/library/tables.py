"""The lists of entries, proposals, replaced editions, affected lines and declarations."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing
from zhunsheng.registry.library.models import AffectedLine, Declaration, Proposal, Supersession, Version


class EntryTable(listing.Table):
    """Entries by their newest version."""

    code = tables.TemplateColumn(
        '<a href="{% url "library:entry" record.entry.code %}">'
        '<code class="zs-code">{{ record.entry.code }}</code></a>',
        verbose_name=_("Code"), accessor="entry__code", order_by=("entry__code",),
    )  # fmt: skip
    parameter_name = tables.TemplateColumn(
        "{% load kit %}<a href=\"{% url 'library:entry' record.entry.code %}\">{{ value }}</a>"
        '{% if record.parameter_name_en %} <span class="zs-quiet">{{ record.parameter_name_en }}</span>{% endif %}',
        verbose_name=_("Parameter"),
    )
    object_name = tables.Column(verbose_name=_("Test object"))
    method_code = tables.TemplateColumn("<code>{{ value }}</code> {{ record.clause }}", verbose_name=_("Method"))
    stage = tables.TemplateColumn(
        template_name="library/_entry_stage.html", verbose_name=_("Stage"), accessor="entry__stage"
    )
    number = listing.NumberColumn(verbose_name=_("Version"))
    steward = tables.Column(verbose_name=_("Steward"), accessor="entry__steward__local_name", orderable=False)
    changed_on = listing.DayColumn(verbose_name=_("Changed on"), accessor="entry__changed_on")

    class Meta(listing.Table.Meta):
        model = Version
        fields = ("code", "parameter_name", "object_name", "method_code", "stage", "number", "steward", "changed_on")
        empty_text = _("The library has no such entry.")

    def value_code(self, record: Version) -> str:
        """Return the plain code for an export."""
        return record.entry.code

    def value_parameter_name(self, record: Version) -> str:
        """Return the plain name for an export."""
        return record.parameter_name

    def value_method_code(self, record: Version) -> str:
        """Return number and clause for an export."""
        return f"{record.method_code} {record.clause}".strip()

    def value_stage(self, record: Version) -> str:
        """Return the stage in words for an export."""
        return record.entry.get_stage_display()


class ProposalTable(listing.Table):
    """Proposals."""

    number = tables.TemplateColumn(
        "<a href=\"{% url 'library:proposal' value %}\"><code>{{ value }}</code></a>", verbose_name=_("Number")
    )
    parameter_name = tables.Column(verbose_name=_("Parameter"))
    object_name = tables.Column(verbose_name=_("Test object"))
    method_code = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Method"))
    kind = tables.Column(verbose_name=_("Kind"))
    stage = tables.TemplateColumn(template_name="library/_stage.html", verbose_name=_("Stage"))
    organisation = tables.Column(verbose_name=_("Proposer"), accessor="organisation__local_name", orderable=False)
    steward = tables.Column(verbose_name=_("Steward"), accessor="steward__local_name", orderable=False)
    consult_until = listing.DayColumn(verbose_name=_("Public consultation until"))

    class Meta(listing.Table.Meta):
        model = Proposal
        fields = (
            "number", "parameter_name", "object_name", "method_code", "kind", "stage", "organisation", "steward",
            "consult_until",
        )  # fmt: skip
        empty_text = _("No proposal is to be seen here.")

    def value_number(self, record: Proposal) -> str:
        """Return the plain number for an export."""
        return record.number

    def value_method_code(self, record: Proposal) -> str:
        """Return the plain number for an export."""
        return record.method_code

    def value_stage(self, record: Proposal) -> str:
        """Return the stage in words for an export."""
        return record.get_stage_display()


class SupersessionTable(listing.Table):
    """Replaced editions."""

    old = tables.TemplateColumn(
        "<a href=\"{% url 'library:replaced-one' record.pk %}\"><code>{{ record.old.code }}</code></a>",
        verbose_name=_("Old edition"), order_by=("old__code",),
    )  # fmt: skip
    new = tables.TemplateColumn(
        "<code>{{ record.new.code }}</code>", verbose_name=_("New edition"), order_by=("new__code",)
    )
    title = tables.Column(verbose_name=_("Title"), accessor="old__standard__title", orderable=False)
    effective_from = listing.DayColumn(verbose_name=_("In force from"))
    lines = listing.NumberColumn(verbose_name=_("Lines of schedules"))
    bodies = listing.NumberColumn(verbose_name=_("Number of bodies"))

    class Meta(listing.Table.Meta):
        model = Supersession
        fields = ("old", "new", "title", "effective_from", "lines", "bodies")
        empty_text = _("No replaced edition has been entered yet.")

    def value_old(self, record: Supersession) -> str:
        """Return the plain number for an export."""
        return record.old.code

    def value_new(self, record: Supersession) -> str:
        """Return the plain number for an export."""
        return record.new.code


class AffectedTable(listing.Table):
    """Scope lines that name a replaced edition."""

    body = tables.TemplateColumn(
        '{% load kit %}<a href="{% url \'library:replaced-body\' record.supersession_id record.body.slug %}">'
        "{{ record.body|local_name }}</a>",
        verbose_name=_("Body"), orderable=False,
    )  # fmt: skip
    city = tables.TemplateColumn(
        "{% load kit %}{% if record.body.division %}{{ record.body.division|local_name }}{% else %}—{% endif %}",
        verbose_name=_("Division"), order_by=("city",),
    )  # fmt: skip
    object_text = tables.Column(verbose_name=_("Test object"), accessor="line__object_text", orderable=False)
    parameter_text = tables.Column(verbose_name=_("Parameter"), accessor="line__parameter_text", orderable=False)
    method_text = tables.Column(verbose_name=_("Method"), accessor="line__method_text", orderable=False)
    declaration = tables.TemplateColumn(
        template_name="library/_declared.html", verbose_name=_("Declaration"), orderable=False, empty_values=()
    )

    class Meta(listing.Table.Meta):
        model = AffectedLine
        fields = ("body", "city", "object_text", "parameter_text", "method_text", "declaration")
        empty_text = _("No scope line in your sight names the old edition.")

    def value_body(self, record: AffectedLine) -> str:
        """Return the plain name for an export."""
        return record.body.name

    def value_city(self, record: AffectedLine) -> str:
        """Return the division's name for an export."""
        return record.body.division.local_name if record.body.division else ""

    def value_declaration(self, record: AffectedLine) -> str:
        """Return the day of the declaration for an export."""
        return f"{record.declaration.declared_at:%Y-%m-%d}" if record.declaration else ""


class DeclarationTable(listing.Table):
    """Declarations that capability is unchanged."""

    body = tables.TemplateColumn(
        '{% load kit %}<a href="{% url \'library:replaced-body\' record.supersession_id record.body.slug %}">'
        "{{ record.body|local_name }}</a>",
        verbose_name=_("Body"), order_by=("body__name",),
    )  # fmt: skip
    old = tables.TemplateColumn(
        "<code>{{ record.supersession.old.code }}</code> → <code>{{ record.supersession.new.code }}</code>",
        verbose_name=_("Edition"), orderable=False, accessor="supersession",
    )  # fmt: skip
    lines = listing.NumberColumn(verbose_name=_("Lines of schedules"))
    remark = tables.Column(verbose_name=_("What was done to confirm the method"), orderable=False)
    declared_at = listing.TimeColumn(verbose_name=_("Declared at"))

    class Meta(listing.Table.Meta):
        model = Declaration
        fields = ("body", "old", "lines", "remark", "declared_at")
        empty_text = _("No body has declared yet.")

    def value_body(self, record: Declaration) -> str:
        """Return the plain name for an export."""
        return record.body.name

    def value_old(self, record: Declaration) -> str:
        """Return both editions for an export."""
        return f"{record.supersession.old.code} → {record.supersession.new.code}"
