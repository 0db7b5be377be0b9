from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """Leads of every source, their triage, and what passes between departments and levels."""

    name = "zhunsheng.oversight.leads"
    label = "leads"
    default_auto_field = "django.db.models.BigAutoField"
