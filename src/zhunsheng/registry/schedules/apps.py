from django.apps import AppConfig


class SchedulesConfig(AppConfig):
    """Reading capability schedules as they are printed, and keeping them healthy."""

    name = "zhunsheng.registry.schedules"
    label = "schedules"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this room's actions and the duty that reads what was handed in."""
        from zhunsheng.platform.jobs import duties
        from zhunsheng.registry.schedules import duty, permissions

        permissions.register()
        duties.register("read-schedules", duty.EVERY_SECONDS, duty.work_on_schedules)
