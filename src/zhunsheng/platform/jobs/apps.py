from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Recurring duties and the worker that runs them."""

    name = "zhunsheng.platform.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the duties of this floor: the log's, the file store's, the notices' and the status lists'."""
        from zhunsheng.platform.jobs import mailing, sealing, statuses, tidying

        sealing.register()
        tidying.register()
        mailing.register()
        statuses.register()
