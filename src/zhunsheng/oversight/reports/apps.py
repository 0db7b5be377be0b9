from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The report format, intake, arrival checks, archive and verification."""

    name = "zhunsheng.oversight.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room's policy grants, and its part of the ledger's audit."""
        from zhunsheng.oversight.reports import permissions
        from zhunsheng.oversight.reports.services import audit

        permissions.register()
        audit.register()
