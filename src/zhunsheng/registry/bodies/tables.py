"""The lists of bodies and of scope lines."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.standing import MEANINGS, WORDS


class BodyTable(listing.Table):
    """Bodies of the register."""

    name = tables.TemplateColumn(template_name="bodies/_name.html", verbose_name=_("Body"))
    slug = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Identifier"))
    division = tables.TemplateColumn(
        "{% load kit %}{% if record.division %}{{ record.division|local_name }}{% else %}—{% endif %}",
        verbose_name=_("Division"),
        order_by=("division_id",),
    )
    kind = tables.Column(verbose_name=_("Kind"))
    standing = tables.TemplateColumn(
        template_name="bodies/_standing.html",
        verbose_name=_("Standing today"),
        extra_context={"meanings": MEANINGS, "words": WORDS},
    )

    class Meta(listing.Table.Meta):
        model = Body
        fields = ("name", "slug", "division", "kind", "standing")
        empty_text = _("The register has no body yet.")

    def value_name(self, record: Body) -> str:
        """Return the plain name for an export."""
        return record.name

    def value_slug(self, record: Body) -> str:
        """Return the plain identifier for an export."""
        return record.slug

    def value_division(self, record: Body) -> str:
        """Return the division's name for an export."""
        return record.division.local_name if record.division else ""

    def value_standing(self, value: str) -> str:
        """Return the standing in words for an export."""
        return str(WORDS[value])


class ScopeTable(listing.Table):
    """Scope lines as the schedule prints them."""

    domain = tables.Column(verbose_name=_("Domain"))
    category = tables.Column(verbose_name=_("Category"))
    object_text = tables.Column(verbose_name=_("Test object"))
    parameter_text = tables.Column(verbose_name=_("Parameter"))
    method_text = tables.Column(verbose_name=_("Method"))
    clause = tables.Column(verbose_name=_("Clause"))
    limitation = tables.Column(verbose_name=_("Limitation"))
    site = tables.Column(verbose_name=_("Site"), accessor="site__code", default=_("all"), orderable=False)
    valid_from = tables.DateColumn("Y-m-d", verbose_name=_("From"))
    valid_to = tables.DateColumn("Y-m-d", verbose_name=_("Until (last day)"))

    class Meta(listing.Table.Meta):
        fields = (
            "domain", "category", "object_text", "parameter_text", "method_text", "clause", "limitation", "site",
            "valid_from", "valid_to",
        )  # fmt: skip
        attrs = {"class": "zs-table zs-cards", "id": "scope"}
        empty_text = _("No scope line held on this day.")
