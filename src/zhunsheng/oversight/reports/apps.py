from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The report format, intake, arrival checks, archive and verification."""

    name = "zhunsheng.oversight.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room's policy grants, its part in audit, work and a body's page."""
        from zhunsheng.oversight.reports import panels, permissions
        from zhunsheng.oversight.reports.lake import source
        from zhunsheng.oversight.reports.services import audit, housekeeping, parties

        permissions.register()
        audit.register()
        housekeeping.register()
        parties.register()
        source.register()
        panels.register()
