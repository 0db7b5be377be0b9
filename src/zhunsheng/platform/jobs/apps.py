from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Recurring duties and the worker that runs them."""

    name = "zhunsheng.platform.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the log's duties."""
        from zhunsheng.platform.jobs import sealing

        sealing.register()
