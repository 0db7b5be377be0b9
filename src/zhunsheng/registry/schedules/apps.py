from django.apps import AppConfig


class SchedulesConfig(AppConfig):
    """Reading capability schedules as they are printed, and keeping them healthy."""

    name = "zhunsheng.registry.schedules"
    label = "schedules"
    default_auto_field = "django.db.models.BigAutoField"
