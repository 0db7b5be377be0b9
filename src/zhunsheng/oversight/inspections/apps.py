from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Plans, frames, verifiable draws, inspectors, estimates."""

    name = "zhunsheng.oversight.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"
