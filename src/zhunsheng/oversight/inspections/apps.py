from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Plans, frames, verifiable draws, inspectors, estimates."""

    name = "zhunsheng.oversight.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the law and register the actions."""
        from zhunsheng.oversight.inspections import lawbook, permissions

        lawbook.book()
        permissions.register()
