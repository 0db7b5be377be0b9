from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Bodies, sites, people, instruments, accreditations and scope, as of any date."""

    name = "zhunsheng.registry.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this app's actions."""
        from zhunsheng.registry.bodies import permissions

        permissions.register()
