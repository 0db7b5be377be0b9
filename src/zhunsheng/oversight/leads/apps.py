from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    """Leads of every source, their triage, and what passes between departments and levels."""

    name = "zhunsheng.oversight.leads"
    label = "leads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load and validate the law, register the actions and the sources that stand below or outside."""
        from zhunsheng.oversight.leads import law_book, links, parts, permissions
        from zhunsheng.oversight.leads.services import clocks, referring
        from zhunsheng.platform.jobs import duties

        law_book.book()
        permissions.register()
        links.register()
        parts.register_subject("lead", lambda number: reverse("leads:lead", args=[number]))
        duties.register(clocks.DUTY, 3600.0, clocks.keep_up)
        duties.register("referrals", 600.0, referring.escalate_overdue)
        for key, title in (
            ("alert", _("Alert of screening")),
            ("inspection", _("Inspection or visit")),
            ("complaint", _("Report from the public")),
            ("department", _("Another department")),
            ("higher", _("Another level")),
            ("officer", _("Noticed by an officer")),
            ("report_check", _("Check of a report on arrival")),
        ):
            parts.register_source(key, title=title)
