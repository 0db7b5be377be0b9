from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Checklists, visits on site and remote, findings, rectification, disclosure."""

    name = "zhunsheng.oversight.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load and validate the law, and register the actions."""
        from zhunsheng.oversight.visits import lawbook, parts, permissions

        lawbook.book()
        permissions.register()
        parts.register()
