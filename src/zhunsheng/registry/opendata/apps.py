from django.apps import AppConfig


class OpendataConfig(AppConfig):
    """The public registers as open data."""

    name = "zhunsheng.registry.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Check that the definition names nothing that isn't for everybody, and register the publishing."""
        from zhunsheng.platform.jobs import duties
        from zhunsheng.registry.opendata import services
        from zhunsheng.registry.opendata.registers import registers

        registers()
        duties.register("publish-open-data", services.EVERY_SECONDS, services.publish_when_changed)
