from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The report format, intake, arrival checks, archive and verification."""

    name = "zhunsheng.oversight.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
