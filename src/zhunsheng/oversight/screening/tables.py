"""Lists of alerts, runs and judgements."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.screening import wording
from zhunsheng.oversight.screening.explaining import percent
from zhunsheng.oversight.screening.lifecycle import Stage
from zhunsheng.oversight.screening.models import Alert, Judgement, Run
from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge
from zhunsheng.platform.reading import listed

NAME = "{% load kit %}{{ record.body|local_name }}"
PLACE = "{% load kit %}{{ record.division|local_name }}"


def stage_badge(stage: str) -> str:
    """Return a stage as a badge."""
    found = Stage(stage)
    return badge(wording.MEANINGS[found], found.label)


class AlertTable(listing.Table):
    """Alerts, the newest and oddest first."""

    raised_on = listing.DayColumn(verbose_name=_("Raised on"))
    detector = tables.Column(_("What stands out"))
    body = tables.TemplateColumn(NAME, verbose_name=_("Body"), accessor="body__name")
    division = tables.TemplateColumn(PLACE, verbose_name=_("Division"), accessor="division__name", orderable=False)
    field = tables.Column(pgettext_lazy("alert", "Field"))
    q = tables.Column(_("Error rate"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    rank = listing.NumberColumn(pgettext_lazy("alert", "Rank"))
    stage = tables.Column(_("Stage"))
    watch_until = listing.DayColumn(verbose_name=_("Watched until"))
    near = True

    class Meta(listing.Table.Meta):
        model = Alert
        fields = ("raised_on", "detector", "body", "division", "field", "q", "rank", "stage", "watch_until")
        empty_text = _("No alert in your place.")

    def render_detector(self, record: Alert, value: str) -> str:
        """Show the strongest sign; it leads to the alert."""
        return format_html(
            '<a href="{}">{}</a>', reverse("screening:alert", args=[record.pk]), wording.sign_title(value)
        )

    def value_detector(self, value: str) -> str:
        """Export the sign in words."""
        return wording.sign_title(value)

    def value_body(self, record: Alert) -> str:
        """Export the body's name."""
        return record.body.name

    def value_division(self, record: Alert) -> str:
        """Export the division's name."""
        return record.division.name

    def render_field(self, value: str) -> str:
        """Show the field in words."""
        return wording.field_name(value)

    def render_q(self, value: float) -> str:
        """Show the bound of the error rate as a percentage."""
        return f"≤ {percent(value)}"

    def value_q(self, value: float) -> float:
        """Export the number."""
        return value

    def render_stage(self, value: Any, record: Alert) -> str:
        """Show the stage as a badge."""
        return stage_badge(record.stage)

    def value_stage(self, record: Alert) -> str:
        """Export the stage in words."""
        return record.get_stage_display()


class RunTable(listing.Table):
    """Runs, the newest first."""

    at = listing.TimeColumn(verbose_name=_("Run at"))
    first_month = tables.Column(_("First month"))
    last_month = tables.Column(_("Last month"))
    bodies = listing.NumberColumn(_("Bodies compared"))
    raised = listing.NumberColumn(_("New alerts"))
    seen_again = listing.NumberColumn(_("Alerts seen again"))
    full = listing.NumberColumn(_("Reports with full data"))
    by_digest = listing.NumberColumn(_("Reports known by digest alone"))
    lake_leaf = listing.NumberColumn(_("Data up to leaf"))
    engine = tables.Column(_("Engine"))
    settings = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Version of the settings"))

    class Meta(listing.Table.Meta):
        model = Run
        fields = (
            "at", "first_month", "last_month", "bodies", "raised", "seen_again", "full", "by_digest", "lake_leaf",
            "engine", "settings",
        )  # fmt: skip
        empty_text = _("Nothing has been screened yet: `zhunsheng screen run` does it, and the worker each night.")

    def value_settings(self, record: Run) -> str:
        """Export the version."""
        return record.settings


class JudgementTable(listing.Table):
    """Judgements as labelled data, the newest first."""

    at = listing.TimeColumn(verbose_name=_("Judged at"))
    alert = tables.Column(_("Alert"), accessor="alert_id")
    outcome = tables.Column(pgettext_lazy("alert", "Outcome"))
    explanation = tables.Column(_("Ordinary explanation"))
    detectors = tables.Column(_("Signs"), orderable=False)
    q = tables.Column(_("Error rate"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    settings = tables.TemplateColumn("<code>{{ value }}</code>", verbose_name=_("Version of the settings"))

    class Meta(listing.Table.Meta):
        model = Judgement
        fields = ("at", "alert", "outcome", "explanation", "detectors", "q", "settings")
        empty_text = _("Nobody has judged an alert yet.")

    def render_alert(self, value: int) -> str:
        """Lead to the alert."""
        return format_html('<a href="{}">{}</a>', reverse("screening:alert", args=[value]), value)

    def value_alert(self, value: int) -> int:
        """Export the alert's number."""
        return value

    def render_explanation(self, value: str) -> str:
        """Show the explanation in words."""
        return dict(wording.explanation_choices()).get(value, value)

    def render_detectors(self, value: list[str]) -> str:
        """Show the signs in words."""
        return listed(wording.sign_title(one) for one in value)

    def value_detectors(self, value: list[str]) -> str:
        """Export the detectors' names."""
        return " ".join(value)

    def render_q(self, value: float) -> str:
        """Show the bound of the error rate as a percentage."""
        return f"≤ {percent(value)}"

    def value_q(self, value: float) -> float:
        """Export the number."""
        return value

    def value_settings(self, record: Judgement) -> str:
        """Export the version."""
        return record.settings
