"""Scope lines with what the national library says to their methods."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.renewals import Outlook
from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge


class RenewalTable(listing.Table):
    """Scope lines whose methods the national library does not list as they stand."""

    object_text = tables.Column(_("Test object"))
    parameter_text = tables.Column(_("Parameter"))
    method_text = tables.Column(_("Method"))
    answer = tables.Column(_("National library"), accessor="cited", orderable=False)
    others = tables.Column(_("Listed instead"), accessor="cited", orderable=False)
    runs_out = tables.Column(_("Certificate runs out"), accessor="accreditation__valid_to")

    class Meta(listing.Table.Meta):
        empty_text = _("Every line of this scope is in the national library.")

    def __init__(self, rows: Any, outlook: Outlook) -> None:
        self.outlook = outlook
        super().__init__(rows)  # type: ignore[no-untyped-call]  # django-tables2 has no types

    def render_answer(self, value: str) -> str:
        """Show the answer as a badge."""
        found = self.outlook.answers[value]
        return badge(found.meaning, found.words)

    def value_answer(self, value: str) -> str:
        """Return the answer in words."""
        return str(self.outlook.answers[value].words)

    def render_others(self, value: str) -> str:
        """Return the editions that are listed."""
        return "、".join(self.outlook.answers[value].others) or "—"
