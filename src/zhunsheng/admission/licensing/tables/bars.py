"""The bars of routes as a list."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.models import RouteBar
from zhunsheng.admission.licensing.selectors.bars import STATES, condition_words
from zhunsheng.admission.licensing.selectors.history import law_named
from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge

MEANINGS = {"in_force": "attention", "lifted": "neutral", "over": "neutral"}


class BarTable(listing.Table):
    """Bars, newest first; who may lift one finds the way to it."""

    applicant = tables.Column(_("Applicant"), accessor="organisation__local_name", order_by=("organisation__name",))
    condition = tables.Column(_("Kind of bar"))
    state = tables.Column(_("State"))
    since = listing.DayColumn(verbose_name=_("From"))
    until = listing.DayColumn(verbose_name=_("Until"))
    reference = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Decision number"))
    words = tables.Column(_("Reason"), orderable=False)
    law = tables.Column(_("Rule and version"), orderable=False)
    lift = tables.TemplateColumn(
        "{% load i18n %}{% if record.state == 'in_force' %}"
        "<a href=\"{% url 'licensing:bar-lift' record.pk %}\">{% translate 'Lift' context 'bar' %}</a>{% endif %}",
        verbose_name="", orderable=False, exclude_from_export=True,
    )  # fmt: skip

    class Meta(listing.Table.Meta):
        model = RouteBar
        fields = ("applicant", "condition", "state", "since", "until", "reference", "words", "law", "lift")
        sequence = fields
        empty_text = _("No bar is on record here.")

    def render_law(self, value: str) -> str:
        """Show the rule by its title, its name and version below."""
        found = law_named(value)
        return format_html('{}<br><code class="zs-quiet">{}</code>', found.title if found else "", value)

    def render_condition(self, value: str) -> str:
        """Show the kind in words."""
        return condition_words(value)

    def render_state(self, value: str) -> str:
        """Show the state as a badge."""
        return badge(MEANINGS[value], STATES[value])

    def value_state(self, value: str) -> str:
        """Return the state in words for an export."""
        return str(STATES[value])

    def render_words(self, record: RouteBar) -> str:
        """Show the reason, and that of lifting it."""
        return f"{record.words} {record.lifted_why}" if record.lifted_why else record.words

    def value_reference(self, record: RouteBar) -> str:
        """Return the number for an export."""
        return record.reference

    def value_law(self, record: RouteBar) -> str:
        """Return rule and version for an export."""
        return record.law
