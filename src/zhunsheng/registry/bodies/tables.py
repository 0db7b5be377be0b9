"""The lists of bodies and of scope lines."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing
from zhunsheng.registry.bodies.models import Body, Expert, ImportRun
from zhunsheng.registry.bodies.standing import MEANINGS, WORDS
from zhunsheng.registry.bodies.wording import EXPERT_MEANINGS, EXPERT_WORDS, KINDS, RUN_MEANINGS


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
    valid_from = listing.DayColumn(verbose_name=_("From"))
    valid_to = listing.DayColumn(verbose_name=_("Until (last day)"))

    class Meta(listing.Table.Meta):
        fields = (
            "domain", "category", "object_text", "parameter_text", "method_text", "clause", "limitation", "site",
            "valid_from", "valid_to",
        )  # fmt: skip
        attrs = {"class": "zs-table zs-cards", "id": "scope"}
        empty_text = _("No scope line held on this day.")


class ExpertTable(listing.Table):
    """Assessors and experts."""

    name = tables.TemplateColumn(
        "<a href=\"{% url 'bodies:expert' record.code %}\">{{ value }}</a>", verbose_name=_("Name of the person")
    )
    code = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Register number"))
    rank = tables.Column(verbose_name=_("Rank"))
    first_field = tables.Column(verbose_name=_("Speciality"), default="—")
    trained_until = listing.DayColumn(verbose_name=_("Training counts until"), default="—")
    tasks = listing.NumberColumn(verbose_name=_("Tasks in a year"), default=0)
    mean_score = listing.NumberColumn(verbose_name=_("Mean score"), default="—")
    standing = tables.TemplateColumn(
        template_name="bodies/_standing.html",
        verbose_name=_("Standing today"),
        extra_context={"meanings": EXPERT_MEANINGS, "words": EXPERT_WORDS},
    )

    class Meta(listing.Table.Meta):
        model = Expert
        fields = ("name", "code", "rank", "first_field", "trained_until", "tasks", "mean_score", "standing")
        empty_text = _("No assessor or expert is registered; load the table “experts” first.")

    def value_name(self, record: Expert) -> str:
        """Return the plain name for an export."""
        return record.name

    def value_code(self, record: Expert) -> str:
        """Return the plain number for an export."""
        return record.code

    def render_mean_score(self, value: float) -> str:
        """Return the mean with one decimal."""
        return f"{value:.1f}"

    def value_standing(self, value: str) -> str:
        """Return the standing in words for an export."""
        return str(EXPERT_WORDS[value])


class RunTable(listing.Table):
    """Loadings of tables."""

    asked_at = tables.TemplateColumn(
        "{% load kit %}<a href=\"{% url 'bodies:loading' record.pk %}\">{{ value|iso }}</a>",
        verbose_name=_("Asked for"),
    )
    kind = tables.Column(verbose_name=_("Table"))
    file_name = tables.Column(verbose_name=_("File"))
    dry_run = tables.Column(verbose_name=_("Step"))
    state = tables.TemplateColumn(
        "{% load kit registry %}{% badge meanings|at:record.state record.get_state_display %}",
        verbose_name=_("State"),
        extra_context={"meanings": RUN_MEANINGS},
    )
    created = listing.NumberColumn(verbose_name=_("New"))
    updated = listing.NumberColumn(verbose_name=_("Changed"))
    refused = listing.NumberColumn(verbose_name=_("Problems"))

    class Meta(listing.Table.Meta):
        model = ImportRun
        fields = ("asked_at", "kind", "file_name", "dry_run", "state", "created", "updated", "refused")
        empty_text = _("No table has been loaded here yet; choose one above.")

    def render_kind(self, value: str) -> str:
        """Return what the table is about."""
        return str(KINDS.get(value, value))

    def render_dry_run(self, value: bool) -> str:
        """Tell a check from a loading."""
        return str(_("Check only") if value else _("Loading"))

    def value_asked_at(self, record: ImportRun) -> str:
        """Return the plain time for an export."""
        return record.asked_at.isoformat()

    def value_state(self, record: ImportRun) -> str:
        """Return the state in words for an export."""
        return str(record.get_state_display())
