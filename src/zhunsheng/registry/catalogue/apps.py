from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Standards, test objects, parameters, limits."""

    name = "zhunsheng.registry.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this app's actions."""
        from zhunsheng.registry.catalogue import permissions

        permissions.register()
