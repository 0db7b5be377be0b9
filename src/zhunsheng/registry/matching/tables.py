"""The queue of mentions and the list of producers."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform import listing
from zhunsheng.registry.matching.models import Mention, Producer


class MentionTable(listing.Table):
    """Names as they arrived."""

    text = tables.Column(linkify=("matching:mention", {"pk": tables.A("pk")}), verbose_name=_("Name as written"))
    target = tables.Column(verbose_name=_("Means"))
    state = tables.TemplateColumn(template_name="matching/_state.html", verbose_name=_("State"))
    best = tables.TemplateColumn(template_name="matching/_best.html", verbose_name=_("Best suggestion"))
    linked = tables.TemplateColumn(
        "{{ record.body|default:record.producer|default:'—' }}", verbose_name=_("Linked to"), orderable=False
    )
    times = listing.NumberColumn(verbose_name=_("Times seen"))
    last_seen = listing.TimeColumn(verbose_name=_("Last seen"))

    class Meta(listing.Table.Meta):
        model = Mention
        fields = ("text", "target", "state", "best", "linked", "times", "last_seen")
        empty_text = _(
            "No name waits here. Names come in with reports and are laid before you when they need a decision."
        )

    def value_state(self, record: Mention) -> str:
        """Return the state in words for an export."""
        return record.get_state_display()

    def value_best(self, record: Mention) -> object:
        """Return the plain score for an export."""
        return "" if record.best is None else record.best

    def value_linked(self, record: Mention) -> str:
        """Return the plain name for an export."""
        return str(record.body or record.producer or "")


class ProducerTable(listing.Table):
    """Enterprises that reports name."""

    name = tables.Column(linkify=("matching:producer", {"pk": tables.A("pk")}), verbose_name=_("Name"))
    uscc = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Unified social credit code"))
    written = listing.NumberColumn(verbose_name=_("Ways of writing it"))

    class Meta(listing.Table.Meta):
        model = Producer
        fields = ("name", "uscc", "written")
        empty_text = _("No producer is registered yet; they come in with reports.")

    def value_uscc(self, record: Producer) -> str:
        """Return the plain code for an export."""
        return record.uscc
