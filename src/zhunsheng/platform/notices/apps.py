from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices to organisations: written once, shown in their inbox, mailed where an address is known."""

    name = "zhunsheng.platform.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this app's actions."""
        from zhunsheng.platform.notices import permissions

        permissions.register()
